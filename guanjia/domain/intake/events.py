"""What happened to batches: one fact for a whole file. Counts and ids, never names."""

from dataclasses import dataclass
from typing import ClassVar

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Imported:
    """A file was imported; `counts` are the rows entered and changed, `sha256` names the file."""

    said: ClassVar[object] = _("导入表格（批次 %(batch_id)s，%(accepted)s 行）")
    batch_id: int
    sha256: str
    accepted: int
    refused: int
    counts: dict[str, int]


@dataclass(frozen=True, slots=True)
class ImportUndone:
    """A batch was taken back: everything it entered is gone, everything it changed is as before."""

    said: ClassVar[object] = _("撤销导入（批次 %(batch_id)s）")
    batch_id: int
    removed: int
    restored: int
