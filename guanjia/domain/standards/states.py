"""States of occurrences, and the verbs that move what is on record about them. Pure."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from guanjia.kernel.states import Move


class OccurrenceState(TextChoices):
    """What became of one occurrence. `missed` is never stored: it is `due` whose period is over."""

    DUE = "due", _("待做")
    DONE = "done", _("按时")
    LATE = "late", _("迟做")
    MISSED = "missed", _("漏做")
    EXCUSED = "excused", _("免做")
    WITHDRAWN = "withdrawn", _("撤销")
    EXTRA = "extra", _("加做")


OPEN = frozenset({OccurrenceState.DUE, OccurrenceState.MISSED})
COUNTED = (OccurrenceState.DUE, OccurrenceState.DONE, OccurrenceState.LATE, OccurrenceState.MISSED)

OCCURRENCE_MOVES = {
    "assign": Move({OccurrenceState.DUE}, to=OccurrenceState.DUE),
    "do": Move({OccurrenceState.DUE}, to=OccurrenceState.DONE),
    "do_late": Move({OccurrenceState.DUE}, to=OccurrenceState.LATE),
    "excuse": Move({OccurrenceState.DUE}, to=OccurrenceState.EXCUSED),
    "withdraw": Move({OccurrenceState.DUE, OccurrenceState.EXCUSED}, to=OccurrenceState.WITHDRAWN),
}


class ClockState(TextChoices):
    """What became of a clock. A pause does not change it: the case is paused, not the promise."""

    RUNNING = "running", _("计时中")
    ON_TIME = "on_time", _("按时")
    LATE = "late", _("超时")
    WITHDRAWN = "withdrawn", _("不适用")
