"""The room box: 3-2-1501, 3栋2单元1501, 321501, lgf, 2607, 8K2 → at most eight places, each with whom to ask for.

Every step is one range or equality on an index, tried from the exact to the loose; the first that answers wins, so that
an exact room is never buried under prefixes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from guanjia.domain.estate import ports
from guanjia.domain.estate.models import Alias, Estate, Place
from guanjia.domain.estate.queries.places import present
from guanjia.domain.estate.rules import addresses
from guanjia.domain.estate.rules.addresses import Address
from guanjia.domain.estate.rules.texts import plain
from guanjia.domain.estate.states import HELD, PlaceKind
from guanjia.kernel.actor import Actor

MOST = 8
_KINDS = {addresses.PARKING: (PlaceKind.PARKING,), addresses.STORAGE: (PlaceKind.STORAGE,)}


@dataclass(frozen=True, slots=True)
class Hit:
    """One line of the room box. `exact` tells that the text named this place and no other."""

    place: Place
    name: str
    relation: str
    why: str
    exact: bool


def find(actor: Actor, estate: Estate, text: str, *, limit: int = MOST) -> list[Hit]:
    """Return the places of an estate that a text may mean, best first, at most `limit`.

    Room forms are tried first, then what the registered finders know (pinyin, phone tails, plates), then names of common
    areas and buildings. A single exact room has `exact`; the box selects it by itself. Places of other estates or outside
    the actor's reach are never found.
    """
    text = text.strip()
    if not text or len(text) > 60:
        return []
    visible = present(actor, estate)
    rooms, exact = _rooms(visible, estate, text, limit)
    sightings = [] if exact and len(rooms) == 1 else _sightings(actor, estate, text, limit - len(rooms))
    known = {place.pk: place for place in rooms}
    missing = [each.place_id for each in sightings if each.place_id not in known]
    known.update({place.pk: place for place in visible.filter(pk__in=missing)} if missing else {})
    said = {each.place_id: each for each in sightings}
    order = [*[place.pk for place in rooms], *[pk for pk in missing if pk in known]]
    if not order:
        named = _named(visible, text, limit)
        known.update({place.pk: place for place in named})
        order = [place.pk for place in named]
    names = _occupants(actor, estate, [pk for pk in order[:limit] if pk not in said])
    return [
        Hit(
            place=known[pk],
            name=said[pk].name if pk in said else names.get(pk, ("", ""))[0],
            relation=said[pk].relation if pk in said else names.get(pk, ("", ""))[1],
            why=said[pk].why if pk in said else "",
            exact=exact and len(rooms) == 1,
        )
        for pk in order[:limit]
    ]


def _rooms(visible: QuerySet[Place], estate: Estate, text: str, limit: int) -> tuple[list[Place], bool]:
    """Return the places for the room forms of the text, and whether the text names them in full."""
    order = tuple(estate.short_order.split("-"))
    meanings = addresses.readings(text, order=order)
    typed = addresses.compact(text)
    for filters, exact in _steps(estate, text, typed, meanings):
        found = _by_phase(_take(visible.filter(filters), limit), meanings)
        if found:
            return found[:limit], exact
    return [], False


def _steps(estate: Estate, text: str, typed: str, meanings: tuple[Address, ...]) -> Iterator[tuple[Q, bool]]:
    """Yield (filter, exact) from the exact to the loose."""
    spoken = list(dict.fromkeys(each.spoken for each in meanings if each.room and (each.building or each.entrance)))
    if spoken:
        yield Q(kind__in=HELD, spoken__in=spoken), True
        yield Q(pk__in=Alias.objects.filter(estate=estate, spoken__in=spoken).values("place_id")), True
    code = addresses.room_part(text)
    if code and any(sign.isdecimal() for sign in code):
        yield Q(kind__in=HELD, code=code), True
    for each in meanings:
        if each.room and (narrowed := _narrowed(each)):
            yield narrowed, True
    if len(typed) >= 3 and typed.isalnum() and any(sign.isdecimal() for sign in typed):
        yield Q(kind__in=HELD, compact=typed), True
        yield Q(pk__in=Alias.objects.filter(estate=estate, compact=typed).values("place_id")), True
    for each in meanings:
        if not each.room and each.building and not each.floor:
            yield Q(kind__in=(PlaceKind.BUILDING, PlaceKind.ENTRANCE), spoken=each.spoken), False
    for prefix in spoken:
        yield _starting("spoken", prefix), False
    if typed.isdecimal() and 2 <= len(typed) <= 8:
        yield _starting("compact", typed), False


def _narrowed(meaning: Address) -> Q | None:
    """The room by its own code, inside the building that was said: entrance left out, or the kind said (车位, 储藏室, 商铺)."""
    codes = [meaning.room, f"{meaning.floor}-{meaning.room}", f"{meaning.floor}{meaning.room}"] if meaning.floor else [meaning.room]
    kinds = _KINDS.get(meaning.kind, HELD)
    if meaning.kind in (addresses.SHOP, addresses.VILLA, addresses.PARKING):
        codes += [f"{letter}{code}" for code in codes for letter in {"shop": "S", "villa": "V", "parking": "P"}[meaning.kind]]
    if not (meaning.building or meaning.entrance or meaning.kind != addresses.PREMISES or meaning.floor):
        return None
    named = Q(kind__in=kinds, code__in=codes)
    if meaning.building:
        named &= Q(spoken__gte=f"{meaning.building}-", spoken__lt=f"{meaning.building}.")
    if meaning.kind == addresses.VILLA:
        named |= Q(kind__in=HELD, spoken__gte=f"{meaning.room}-", spoken__lt=f"{meaning.room}.")
    return named


def _starting(field: str, prefix: str) -> Q:
    return Q(**{"kind__in": HELD, f"{field}__gte": prefix, f"{field}__lt": f"{prefix}\U0010ffff"})


def _take(rows: QuerySet[Place], limit: int) -> list[Place]:
    return list(rows.order_by("sort_key", "pk")[: limit * 2])


def _by_phase(found: list[Place], meanings: Iterable[Address]) -> list[Place]:
    """Keep the places of the phase that was said, when any lies in it."""
    phases = {each.phase for each in meanings if each.phase}
    inside = [place for place in found if place.path.split("/")[0] in phases]
    return inside or found


def _sightings(actor: Actor, estate: Estate, text: str, limit: int) -> list[ports.Sighting]:
    if limit <= 0:
        return []
    return [each for finder in ports.finders() for each in finder.find(actor, estate_id=estate.pk, text=text, limit=limit)][:limit]


def _occupants(actor: Actor, estate: Estate, place_ids: list[int]) -> dict[int, tuple[str, str]]:
    if not place_ids:
        return {}
    found: dict[int, tuple[str, str]] = {}
    for finder in ports.finders():
        found.update(finder.occupants(actor, estate_id=estate.pk, place_ids=place_ids))
    return found


def _named(visible: QuerySet[Place], text: str, limit: int) -> list[Place]:
    """Common areas, equipment rooms and buildings whose name holds the text: few rows, so a scan of their kind is enough."""
    kinds = (PlaceKind.COMMON, PlaceKind.ROOM, PlaceKind.BUILDING, PlaceKind.PHASE)
    return _take(visible.filter(kind__in=kinds).filter(Q(name__icontains=text) | Q(name__icontains=plain(text))), limit)[:limit]


def nothing(text: str) -> str:
    """Return what the box says when it finds nothing."""
    return _("没找到 %(text)s。可登记为公共区域，或新建住户") % {"text": text}
