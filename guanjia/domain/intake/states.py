"""Where a batch stands."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from guanjia.kernel.states import Move


class State(TextChoices):
    """A batch is judged first and looked at; only then it is carried out."""

    WAITING = "waiting", _("等待核对")
    JUDGING = "judging", _("正在核对")
    JUDGED = "judged", _("待确认")
    RUNNING = "running", _("正在导入")
    DONE = "done", _("已导入")
    FAILED = "failed", _("未导入")
    DROPPED = "dropped", _("已放弃")
    UNDONE = "undone", _("已撤销")


MOVES = {
    "judge": Move({State.WAITING, State.JUDGING, State.JUDGED}, to=State.JUDGING),
    "present": Move({State.JUDGING}, to=State.JUDGED),
    "run": Move({State.JUDGED, State.RUNNING}, to=State.RUNNING),
    "finish": Move({State.RUNNING}, to=State.DONE),
    "fail": Move({State.WAITING, State.JUDGING, State.RUNNING}, to=State.FAILED),
    "drop": Move({State.WAITING, State.JUDGING, State.JUDGED, State.RUNNING, State.FAILED}, to=State.DROPPED),
    "undo": Move({State.DONE}, to=State.UNDONE),
}

ACTIVE = (State.WAITING, State.JUDGING, State.RUNNING)
"""States in which a worker is at it, or should be."""
