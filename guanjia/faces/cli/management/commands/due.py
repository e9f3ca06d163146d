"""`guanjia due`: what an estate's plan makes due, which clause demands it, and what became of it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from guanjia.domain.estate import queries as estates
from guanjia.domain.standards import queries
from guanjia.domain.standards.permissions import VIEW
from guanjia.domain.standards.queries import Item, Record
from guanjia.kernel import clock
from guanjia.kernel.actor import Actor
from guanjia.kernel.periods import SHANGHAI

SYSTEM = Actor.system("guanjia due")
WRONG_USAGE = 2


class Command(BaseCommand):
    help = "List the occurrences whose suggested day lies in [from, to), with their state. Nothing is written."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--estate", required=True, metavar="CODE")
        parser.add_argument("--from", required=True, dest="begin", type=date.fromisoformat, metavar="DATE")
        parser.add_argument("--to", required=True, dest="end", type=date.fromisoformat, metavar="DATE", help="the day after the last")
        parser.add_argument("--clause", action="append", default=[], metavar="CODE", help="only this clause; may be repeated")
        parser.add_argument("--format", choices=["text", "json"], default="text")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["end"] <= options["begin"]:
            raise CommandError("--to must be later than --from", returncode=WRONG_USAGE)
        estate = estates.estates(SYSTEM, VIEW).filter(code=options["estate"]).first()
        if estate is None:
            raise CommandError(f"there is no estate {options['estate']}")
        ledger = queries.due(SYSTEM, estate, options["begin"], options["end"], now=clock.now(), codes=options["clause"])
        for flaw in ledger.unready:
            self.stderr.write(f"{flaw.code} makes nothing due: {flaw.key}: {flaw.message}")
        for unknown in ledger.unknown:
            self.stderr.write(f"{unknown.promise.code} cannot be said: the holidays of {unknown.year} are not published")
        records = queries.records(estate, ledger.items)
        if options["format"] == "json":
            self._json(ledger.items, records)
            return
        for item in ledger.items:
            period = " – ".join(period_of(item))
            self.stdout.write(f"{item.slot.suggested_on}  {item.promise.code:<7} {item.state:<9} {item.target.label}  {period}")
        counted = queries.tally([item.state for item in ledger.items])
        self.stderr.write(f"{counted.due} due: {counted.done} done, {counted.late} late, {counted.missed} missed, {counted.open} open")

    def _json(self, items: Iterable[Item], records: dict[int, Record]) -> None:
        """Write one document piece by piece: a year of a large estate is a hundred thousand lines."""
        self.stdout.write('{"occurrences": [', ending="")
        for number, item in enumerate(items):
            self.stdout.write(",\n" if number else "\n", ending="")
            self.stdout.write(json.dumps(as_json(item, records), ensure_ascii=False), ending="")
        self.stdout.write("\n]}")


def as_json(item: Item, records: dict[int, Record]) -> dict[str, Any]:
    """Return one occurrence as `guanjia due --format json` prints it."""
    record = records.get(item.fact.pk) if item.fact else None
    return {
        "clause": item.promise.code,
        "target": item.target.label,
        "target_key": item.target.key,
        "period": period_of(item),
        "k": item.slot.k,
        "n": item.slot.n,
        "suggested_on": item.slot.suggested_on.isoformat(),
        "state": item.state.value,
        "by": record.by if record else None,
        "evidence": list(record.evidence) if record else [],
    }


def period_of(item: Item) -> list[str]:
    """Return the period `[begin, end)`: days, or local times where it is shorter than a day."""
    edges = (item.slot.period_began, item.slot.period_ended)
    return [_day(edge) if item.slot.whole_days else _time(edge) for edge in edges]


def _day(at: datetime) -> str:
    return at.astimezone(SHANGHAI).date().isoformat()


def _time(at: datetime) -> str:
    return at.astimezone(SHANGHAI).replace(tzinfo=None).isoformat(timespec="minutes")
