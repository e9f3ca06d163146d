"""The equipment ledger: entered, changed, stopped, restarted, scrapped."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from guanjia.domain.estate.actions.estates import CodeTaken, NothingChanged, clean_code
from guanjia.domain.estate.events import EquipmentAdded, EquipmentRestarted, EquipmentRetired, EquipmentRevised, EquipmentStopped
from guanjia.domain.estate.models import Equipment, EquipmentDuty, Estate, Inspection, Place
from guanjia.domain.estate.permissions import EDIT
from guanjia.domain.estate.rules import statutory
from guanjia.domain.estate.states import Category, Result
from guanjia.kernel.actor import Actor
from guanjia.kernel.commands import once
from guanjia.kernel.errors import Refusal
from guanjia.kernel.events import announce
from guanjia.kernel.periods import SHANGHAI
from guanjia.kernel.states import move, revise

REVISABLE = (
    *("place", "name", "category", "keeper", "keeper_name", "officer", "rescue_code", "quantity", "maker", "model", "serial"),
    *("registration", "accepted_on", "in_service_on", "permit", "permit_until", "warranty_until"),
)


class NotHere(Refusal):
    """The place belongs to another estate."""

    code, field = "not_here", "place"


class PermitExpired(Refusal):
    """Without a valid permit it may not run."""

    code, field = "permit_expired", "permit_until"


class InspectFirst(Refusal):
    """After a long stop the law wants an inspection before it runs again."""

    code = "inspect_first"


class BadCategory(Refusal):
    """No such category in the ledger."""

    code, field = "bad_category", "category"


def add_equipment(
    estate: Estate, *, code: str, name: str, category: str, place: Place | None = None, key: UUID, actor: Actor, at: datetime, **facts: Any
) -> Equipment:
    """Enter equipment in the ledger and open its statutory duties.

    `inspected_on` among the facts is the last inspection before it came into this ledger.
    Clause: A-175, A-174. Raises NotAllowed, BadCode, BadCategory, CodeTaken, NotHere.
    """
    actor.require(EDIT, place or estate)

    def do() -> int:
        clean = clean_code(code)
        if place is not None and place.estate_id != estate.pk:
            raise NotHere(_("这个位置不在本小区"))
        if category not in Category.values:
            raise BadCategory(_("没有这个设备类别"))
        if Equipment.objects.filter(estate=estate, code=clean).exists():
            raise CodeTaken(_("设备编号 %(code)s 已有") % {"code": clean})
        thing = Equipment.objects.create(estate=estate, place=place, code=clean, name=name, category=category, **facts)
        reckon_duties(thing, on=at.astimezone(SHANGHAI).date())
        announce(EquipmentAdded(thing.pk, clean, category), about=thing, actor=actor, at=at)
        return thing.pk

    body = ["add_equipment", estate.pk, code, name, category, place and place.pk, sorted(facts.items())]
    return Equipment.objects.select_related("estate", "place").get(pk=once(key, actor=actor, at=at, body=body, do=do))


@transaction.atomic
def revise_equipment(thing: Equipment, *, seen: int, actor: Actor, at: datetime, **facts: Any) -> None:
    """Change facts of equipment; a new category or day of acceptance moves its statutory dates.

    Raises NotAllowed, BadCategory, NotHere, NothingChanged, Stale.
    """
    actor.require(EDIT, thing)
    unknown = set(facts) - set(REVISABLE)
    if unknown:
        raise TypeError(f"not revisable: {sorted(unknown)}")
    if "category" in facts and facts["category"] not in Category.values:
        raise BadCategory(_("没有这个设备类别"))
    place = facts.get("place")
    if place is not None:
        actor.require(EDIT, place)
        if place.estate_id != thing.estate_id:
            raise NotHere(_("这个位置不在本小区"))
    changed = {name: value for name, value in facts.items() if getattr(thing, name) != value}
    if not changed:
        raise NothingChanged(_("没有改动"))
    revise(thing, seen=seen, **changed)
    if {"category", "accepted_on"} & set(changed):
        reckon_duties(thing, on=at.astimezone(SHANGHAI).date())
    announce(EquipmentRevised(thing.pk, thing.code, tuple(sorted(changed))), about=thing, actor=actor, at=at)


@transaction.atomic
def stop_equipment(thing: Equipment, *, on: date, seen: int, actor: Actor, at: datetime) -> None:
    """Take equipment out of service. Raises NotAllowed, IllegalMove, Stale."""
    actor.require(EDIT, thing)
    move(thing, "stop", seen=seen, stopped_on=on)
    announce(EquipmentStopped(thing.pk, thing.code, on), about=thing, actor=actor, at=at)


@transaction.atomic
def restart_equipment(thing: Equipment, *, on: date, seen: int, actor: Actor, at: datetime) -> None:
    """Let equipment run again.

    Clause: A-274 (no running without a valid permit). A lift stopped for more than a year is inspected first (TSG T7001).
    Raises NotAllowed, PermitExpired, InspectFirst, IllegalMove, Stale.
    """
    actor.require(EDIT, thing)
    if thing.permit_until is not None and thing.permit_until < on:
        raise PermitExpired(_("使用许可已于 %(day)s 到期，先办理续期") % {"day": thing.permit_until.isoformat()})
    longest = max((duty.restart_after_days for duty in statutory.in_force(thing.category, on)), default=0)
    if longest and thing.stopped_on and (on - thing.stopped_on).days > longest:
        since = Inspection.objects.filter(estate_id=thing.estate_id, equipment=thing, voided_because="", result=Result.PASSED)
        if not since.filter(done_on__gte=thing.stopped_on).exists():
            raise InspectFirst(_("停用超过 %(days)s 天，检验合格后才能恢复使用") % {"days": longest})
    move(thing, "restart", seen=seen, stopped_on=None)
    announce(EquipmentRestarted(thing.pk, thing.code, on), about=thing, actor=actor, at=at)


@transaction.atomic
def retire_equipment(thing: Equipment, *, on: date, seen: int, actor: Actor, at: datetime) -> None:
    """Scrap equipment for good; its duties end, its record stays. Raises NotAllowed, IllegalMove, Stale."""
    actor.require(EDIT, thing)
    move(thing, "retire", seen=seen, ended_on=on, inspect_due_on=None)
    EquipmentDuty.objects.filter(estate_id=thing.estate_id, equipment=thing).delete()
    announce(EquipmentRetired(thing.pk, thing.code, on), about=thing, actor=actor, at=at)


def reckon_duties(thing: Equipment, *, on: date) -> None:
    """Write the duties that the rules in force on that day give this equipment, and the earliest due day beside it.

    The last valid passed inspection of each duty counts, else `inspected_on` from before this ledger. Without a day of
    acceptance or an inspection the due day stays unknown; it is never guessed. For actions of this app and bulk work.
    """
    rules = {rule.code: rule for rule in statutory.in_force(thing.category, on)}
    rows = EquipmentDuty.objects.filter(estate_id=thing.estate_id, equipment=thing)
    rows.exclude(code__in=rules).delete()
    passed = Inspection.objects.filter(estate_id=thing.estate_id, equipment=thing, voided_because="", result=Result.PASSED).order_by(
        "done_on", "pk"
    )
    last = {each.code: each for each in passed}
    dues = []
    for rule in rules.values():
        found = last.get(rule.code)
        done = found.done_on if found else thing.inspected_on
        due = found.next_due_on if found else due_day(rule, thing, done)
        dues.append(due)
        facts = {"name": rule.name, "source": rule.source, "law": rule.law, "done_on": done, "due_on": due}
        EquipmentDuty.objects.update_or_create(estate_id=thing.estate_id, equipment=thing, code=rule.code, defaults=facts)
    known = [due for due in dues if due is not None]
    thing.inspect_due_on = min(known, default=None)
    Equipment.objects.filter(pk=thing.pk).update(inspect_due_on=thing.inspect_due_on)


def due_day(rule: statutory.Duty, thing: Equipment, done: date | None) -> date | None:
    """Return the statutory due day, None when the base day is unknown."""
    base = thing.accepted_on or (None if rule.years else done)
    if base is None:
        return None
    return statutory.next_due(rule, accepted_on=base, done_on=done)
