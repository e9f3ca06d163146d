"""Inspections of equipment: recorded with what the law asks next."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from guanjia.domain.estate.actions.equipment import due_day, reckon_duties
from guanjia.domain.estate.events import EquipmentInspected, InspectionVoided
from guanjia.domain.estate.models import Equipment, Inspection
from guanjia.domain.estate.permissions import INSPECT
from guanjia.domain.estate.rules import statutory
from guanjia.domain.estate.states import Result, Running
from guanjia.kernel.actor import Actor
from guanjia.kernel.errors import Refusal
from guanjia.kernel.events import announce
from guanjia.kernel.periods import SHANGHAI
from guanjia.kernel.states import revise


class NoSuchDuty(Refusal):
    """The law knows no such inspection for this category."""

    code, field = "no_such_duty", "duty"


class InFuture(Refusal):
    """An inspection is recorded after it took place."""

    code, field = "in_future", "done_on"


class LaterThanLaw(Refusal):
    """A statutory date may be moved earlier, never later."""

    code, field = "later_than_law", "next_due_on"


class Recorded(Refusal):
    """The same inspection is on record already."""

    code, field = "recorded", "done_on"


class Gone(Refusal):
    """Scrapped equipment is not inspected."""

    code = "gone"


class NoReason(Refusal):
    """Voiding needs a reason."""

    code, field = "no_reason", "because"


@transaction.atomic
def record_inspection(
    thing: Equipment,
    *,
    duty: str,
    done_on: date,
    result: str,
    inspector: str = "",
    report: str = "",
    note: str = "",
    next_due_on: date | None = None,
    seen: int,
    actor: Actor,
    at: datetime,
) -> Inspection:
    """Put an inspection on record and reckon the next statutory day from the table in force on the day it was done.

    `next_due_on` is what the report or the plate says; it may be earlier than the law, never later. A failed inspection
    leaves the duty due. Raises NotAllowed, Gone, NoSuchDuty, InFuture, Recorded, LaterThanLaw, Stale.
    """
    actor.require(INSPECT, thing)
    today = at.astimezone(SHANGHAI).date()
    if thing.state == Running.RETIRED:
        raise Gone(_("设备已报废"))
    rule = next((each for each in statutory.in_force(thing.category, done_on) if each.code == duty), None)
    if rule is None:
        raise NoSuchDuty(_("这类设备没有这项检验"))
    if done_on > today:
        raise InFuture(_("检验日期不能晚于今天"))
    same = Inspection.objects.filter(estate_id=thing.estate_id, equipment=thing, code=duty, done_on=done_on, voided_because="")
    if same.exists():
        raise Recorded(_("这一天的检验已登记"))
    lawful = due_day(rule, thing, done_on)
    if next_due_on is not None and lawful is not None and next_due_on > lawful:
        raise LaterThanLaw(_("下次检验不能晚于 %(day)s（%(source)s）") % {"day": lawful.isoformat(), "source": rule.source})
    revise(thing, seen=seen)
    coming = (next_due_on or lawful) if result == Result.PASSED else None
    inspection = Inspection.objects.create(
        estate_id=thing.estate_id,
        equipment=thing,
        code=duty,
        done_on=done_on,
        result=result,
        inspector=inspector,
        report=report,
        note=note,
        next_due_on=coming,
    )
    reckon_duties(thing, on=today)
    announce(
        EquipmentInspected(thing.pk, thing.code, duty, rule.name, done_on, result, str(Result(result).label), coming),
        about=thing,
        actor=actor,
        at=at,
    )
    return inspection


@transaction.atomic
def void_inspection(inspection: Inspection, *, because: str, seen: int, actor: Actor, at: datetime) -> None:
    """Take a wrong inspection out of account, with the reason; the row stays. `seen` is the version of the equipment.

    Raises NotAllowed, NoReason, Recorded, Stale.
    """
    thing = inspection.equipment
    actor.require(INSPECT, thing)
    because = because.strip()
    if not because:
        raise NoReason(_("请填写作废原因"))
    if inspection.voided_because:
        raise Recorded(_("这条记录已作废"))
    revise(thing, seen=seen)
    Inspection.objects.filter(pk=inspection.pk).update(voided_because=because)
    inspection.voided_because = because
    reckon_duties(thing, on=at.astimezone(SHANGHAI).date())
    announce(InspectionVoided(inspection.pk, thing.pk, thing.code), about=thing, actor=actor, at=at)
