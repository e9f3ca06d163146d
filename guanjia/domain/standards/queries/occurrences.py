"""What is due, and what became of it: slots of promises × targets, joined with the rows of what happened. Nothing is generated ahead."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from guanjia.domain.staff import queries as staff
from guanjia.domain.standards.models import Occurrence
from guanjia.domain.standards.permissions import VIEW
from guanjia.domain.standards.queries import plain
from guanjia.domain.standards.queries.plans import workdays_of
from guanjia.domain.standards.queries.promises import Unready, promises
from guanjia.domain.standards.queries.targets import targets
from guanjia.domain.standards.rules.cadence import Slot, follow
from guanjia.domain.standards.rules.occurrences import FOREVER, Fact, Promise, exists, gone, state_of, steady
from guanjia.domain.standards.rules.targets import Target, TargetRule
from guanjia.domain.standards.states import OccurrenceState
from guanjia.kernel.periods import business_day, from_minute, to_minute
from guanjia.kernel.workdays import UnknownYear, Workdays

if TYPE_CHECKING:
    from guanjia.domain.estate.models import Estate, Place
    from guanjia.domain.staff.queries import Responsible
    from guanjia.kernel.actor import Actor

State = OccurrenceState
KEPT_DAYS = 45
ANY_DAY = Workdays()


class Ref(NamedTuple):
    """The name of one occurrence in addresses and forms: clause, target, civil minute at which the period began, k."""

    clause: str
    target: str
    began: int
    k: int

    def __str__(self) -> str:
        return "~".join(map(str, self))

    @classmethod
    def parse(cls, text: str) -> Ref:
        """Read what `str` writes. Raises ValueError."""
        clause, target, began, k = text.split("~")
        return cls(clause, target, int(began), int(k))


class Item(NamedTuple):
    """One occurrence: what is promised, about what, when, and what became of it."""

    promise: Promise
    target: Target
    slot: Slot
    state: State
    fact: Fact | None = None

    @property
    def ref(self) -> Ref:
        return Ref(self.promise.code, self.target.key, self.slot.began, self.slot.k)

    @property
    def assigned_to(self) -> int | None:
        return self.fact.assigned_to if self.fact else None


class Unknown(NamedTuple):
    """A clause that counts working days, in a year whose holidays are not published."""

    promise: Promise
    year: int


@dataclass(slots=True)
class Ledger:
    """The occurrences of an interval, and what cannot be said. `lonely` are the posts that nobody holds today."""

    items: list[Item] = field(default_factory=list)
    lonely: frozenset[str] = frozenset()
    unknown: list[Unknown] = field(default_factory=list)
    unready: list[Unready] = field(default_factory=list)

    def unassigned(self, item: Item) -> bool:
        """Tell whether an occurrence is still to be done and nobody is there to do it."""
        return item.state == State.DUE and item.assigned_to is None and item.promise.post in self.lonely


class Record(NamedTuple):
    """Who did an occurrence when, or why it was let off, and what proves it."""

    by: str | None
    done_at: datetime | None
    reason: str
    evidence: Sequence[Mapping[str, Any]]


Key = tuple[str, str, int, int]
Facts = Mapping[Key, Fact]


def due(
    actor: Actor,
    estate: Estate,
    begin: date,
    end: date,
    *,
    now: datetime,
    codes: Collection[str] = (),
    place: Place | None = None,
    member: Responsible | None = None,
) -> Ledger:
    """Return the occurrences whose suggested day lies in `[begin, end)`, in the order of the plan, then of target and day.

    Only targets within the actor's reach. `codes`, a `place` with all below it, or a `member` (what is assigned to the person, or owed
    by the person's posts and assigned to nobody else) narrow the list.
    """
    everything = promises(estate)
    chosen = [promise for promise in everything.within(begin, end) if not codes or promise.code in codes]
    if member is not None and not _assigned_codes(estate, member, begin, end):
        chosen = [promise for promise in chosen if promise.post in member.titles]
    ledger = Ledger(unready=[item for item in everything.unready if touches(item, begin, end) and (not codes or item.code in codes)])
    found = seen_by(actor, estate, targets(estate, {promise.target for promise in chosen}), place)
    calendar = calendar_of(estate, chosen)
    slots = slots_of(chosen, begin, end, calendar, ledger.unknown)
    facts = facts_of(estate, slots, begin, end)
    minute = to_minute(now)
    for promise in chosen:
        if promise.cadence.after_days:
            ledger.items += followed(estate, promise, found[promise.target], begin, end, calendar, minute)
        else:
            ledger.items += join(promise, found[promise.target], slots[promise], facts, minute)
    ledger.items += _unplanned(estate, chosen, found, begin, end)
    if member is not None:
        ledger.items = [item for item in ledger.items if _falls_to(item, member)]
    ledger.lonely = unheld(estate, business_day(now), {promise.post for promise in chosen})
    return ledger


def find(actor: Actor, estate: Estate, ref: Ref, *, now: datetime) -> Item | None:
    """Return the occurrence that a ref names, or None when the plan has none such or it is out of the actor's reach."""
    if not 1440 <= ref.began < FOREVER * 1440:
        return None
    day, calendar = date.fromordinal(ref.began // 1440), workdays_of(estate.company_id)
    for promise in promises(estate).held:
        if promise.code != ref.clause or not promise.began <= day.toordinal() < promise.ended:
            continue
        if promise.cadence.after_days:
            days = (day, day + timedelta(promise.cadence.after_days + 1))
        else:
            named = [slot.suggested_on for slot in _around(promise, day, calendar) if (slot.began, slot.k) == (ref.began, ref.k)]
            days = (named[0], named[0] + timedelta(1)) if named else (day, day)
        found = due(actor, estate, *days, now=now, codes=[ref.clause]).items if days[0] < days[1] else []
        return next((item for item in found if item.ref == ref), None)
    return None


def _around(promise: Promise, day: date, calendar: Workdays) -> list[Slot]:
    try:
        return promise.around(day, calendar)
    except UnknownYear:
        return []


def _falls_to(item: Item, member: Responsible) -> bool:
    return item.assigned_to == member.member_id or (item.assigned_to is None and item.promise.post in member.titles)


def _assigned_codes(estate: Estate, member: Responsible, begin: date, end: date) -> bool:
    return Occurrence.objects.filter(estate=estate, assigned_to=member.member_id, day__gte=begin, day__lt=end).exists()


def unheld(estate: Estate, day: date, posts: Iterable[str]) -> frozenset[str]:
    """Return those of the posts that nobody holds at the estate on a day; what they owe is unassigned."""
    held = staff.titles_held(estate, day)
    return frozenset(post for post in posts if post not in held)


def records(estate: Estate, items: Iterable[Item]) -> dict[int, Record]:
    """Return what is on record about those of the items that have a row, by the row's key."""
    keys = [item.fact.pk for item in items if item.fact is not None]
    found: dict[int, Record] = {}
    for start in range(0, len(keys), 500):
        rows = Occurrence.objects.filter(estate=estate, pk__in=keys[start : start + 500])
        for pk, by, done_at, reason, evidence in rows.values_list("pk", "done_by__name", "done_at", "reason", "evidence"):
            found[pk] = Record(by, done_at, reason, evidence)
    return found


def join(promise: Promise, among: Sequence[Target], slots: Sequence[Slot], facts: Facts, now: int) -> Iterator[Item]:
    """Yield each slot for each target that owes it."""
    if not slots:
        return
    low, high = min(slot.day for slot in slots), max(slot.ended for slot in slots) // 1440
    code, ended = promise.code, promise.ended
    for target in among:
        key = target.key
        if steady(target, low, high):
            for slot in slots:
                fact = facts.get((code, key, slot.began, slot.k))
                yield Item(promise, target, slot, state_of(slot, fact, now=now, withdrawn=slot.day >= ended), fact)
        else:
            for slot in slots:
                if exists(target, slot):
                    fact = facts.get((code, key, slot.began, slot.k))
                    withdrawn = slot.day >= ended or gone(target, slot)
                    yield Item(promise, target, slot, state_of(slot, fact, now=now, withdrawn=withdrawn), fact)


Found = Mapping[TargetRule, tuple[Target, ...]]


def seen_by(actor: Actor, estate: Estate, found: Found, place: Place | None = None) -> Found:
    """Return only the targets within the actor's reach (all with the whole estate, else those under the actor's places) and `place`."""
    whole = actor.everything or actor.may(VIEW, estate)
    if whole and place is None:
        return found
    paths = ("",) if whole else tuple(grant.path for grant in actor.holding(VIEW) if estate.pk in grant.estate_ids)
    if not paths:
        return dict.fromkeys(found, ())
    ids = {target.place_id for group in found.values() for target in group if target.place_id is not None}
    known = dict(estate.places.filter(pk__in=ids).values_list("pk", "path"))
    under = place.path if place is not None else ""

    def seen(target: Target) -> bool:
        path = known.get(target.place_id or 0)
        return path is not None and path.startswith(paths) and path.startswith(under)

    return {rule: tuple(filter(seen, group)) for rule, group in found.items()}


def facts_of(estate: Estate, slots: Mapping[Promise, Sequence[Slot]], begin: date, end: date) -> Facts:
    """Return what is on record about these slots: the rows of the interval, and those of periods that began before it."""
    first, last = begin.toordinal() * 1440, (end.toordinal() + 1) * 1440
    if not any(slots.values()):
        return {}
    early = {promise.code: {slot.began for slot in owed if slot.began < first} for promise, owed in slots.items() if owed}
    long = sorted(set().union(*early.values()))
    facts = _facts(
        estate, "period_began >= %s AND period_began < %s", [plain.instant(from_minute(first)), plain.instant(from_minute(last))]
    )
    if long:
        facts |= _at(estate, [code for code, began in early.items() if began], long)
    return facts


def facts_at(estate: Estate, slots: Mapping[Promise, Sequence[Slot]]) -> Facts:
    """Return what is on record about a few periods, by when they began: for one day, where these are few."""
    codes = [promise.code for promise, owed in slots.items() if owed]
    return _at(estate, codes, sorted({slot.began for owed in slots.values() for slot in owed})) if codes else {}


def _at(estate: Estate, codes: Sequence[str], began: Sequence[int]) -> dict[Key, Fact]:
    where = f"period_began IN ({plain.marks(began)}) AND clause_code IN ({plain.marks(codes)})"
    return _facts(estate, where, [*(plain.instant(from_minute(minute)) for minute in began), *codes])


def _facts(estate: Estate, where: str, params: Sequence[Any]) -> dict[Key, Fact]:
    """Return rows by clause, target, period and k."""
    minutes = plain.Minutes()
    sql = (
        "SELECT clause_code, target_key, CAST(period_began AS varchar(40)), k, state, assigned_to_id, id "
        f"FROM {Occurrence._meta.db_table} WHERE estate_id = %s AND {where}"
    )
    found = plain.rows(sql, [estate.pk, *params])
    return {(code, target, minutes[began], k): Fact(state, k, member, pk) for code, target, began, k, state, member, pk in found}


def calendar_of(estate: Estate, chosen: Iterable[Promise]) -> Workdays:
    """Return the working calendar where one of the promises counts working days; the others need none read."""
    return workdays_of(estate.company_id) if any(promise.cadence.working_days_only for promise in chosen) else ANY_DAY


def slots_of(
    chosen: Iterable[Promise], begin: date, end: date, calendar: Workdays, unknown: list[Unknown]
) -> dict[Promise, Sequence[Slot]]:
    """Return the slots of each promise; those that cannot be said go to `unknown`.

    A promise is the same object for all estates that promise the same, so a month is expanded once per process.
    """
    slots: dict[Promise, Sequence[Slot]] = {}
    short = (end - begin).days <= KEPT_DAYS
    for promise in chosen:
        if short and not promise.cadence.working_days_only:
            slots[promise] = _kept(promise, begin, end)
            continue
        try:
            slots[promise] = promise.slots(begin, end, calendar)
        except UnknownYear as flaw:
            slots[promise] = ()
            unknown.append(Unknown(promise, flaw.year))
    return slots


@lru_cache(maxsize=8192)
def _kept(promise: Promise, begin: date, end: date) -> tuple[Slot, ...]:
    return tuple(promise.slots(begin, end, ANY_DAY))


def followed(
    estate: Estate, promise: Promise, among: Sequence[Target], begin: date, end: date, calendar: Workdays, now: int
) -> Iterator[Item]:
    """Yield the occurrences of a clause that counts from the last completion: each target has its own chain."""
    columns = ("clause_code", "target_key", "period_began", "k", "state", "assigned_to_id", "pk", "done_at")
    rows = Occurrence.objects.filter(estate=estate, clause_code=promise.code).order_by().values_list(*columns)
    done: dict[str, list[date]] = defaultdict(list)
    facts: dict[Key, Fact] = {}
    for code, key, began, k, state, member, pk, done_at in rows:
        facts[code, key, to_minute(began), k] = Fact(state, k, member, pk)
        if done_at is not None:
            done[key].append(business_day(done_at))
    held = date.fromordinal(promise.began)
    for target in among:
        anchor = max(held, target.began_on or held)
        slots = follow(promise.cadence, begin, end, calendar, anchor, done[target.key])
        yield from join(promise, [target], [slot for slot in slots if slot.day < promise.ended], facts, now)


def _unplanned(
    estate: Estate, chosen: Iterable[Promise], found: Mapping[TargetRule, tuple[Target, ...]], begin: date, end: date
) -> Iterator[Item]:
    """Yield what was done of clauses that are never due by themselves (不定期)."""
    irregular = {promise.code: promise for promise in chosen if promise.cadence.irregular}
    if not irregular:
        return
    rows = Occurrence.objects.filter(estate=estate, clause_code__in=irregular, day__gte=begin, day__lt=end, state=State.DONE)
    for row in rows.order_by("day", "pk"):
        promise = irregular[row.clause_code]
        target = next((target for target in found[promise.target] if target.key == row.target_key), None)
        if target is not None:
            slot = Slot(to_minute(row.period_began), to_minute(row.period_ended), row.k, row.n, row.day.toordinal())
            yield Item(promise, target, slot, State.DONE, Fact(row.state, row.k, row.assigned_to_id, row.pk))


def touches(item: Unready, begin: date, end: date) -> bool:
    return item.began_on < end and (item.ended_on is None or item.ended_on > begin)
