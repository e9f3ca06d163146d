"""Two records of one party become one, and two again when that was wrong. Nothing is ever deleted."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _

from guanjia.domain.parties.actions.reach import AnotherEstate, require
from guanjia.domain.parties.events import KeptApart, Merged, MergeUndone
from guanjia.domain.parties.models import Consent, Distinct, Merge, Need, Occupancy, Party, Pet, Phone, Preference, Vehicle
from guanjia.domain.parties.permissions import MERGE
from guanjia.kernel.actor import Actor
from guanjia.kernel.errors import IllegalMove, Refusal
from guanjia.kernel.events import announce
from guanjia.kernel.states import revise

MOVING: tuple[type[models.Model], ...] = (Phone, Occupancy, Need, Preference, Vehicle, Pet, Consent)
FILLED = ("id_kind", "id_number", "id_index", "id_tail_index")


class SameRecord(Refusal):
    code = "same_record"


class AlreadyMerged(Refusal):
    code = "already_merged"


class TwoPapers(Refusal):
    """Two different identity numbers are two parties."""

    code = "two_papers"


@transaction.atomic
def merge(kept: Party, *, merged: Party, seen: int, merged_seen: int, actor: Actor, at: datetime) -> Merge:
    """Let one record stand for two: what `merged` holds moves to `kept`, what `kept` lacks is filled from it.

    What both have alike (the same phone, the same right in the same place) stays with the merged record as its history.
    `seen` and `merged_seen` are the versions that the person compared.

    Raises NotAllowed, SameRecord, AnotherEstate, AlreadyMerged, TwoPapers, Stale.
    """
    require(actor, MERGE, kept)
    require(actor, MERGE, merged)
    if kept.pk == merged.pk:
        raise SameRecord(_("请选两条不同的记录"))
    if kept.estate_id != merged.estate_id:
        raise AnotherEstate(_("两条记录不在同一个小区"))
    if kept.merged_into_id is not None or merged.merged_into_id is not None:
        raise AlreadyMerged(_("其中一条已经并入别的记录"))
    if kept.id_index and merged.id_index and kept.id_index != merged.id_index:
        raise TwoPapers(_("两条记录的证件号码不同，不是同一人"))
    moved = {model._meta.model_name: _move(model, merged, kept) for model in MOVING}
    facts = _filling(kept, merged)
    revise(kept, seen=seen, **facts)
    handed = {"user": None} if "user" in facts else {}
    revise(merged, seen=merged_seen, merged_into=kept, **handed)
    made = Merge.objects.create(
        estate_id=kept.estate_id,
        kept=kept,
        merged=merged,
        moved={name: keys for name, keys in moved.items() if keys},
        filled=sorted(facts),
        at=at,
    )
    announce(Merged(made.pk, kept.pk, merged.pk), about=kept, actor=actor, at=at)
    return made


@transaction.atomic
def undo_merge(done: Merge, *, actor: Actor, at: datetime) -> None:
    """Part two records again: exactly what had moved goes back, what had been filled in is taken out.

    Raises NotAllowed, IllegalMove.
    """
    kept, merged = Party.objects.get(pk=done.kept_id), Party.objects.get(pk=done.merged_id)
    require(actor, MERGE, kept)
    if not Merge.objects.filter(pk=done.pk, undone_at=None).update(undone_at=at):
        raise IllegalMove(_("这次合并已经撤销过"))
    if kept.merged_into_id is not None:
        raise IllegalMove(_("保留的那条又并入了别的记录，请先撤销那一次"))
    by_name: dict[str, Any] = {model._meta.model_name or "": model for model in MOVING}
    for name, keys in done.moved.items():
        by_name[name]._base_manager.filter(pk__in=keys, party=kept).update(party=merged)
    blank: dict[str, Any] = {"born_on": None, "user": None}
    taken_out = {name: blank.get(name, "") for name in done.filled}
    handed = {"user": kept.user} if "user" in done.filled else {}
    revise(kept, seen=kept.version, **taken_out)
    revise(merged, seen=merged.version, merged_into=None, **handed)
    done.undone_at = at
    announce(MergeUndone(done.pk, kept.pk, merged.pk), about=kept, actor=actor, at=at)


@transaction.atomic
def keep_apart(one: Party, *, other: Party, actor: Actor, at: datetime) -> None:
    """Note that two alike records are two parties, so that they are proposed no more. Raises NotAllowed, SameRecord, AnotherEstate."""
    require(actor, MERGE, one)
    require(actor, MERGE, other)
    if one.pk == other.pk:
        raise SameRecord(_("请选两条不同的记录"))
    if one.estate_id != other.estate_id:
        raise AnotherEstate(_("两条记录不在同一个小区"))
    first, second = sorted((one, other), key=lambda party: party.pk)
    _row, new = Distinct.objects.get_or_create(estate_id=first.estate_id, one=first, other=second, defaults={"at": at})
    if new:
        announce(KeptApart(first.pk, second.pk), about=first, actor=actor, at=at)


def _move(model: Any, merged: Party, kept: Party) -> list[int]:
    """Move the rows of one table that `kept` has not already; return their keys."""
    rows = model._base_manager.filter(party=merged)
    held = {_identity(row) for row in model._base_manager.filter(party=kept)}
    keys = sorted(row.pk for row in rows if _identity(row) not in held)
    model._base_manager.filter(pk__in=keys).update(party=kept)
    return keys


def _identity(row: Any) -> tuple[Any, ...]:
    """Return what a constraint, or sense, allows once per party."""
    if isinstance(row, Phone):
        return (row.number_index,)
    if isinstance(row, Occupancy):
        return (row.place_id, row.relation) if row.ended_on is None else ("ended", row.pk)
    if isinstance(row, Consent):
        return (row.purpose,) if row.withdrawn_at is None else ("withdrawn", row.pk)
    return (row.pk,)


def _filling(kept: Party, merged: Party) -> dict[str, Any]:
    """Return the facts that `kept` lacks and `merged` has."""
    facts = {name: getattr(merged, name) for name in ("client_type", "sex", "born_on") if not getattr(kept, name) and getattr(merged, name)}
    if not kept.id_index and merged.id_index:
        facts |= {name: getattr(merged, name) for name in FILLED}
    if kept.user_id is None and merged.user_id is not None:
        facts["user"] = merged.user
    return facts
