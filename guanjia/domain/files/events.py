"""Facts about evidence: numbers and hashes."""

from dataclasses import dataclass
from typing import ClassVar

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class FileAttached:
    """Evidence was attached to a thing; its hash in the trail proves later that it is the same file."""

    said: ClassVar = _("附上了实据 %(file_id)s")
    file_id: int
    sha256: str
