"""The whole built-in plan for many estates of 40 buildings: expansion against dateutil.rrule, and the two daily reads.

Ours is what the product does: expand each clause once for a year, join the slots with the targets. The floor is dateutil.rrule for each
clause and target, with rules that give the same number of occurrences. The reads are measured with one estate and with all, a played
month on record in each; nothing may be generated ahead by reading.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from itertools import product
from typing import Any

from dateutil import rrule
from django.apps import apps
from django.db import connection

from guanjia.domain.standards import actions, queries
from guanjia.domain.standards.rules import library
from guanjia.domain.standards.rules.cadence import follow
from guanjia.domain.standards.rules.occurrences import Promise
from guanjia.faces.cli.benchmarks.harness import Result, Say, alternate, latency, scratch
from guanjia.kernel.actor import Actor, Grant
from guanjia.kernel.periods import Per, midnight
from guanjia.kernel.workdays import Workdays

ESTATES, BUILDINGS, READS = 100, 40, 60
BEGAN = date(2026, 1, 1)
YEAR = (date(2026, 1, 1), date(2027, 1, 1))
MONTH = date(2026, 9, 1)
NOW = midnight(date(2026, 9, 23)) + timedelta(hours=11)
SYSTEM = Actor.system("guanjia bench")
FASTER, MY_DAY_MS, MONTH_MS, GROWTH = 0.1, 10.0, 20.0, 1.25


def run(size: int | None, db: str, say: Say) -> Result:
    """Measure with `size` estates (100 unless told) and judge by the figures: a tenth of rrule, 10 ms, 20 ms, the same at 1 and at all."""
    estates = size or ESTATES
    with scratch(db):
        say("Building one estate of 40 buildings that follows the built-in plan …")
        company, plan = _company()
        first = _estate(company, plan, 0)
        written = _played_month(first)
        targets = _fan_out(first)
        comparison = alternate(lambda: _ours(first, targets), lambda: _rrule(first, targets), rounds=5)
        say(f"Measuring the reads with 1 estate, {written} rows on record …")
        alone = _reads([first], company)
        say(f"Adding {estates - 1} estates with the same month …")
        everyone = [first, *_copies(company, plan, first, estates - 1)]
        say(f"Measuring the reads with {estates} estates, {written * estates} rows on record …")
        crowded = _reads(everyone, company)
        kept = apps.get_model("standards.Occurrence").objects.count()
        yearly = sum(_pairs(first, targets))
    grown = {name: round(crowded[name]["p50_ms"] / alone[name]["p50_ms"], 2) for name in crowded}
    ahead = kept - written * estates
    figures = {
        f"at most {FASTER} of rrule": comparison.ratio <= FASTER,
        f"my tasks today p95 <= {MY_DAY_MS:g} ms": crowded["my_day"]["p95_ms"] <= MY_DAY_MS,
        f"one estate's month per clause p95 <= {MONTH_MS:g} ms": crowded["month"]["p95_ms"] <= MONTH_MS,
        f"the same at 1 and at {estates} estates": max(grown.values()) <= GROWTH,
        "nothing generated ahead": ahead == 0,
    }
    verdict = "noisy" if comparison.noisy else "met" if all(figures.values()) else "missed"
    detail = {
        "db": db,
        "occurrences_per_estate_and_year": yearly,
        "times_faster_than_rrule": round(1 / comparison.ratio, 1),
        "one_estate": alone,
        "all_estates": crowded,
        "growth": grown,
        "rows_on_record": kept,
        "generated_ahead": ahead,
        "figures": figures,
    }
    return Result("occurrences", estates, comparison.ours_us, comparison.floor_us, comparison.ratio, comparison.spread, verdict, detail)


def _model(name: str) -> Any:
    return apps.get_model(name)


def _company() -> tuple[Any, Any]:
    company = _model("estate.Company").objects.create(code="bench", name="基准物业")
    draft = library.builtin()
    first = _model("estate.Estate").objects.create(company=company, code="E0", name="E0")
    plan = actions.load(draft, estate=first, actor=SYSTEM, at=midnight(BEGAN))
    for post in sorted({clause.post for clause in draft.clauses if clause.post}):
        _model("staff.Post").objects.create(company=company, code=post, name=post, permissions=["standards.view", "standards.record"])
    return company, plan


def _estate(company: Any, plan: Any, number: int) -> Any:
    estate, _new = _model("estate.Estate").objects.get_or_create(company=company, code=f"E{number}", defaults={"name": f"E{number}"})
    _model("standards.Adoption").objects.create(estate=estate, plan=plan, began_on=BEGAN, adopted_at=midnight(BEGAN))
    place = _model("estate.Place")
    place.objects.bulk_create(
        place(
            estate=estate,
            kind="building",
            building_type="high_rise" if each % 3 else "multi_storey",
            code=str(each),
            name=f"{each} 号楼",
            label=f"{each} 号楼",
            path=f"{each}/",
            sort_key=f"{each:05d}",
        )
        for each in range(1, BUILDINGS + 1)
    )
    member = _model("staff.Member").objects.create(company=company, number=f"B{number}", name=f"保洁 {number}", hired_on=BEGAN)
    post = _model("staff.Post").objects.get(company=company, code="保洁员")
    _model("staff.Appointment").objects.create(member=member, post=post, estate=estate, began_on=BEGAN)
    return estate


def _played_month(estate: Any) -> int:
    """Record nine of ten occurrences of the month so far, day by day, through the action that uploads use."""
    written, day = 0, MONTH
    while midnight(day) < NOW:
        at = min(midnight(day + timedelta(1)) - timedelta(minutes=1), NOW)
        items = queries.due(SYSTEM, estate, day, day + timedelta(1), now=at).items
        done = []
        for position, item in enumerate(items):
            when = max(item.slot.period_began, midnight(day) + timedelta(hours=8)) if item.slot.whole_days else item.slot.period_began
            if position % 10 and item.slot.period_began <= when <= at and when < item.slot.period_ended:
                proof = [{"kind": item.promise.evidence[0]}] if item.promise.evidence else []
                done.append(actions.Completion(item.promise.code, item.target.key, when, proof, None, item.slot.began, item.slot.k))
        written += len(actions.record_batch(estate, done, actor=SYSTEM, at=at))
        day += timedelta(1)
    return written


def _copies(company: Any, plan: Any, first: Any, number: int) -> list[Any]:
    """Add estates whose month is the first one's, row for row, with their own buildings."""
    keys = list(first.places.order_by("sort_key").values_list("pk", flat=True))
    estates = []
    for each in range(1, number + 1):
        estate = _estate(company, plan, each)
        own = list(estate.places.order_by("sort_key").values_list("pk", flat=True))
        _copy_rows(first.pk, estate.pk, own[0] - keys[0])
        estates.append(estate)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return estates


def _copy_rows(source: int, target: int, shift: int) -> None:
    table = _model("standards.Occurrence")._meta.db_table
    columns = "clause_code, period_began, period_ended, k, n, day, state, done_at, recorded_at, reason, evidence, version"
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} (estate_id, place_id, target_key, {columns}) "
            "SELECT %s, place_id + %s, CASE WHEN place_id IS NULL THEN REPLACE(target_key, %s, %s) "
            f"ELSE 'place:' || CAST(place_id + %s AS varchar(20)) END, {columns} FROM {table} WHERE estate_id = %s",
            [target, shift, f"estate:{source}", f"estate:{target}", shift, source],
        )


Targets = dict[str, list[str]]


def _fan_out(estate: Any) -> Targets:
    """Return the keys of the targets of each clause, as the product finds them."""
    held = queries.promises(estate).held
    found = queries.targets(estate, {promise.target for promise in held})
    return {promise.code: [target.key for target in found[promise.target]] for promise in held}


def _slots(promise: Promise, calendar: Workdays) -> list[Any]:
    if promise.cadence.after_days:
        return follow(promise.cadence, *YEAR, calendar, BEGAN, ())
    return promise.slots(*YEAR, calendar)


def _ours(estate: Any, targets: Targets) -> int:
    """Expand every clause once and join it with its targets; return how many occurrences that gave."""
    calendar, count = queries.workdays_of(estate.company_id), 0
    for promise in queries.promises(estate).held:
        count += sum(1 for _occurrence in product(targets[promise.code], _slots(promise, calendar)))
    return count


def _pairs(estate: Any, targets: Targets) -> list[int]:
    calendar = Workdays()
    return [len(targets[promise.code]) * len(_slots(promise, calendar)) for promise in queries.promises(estate).held]


def _rrule(estate: Any, targets: Targets) -> int:
    """Let dateutil walk the year for each clause and target: as many occurrences, one window each."""
    calendar, count = queries.workdays_of(estate.company_id), 0
    for promise in queries.promises(estate).held:
        wanted = len(_slots(promise, calendar))
        for _target in targets[promise.code]:
            count += sum(1 for _at in _rule(promise, wanted))
    return count


def _rule(promise: Promise, wanted: int) -> rrule.rrule:
    """Return a rule of the clause's frequency that runs for as many occurrences; several in a period are several in its rule."""
    cadence, began = promise.cadence, datetime(2026, 1, 1)  # noqa: DTZ001 rrule is used as it usually is
    step: dict[str, Any] = {"interval": cadence.every, "count": wanted, "dtstart": began}
    match cadence.per:
        case Per.HOUR:
            return rrule.rrule(rrule.HOURLY, **step)
        case Per.DAY:
            return rrule.rrule(rrule.DAILY, byhour=[8 + 4 * k for k in range(cadence.times)], byminute=0, bysecond=0, **step)
        case Per.WEEK:
            return rrule.rrule(rrule.WEEKLY, byweekday=[2 * k for k in range(min(cadence.times, 4))], **step)
        case Per.HALF_MONTH:
            return rrule.rrule(rrule.MONTHLY, bymonthday=[8, 23], bymonth=sorted(cadence.months) or None, **step)
        case Per.MONTH:
            return rrule.rrule(rrule.MONTHLY, bymonthday=15, **step)
        case Per.QUARTER | Per.HALF_YEAR | Per.YEAR:
            months = {Per.QUARTER: 3, Per.HALF_YEAR: 6, Per.YEAR: 12}[cadence.per] // max(cadence.times, 1) or 1
            return rrule.rrule(rrule.MONTHLY, interval=months, bymonthday=15, count=wanted, dtstart=began)
        case _:
            every: dict[str, Any] = {"byhour": [0, 8, 16]} if len(cadence.shifts) == 3 else {}
            return rrule.rrule(rrule.DAILY, byminute=0, bysecond=0, interval=cadence.after_days or 1, count=wanted, dtstart=began, **every)


def _reads(estates: list[Any], company: Any) -> dict[str, dict[str, float]]:
    members = dict(_model("staff.Member").objects.filter(company=company).values_list("number", "pk"))

    def actor_at(estate: Any) -> Actor:
        grant = Grant(frozenset({"standards.view", "standards.record"}), estate_ids=frozenset({estate.pk}))
        return Actor(None, "保洁", company.pk, members[f"B{estate.code[1:]}"], grants=(grant,))

    def my_day(number: int) -> None:
        estate = estates[number * 37 % len(estates)]
        assert queries.my_day(actor_at(estate), estate, at=NOW).items

    def month(number: int) -> None:
        estate = estates[number * 37 % len(estates)]
        assert queries.month(actor_at(estate), estate, MONTH, now=NOW).total.done

    return {name: latency(call, READS) for name, call in _named(my_day, month)}


def _named(*calls: Callable[[int], None]) -> list[tuple[str, Callable[[int], None]]]:
    return [(call.__name__, call) for call in calls]
