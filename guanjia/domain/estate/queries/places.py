"""The tree: which places there are, what stands above, below and beside them, and what they were before."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Concat, Length, Substr

from guanjia.domain.estate.models import Branch, Company, Estate, Place, Succession, Vacancy
from guanjia.domain.estate.permissions import VIEW
from guanjia.domain.estate.states import EMPTY, HELD, BuildingType, PlaceKind
from guanjia.kernel.actor import Actor


def companies(actor: Actor) -> QuerySet[Company]:
    """Return the companies that the actor belongs to, or all for the system."""
    return Company.objects.filter(Q() if actor.everything else Q(pk=actor.company_id)).order_by("code")


def branches(actor: Actor) -> QuerySet[Branch]:
    """Return the branches of the actor's company."""
    return Branch.objects.filter(Q() if actor.everything else Q(company_id=actor.company_id)).select_related("parent").order_by("code")


def estates(actor: Actor, permission: str = VIEW) -> QuerySet[Estate]:
    """Return the estates where the actor holds the permission, over the whole or a part."""
    return Estate.objects.filter(actor.estates(permission)).select_related("company", "branch").order_by("code")


def places(actor: Actor, permission: str = VIEW) -> QuerySet[Place]:
    """Return every place where the actor holds the permission, ended ones included; every face starts here."""
    return Place.objects.filter(actor.within(permission, path="path")).select_related("estate").order_by("estate_id", "sort_key", "pk")


def present(actor: Actor, estate: Estate, permission: str = VIEW) -> QuerySet[Place]:
    """Return the places of one estate that exist now."""
    return places(actor, permission).filter(estate=estate, ended_on=None)


def under(path: str, *, field: str = "path") -> Q:
    """Return the filter of everything at or below a path, as an index range: "/" is followed by "0" in every C collation."""
    return Q(**{f"{field}__gte": path, f"{field}__lt": f"{path[:-1]}0"}) if path else Q()


def chain(place: Place) -> list[Place]:
    """Return the places from the root down to this one, itself included."""
    codes = place.path.split("/")[:-1]
    paths = ["".join(f"{code}/" for code in codes[:depth]) for depth in range(1, len(codes))]
    above = Place.objects.filter(estate_id=place.estate_id, path__in=paths) if paths else []
    latest: dict[str, Place] = {}
    for each in above:
        if each.path not in latest or each.ended_on is None:
            latest[each.path] = each
    return [latest[path] for path in paths if path in latest] + [place]


def ancestors(place: Place) -> list[Place]:
    """Return what the place stands in, from the root down."""
    return chain(place)[:-1]


def units(actor: Actor, estate: Estate) -> QuerySet[Place]:
    """Return premises, parking and storage that exist now, with `use` (the state of their use, None when unknown) and facts.

    The facts are `area`, `inner`, `layout` and `delivered`.
    """
    columns = {"area": "area_m2", "inner": "inner_area_m2", "layout": "layout", "delivered": "delivered_on"}
    facts = {name: F(f"premises__{column}") for name, column in columns.items()}
    use = Vacancy.objects.filter(estate_id=OuterRef("estate_id"), place=OuterRef("pk"), ended_on=None).values("state")[:1]
    return present(actor, estate).filter(kind__in=HELD).annotate(use=Subquery(use), **facts)


def buildings(actor: Actor, estate: Estate) -> QuerySet[Place]:
    """Return the buildings of an estate with the number of their premises (`homes`) and of the empty ones (`empty`); garages come last."""
    beyond = Concat(Substr(OuterRef("path"), 1, Length(OuterRef("path")) - 1), Value("0"))
    inside = (
        Place.objects.filter(estate=estate, kind=PlaceKind.PREMISES, ended_on=None, path__gte=OuterRef("path"), path__lt=beyond)
        .order_by()
        .values("estate_id")
    )
    vacant = Exists(Vacancy.objects.filter(estate=estate, place=OuterRef("pk"), ended_on=None, state__in=EMPTY))
    return (
        present(actor, estate)
        .filter(kind=PlaceKind.BUILDING)
        .annotate(
            homes=Subquery(inside.annotate(n=Count("pk")).values("n")),
            empty=Subquery(inside.filter(vacant).annotate(n=Count("pk")).values("n")),
        )
        .order_by(Case(When(building_type=BuildingType.GARAGE, then=1), default=0), "sort_key", "pk")
    )


def vacancies(place: Place) -> QuerySet[Vacancy]:
    """Return how the premises were used, the present state first. The place must come from a scoped query."""
    return Vacancy.objects.filter(estate_id=place.estate_id, place=place).order_by("-began_on", "-pk")


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The premises around one: above and below on the same line, before and after in the order of the list."""

    above: Place | None
    below: Place | None
    before: Place | None
    after: Place | None


def neighbours(actor: Actor, place: Place) -> Neighbours:
    """Return the neighbours of premises within its building; None where there is none or the actor may not look.

    Above and below are on the next floors that exist, with the same number on the floor: 1401 and 1601 of 1501.
    """
    around = present(actor, place.estate).filter(kind=place.kind)
    home = next((each for each in reversed(ancestors(place)) if each.kind in (PlaceKind.ENTRANCE, PlaceKind.BUILDING)), None)
    beside = around.filter(under(home.path) if home else Q(parent_id=place.parent_id))
    above = below = None
    line = _line(place)
    if line and place.floor_number is not None:
        stack = [each for each in beside.exclude(floor_number=None) if _line(each) == line]
        above = min((each for each in stack if _level(each) > _level(place)), key=_level, default=None)
        below = max((each for each in stack if _level(each) < _level(place)), key=_level, default=None)
    after = beside.filter(sort_key__gt=place.sort_key).order_by("sort_key", "pk").first()
    before = beside.filter(sort_key__lt=place.sort_key).order_by("-sort_key", "-pk").first()
    return Neighbours(above=above, below=below, before=before, after=after)


def _line(place: Place) -> str:
    """The number on the floor: 1501 → 01. "" when the code has no floor in it."""
    digits = place.code.rstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return place.code[len(digits) - 2 :] if place.floor_label and digits[-2:].isdecimal() and len(digits) > 2 else ""


def _level(place: Place) -> Decimal:
    assert place.floor_number is not None
    return Decimal(place.floor_number)


def history(actor: Actor, place: Place) -> list[Succession]:
    """Return what the place came from and what took over from it, all generations, oldest first; scoped."""
    found: dict[int, Succession] = {}
    wave = {place.pk}
    seen: set[int] = set()
    while wave:
        seen |= wave
        rows = Succession.objects.filter(estate_id=place.estate_id).filter(Q(before__in=wave) | Q(after__in=wave))
        rows = rows.select_related("before", "after")
        found.update((row.pk, row) for row in rows)
        wave = {pk for row in rows for pk in (row.before_id, row.after_id)} - seen
    visible = set(
        places(actor).filter(pk__in={pk for row in found.values() for pk in (row.before_id, row.after_id)}).values_list("pk", flat=True)
    )
    return sorted((row for row in found.values() if {row.before_id, row.after_id} <= visible), key=lambda row: (row.on, row.pk))
