"""The greeting of the hour."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _


def greeting(at: datetime, name: str) -> str:
    """Return the greeting that fits the wall time, with the person's name."""
    hour = timezone.localtime(at).hour
    if hour < 6 or hour >= 19:
        return _("晚上好，%(name)s") % {"name": name}
    if hour < 9:
        return _("早上好，%(name)s") % {"name": name}
    if hour < 12:
        return _("上午好，%(name)s") % {"name": name}
    return _("下午好，%(name)s") % {"name": name}
