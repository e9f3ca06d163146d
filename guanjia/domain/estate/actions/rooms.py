"""Premises that change shape or use: split, merged, vacated, occupied."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from guanjia.domain.estate import queries
from guanjia.domain.estate.actions.estates import CodeTaken, NothingChanged, clean_code
from guanjia.domain.estate.actions.places import Ended, close, put
from guanjia.domain.estate.events import PremisesMerged, PremisesSplit, VacancyChanged
from guanjia.domain.estate.models import Checkpoint, Equipment, Meter, Place, Succession, Vacancy
from guanjia.domain.estate.permissions import EDIT, OCCUPY
from guanjia.domain.estate.states import HELD, PlaceKind, VacancyState
from guanjia.kernel.actor import Actor
from guanjia.kernel.errors import Refusal
from guanjia.kernel.events import announce
from guanjia.kernel.states import revise


class TooFew(Refusal):
    """A split needs two parts, a merger two rooms."""

    code = "too_few"


class AreaDiffers(Refusal):
    """The parts do not sum to the whole."""

    code, field = "area_differs", "areas"


class NotTogether(Refusal):
    """Only rooms of one building and one kind can become one."""

    code = "not_together"


class TooEarly(Refusal):
    """The new state begins before the present one."""

    code, field = "too_early", "began_on"


class NotPremises(Refusal):
    """Only what somebody owns or rents has a use."""

    code = "not_premises"


@transaction.atomic
def split_premises(
    place: Place, *, into: Sequence[tuple[str, Decimal | None]], on: date, seen: int, actor: Actor, at: datetime
) -> list[Place]:
    """Split premises into parts (code, area) from that day on; the whole ends and stays in the history of each part.

    Areas sum to the known area of the whole. Use, layout facts and grid carry over; meters, equipment and checkpoints stay
    with the first part. A part may keep the code of the whole. Raises NotAllowed, Ended, TooFew, AreaDiffers, BadCode, CodeTaken, Stale.
    """
    actor.require(EDIT, place)
    _must_be_held(place)
    if len(into) < 2:
        raise TooFew(_("至少拆成两间"), field="codes")
    whole = place.premises
    areas = [area for _code, area in into]
    if whole.area_m2 is not None and (None in areas or sum(area for area in areas if area is not None) != Decimal(whole.area_m2)):
        raise AreaDiffers(_("各间面积之和要等于原面积 %(area)s ㎡") % {"area": whole.area_m2})
    codes = _free_codes(place, [code for code, _area in into], leaving=[place])
    use = Vacancy.objects.filter(estate_id=place.estate_id, place=place, ended_on=None).first()
    close(place, on=on, seen=seen)
    facts = {"layout": "", "usage": whole.usage, "tenure": whole.tenure, "delivered_on": whole.delivered_on}
    parts = []
    for code, area in zip(codes, areas, strict=True):
        part = put(
            place.estate,
            place.parent,
            kind=place.kind,
            code=code,
            name="",
            building_type="",
            floor_label=place.floor_label,
            facts={**facts, "area_m2": area},
        )
        _succeed(place, part, on=on, use=use)
        parts.append(part)
    _carry(place, parts[0])
    labels = "、".join(part.label for part in parts)
    event = PremisesSplit(place.pk, tuple(part.pk for part in parts), place.label, labels, on)
    announce(event, about=place, actor=actor, at=at)
    return parts


@transaction.atomic
def merge_premises(rooms: Sequence[Place], *, code: str, on: date, seen: Sequence[int], actor: Actor, at: datetime) -> Place:
    """Merge premises of one building into one from that day on; areas are added, the rooms end and stay in its history.

    `seen` are the versions of the rooms in their order. The new room stands where the first one stood and takes its use.
    Raises NotAllowed, Ended, TooFew, NotTogether, BadCode, CodeTaken, Stale.
    """
    for room in rooms:
        actor.require(EDIT, room)
        _must_be_held(room)
    if len({room.pk for room in rooms}) < 2:
        raise TooFew(_("至少选两间"), field="rooms")
    if len({(room.estate_id, room.kind, _building(room)) for room in rooms}) > 1:
        raise NotTogether(_("只有同一栋楼里同类的房屋可以合并"), field="rooms")
    first = rooms[0]
    (code,) = _free_codes(first, [code], leaving=rooms)
    areas = [room.premises.area_m2 for room in rooms]
    use = Vacancy.objects.filter(estate_id=first.estate_id, place=first, ended_on=None).first()
    for room, version in zip(rooms, seen, strict=True):
        close(room, on=on, seen=version)
    merged = put(
        first.estate,
        first.parent,
        kind=first.kind,
        code=code,
        name="",
        building_type="",
        floor_label=first.floor_label,
        facts={
            "area_m2": None if None in areas else sum(Decimal(area) for area in areas if area is not None),
            "layout": "",
            "usage": first.premises.usage,
            "tenure": first.premises.tenure,
            "delivered_on": first.premises.delivered_on,
        },
    )
    for room in rooms:
        _succeed(room, merged, on=on, use=use if room is first else None)
        _carry(room, merged)
    labels = "、".join(room.label for room in rooms)
    event = PremisesMerged(tuple(room.pk for room in rooms), merged.pk, merged.label, labels, on)
    announce(event, about=merged, actor=actor, at=at)
    return merged


@transaction.atomic
def set_vacancy(place: Place, *, state: str, began_on: date, seen: int, actor: Actor, at: datetime) -> None:
    """Say how premises are used from that day on. The present state ends the same day; older ones stay as they were.

    Clause: A-163. Raises NotAllowed, Ended, NotPremises, NothingChanged, TooEarly, Stale.
    """
    actor.require(OCCUPY, place)
    _must_be_held(place)
    now = Vacancy.objects.filter(estate_id=place.estate_id, place=place, ended_on=None).first()
    if now is not None and now.state == state:
        raise NothingChanged(_("已经是%(state)s") % {"state": VacancyState(state).label}, field="state")
    if now is not None and began_on <= now.began_on:
        raise TooEarly(_("要晚于现状态的起始日 %(day)s") % {"day": now.began_on.isoformat()})
    revise(place, seen=seen)
    if now is not None:
        Vacancy.objects.filter(pk=now.pk).update(ended_on=began_on)
    Vacancy.objects.create(estate_id=place.estate_id, place=place, state=state, began_on=began_on)
    event = VacancyChanged(place.pk, now.state if now else "", state, str(VacancyState(state).label), began_on)
    announce(event, about=place, actor=actor, at=at)


def _must_be_held(place: Place) -> None:
    if place.kind not in HELD:
        raise NotPremises(_("%(label)s 不是房屋、车位或储藏室") % {"label": place.label})
    if place.ended_on is not None:
        raise Ended(_("%(label)s 已停用") % {"label": place.label})


def _free_codes(place: Place, codes: Sequence[str], *, leaving: Sequence[Place]) -> list[str]:
    """Return the cleaned codes when each is free beside `place` once the leaving rooms are gone."""
    clean = [clean_code(code) for code in codes]
    beside = place.path[: -len(place.code) - 1]
    stay = Place.objects.filter(estate_id=place.estate_id, ended_on=None, path__in=[f"{beside}{code}/" for code in clean])
    taken = set(stay.exclude(pk__in=[each.pk for each in leaving]).values_list("code", flat=True))
    taken |= {code for code in clean if clean.count(code) > 1}
    if taken:
        raise CodeTaken(_("这里已有编号 %(code)s") % {"code": "、".join(sorted(taken))}, field="codes" if len(codes) > 1 else "code")
    return clean


def _building(place: Place) -> int | None:
    return next((each.pk for each in queries.ancestors(place) if each.kind == PlaceKind.BUILDING), place.parent_id)


def _succeed(before: Place, after: Place, *, on: date, use: Vacancy | None) -> None:
    Succession.objects.create(estate_id=before.estate_id, before=before, after=after, on=on)
    if use is not None:
        Vacancy.objects.create(estate_id=after.estate_id, place=after, state=use.state, began_on=on)


def _carry(before: Place, after: Place) -> None:
    """What hangs in the room stays in its successor."""
    for model in (Meter, Equipment, Checkpoint):
        model._default_manager.filter(estate_id=before.estate_id, place=before, ended_on=None).update(place=after)
