"""Take a batch back: everything it entered goes, everything it changed becomes what it was; or say what stands in the way."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guanjia.domain.intake.events import ImportUndone
from guanjia.domain.intake.models import Batch
from guanjia.domain.intake.permissions import UNDO
from guanjia.kernel import bulk
from guanjia.kernel.actor import Actor
from guanjia.kernel.errors import Refusal
from guanjia.kernel.events import announce
from guanjia.kernel.states import move

WORDS = {
    "estate.Place": gettext_lazy("位置"),
    "estate.Premises": gettext_lazy("房屋"),
    "estate.Vacancy": gettext_lazy("使用状态"),
    "estate.Equipment": gettext_lazy("设备"),
    "estate.EquipmentDuty": gettext_lazy("法定检验"),
    "estate.Inspection": gettext_lazy("检验记录"),
    "estate.Meter": gettext_lazy("水电表"),
    "estate.Checkpoint": gettext_lazy("点位"),
    "estate.GridPlace": gettext_lazy("网格"),
    "estate.Alias": gettext_lazy("别名"),
    "parties.Party": gettext_lazy("住户"),
    "parties.Phone": gettext_lazy("电话"),
    "parties.Occupancy": gettext_lazy("居住关系"),
    "parties.Vehicle": gettext_lazy("车辆"),
    "parties.Need": gettext_lazy("服务提醒"),
    "parties.Preference": gettext_lazy("服务偏好"),
    "parties.Pet": gettext_lazy("宠物"),
    "parties.Consent": gettext_lazy("同意书"),
    "staff.Member": gettext_lazy("员工"),
    "staff.Appointment": gettext_lazy("任职"),
    "staff.Stewardship": gettext_lazy("网格管家"),
    "staff.Certificate": gettext_lazy("证书"),
    "intake.Row": gettext_lazy("待接收的行"),
}


class StillNeeded(Refusal):
    """Something now depends on what the batch entered, or was changed since."""

    code = "still_needed"


@transaction.atomic
def undo(batch: Batch, *, seen: int, actor: Actor, at: datetime) -> None:
    """Take a batch back as if it had never been; the trail keeps both facts. Raises NotAllowed, StillNeeded, IllegalMove, Stale."""
    actor.require(UNDO, batch.estate)
    bulk.lock(batch.estate_id)
    footprint = bulk.Footprint.from_json(batch.footprint or {"created": [], "changed": []})
    move(batch, "undo", seen=seen, ended_at=at, footprint=None)
    if reasons := standing_in_the_way(footprint):
        raise StillNeeded(_("不能撤销：%(reasons)s") % {"reasons": "；".join(reasons)})
    bulk.take_back(footprint)
    removed = sum(len(ids) for ids in footprint.created.values())
    announce(ImportUndone(batch.pk, removed, len(footprint.changed)), about=batch, actor=actor, at=at)


def standing_in_the_way(footprint: bulk.Footprint) -> list[str]:
    """Return in sentences what depends on the rows, and which of them were changed since."""
    reasons = []
    for label, count in _summed(bulk.dependents(footprint)).items():
        reasons.append(_("%(count)d 条%(what)s已用到导入的资料") % {"count": count, "what": _word(label)})
    for label, count in _summed(bulk.touched(footprint)).items():
        reasons.append(_("%(count)d 条%(what)s后来改过") % {"count": count, "what": _word(label)})
    again: dict[str, int] = {}
    for change in bulk.changed_since(footprint):
        again[change.label] = again.get(change.label, 0) + 1
    for label, count in again.items():
        reasons.append(_("%(count)d 处%(what)s后来又改过") % {"count": count, "what": _word(label)})
    return reasons


def _summed(pairs: object) -> dict[str, int]:
    total: dict[str, int] = {}
    for label, count in pairs:  # type: ignore[attr-defined]
        total[label] = total.get(label, 0) + count
    return total


def _word(label: str) -> str:
    return str(WORDS.get(label, label))
