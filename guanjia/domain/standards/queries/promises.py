"""What an estate promises in cadences: its plans, compiled once per process and shared by all estates that promise the same.

Loaded plans never change, so the key of the compiled form is which plans were adopted when and what the estate changed.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from guanjia.domain.standards.models import Adoption, Override, Plan
from guanjia.domain.standards.queries import plain
from guanjia.domain.standards.queries.plans import draft_of
from guanjia.domain.standards.rules import terms as rules
from guanjia.domain.standards.rules.cadence import KEYS, BadCadence, Cadence
from guanjia.domain.standards.rules.kinds import Kind
from guanjia.domain.standards.rules.occurrences import FOREVER, Promise, merge
from guanjia.domain.standards.rules.terms import Change, Held, Term
from guanjia.domain.standards.rules.words import label_of

if TYPE_CHECKING:
    from guanjia.domain.estate.models import Estate

AdoptionKey = tuple[int, str, date, date | None]
ChangeKey = tuple[str, str, date, date | None]
EVER = (date(1, 1, 1), date.fromordinal(FOREVER))


@dataclass(frozen=True, slots=True)
class Unready:
    """A cadence clause in force that makes nothing due because a value is missing or cannot be read: an error, never "never"."""

    code: str
    subject: str
    key: str
    message: str
    began_on: date
    ended_on: date | None


@dataclass(frozen=True, slots=True)
class Promises:
    """Every cadence that holds or held for an estate, in the order of the plan, and those that cannot run."""

    held: tuple[Promise, ...]
    unready: tuple[Unready, ...]

    def within(self, begin: date, end: date) -> list[Promise]:
        """Return the promises that may have occurrences with a suggested day in `[begin, end)`."""
        first, last = begin.toordinal(), end.toordinal()
        return [promise for promise in self.held if promise.began < last and (promise.ended > first or not promise.succeeded)]


def promises(estate: Estate) -> Promises:
    """Return what the estate promises: one small query, and the compilation only when nobody asked for the same before."""
    plan, adoption, override = Plan._meta.db_table, Adoption._meta.db_table, Override._meta.db_table
    rows = plain.rows(
        "SELECT 0 AS sort, a.began_on AS began_on, a.ended_on, a.plan_id, p.digest, '', a.id AS id "
        f"FROM {adoption} a JOIN {plan} p ON p.id = a.plan_id WHERE a.estate_id = %s "
        f"""UNION ALL SELECT 1, began_on, ended_on, 0, code, CAST("values" AS text), id FROM {override} WHERE estate_id = %s """
        "ORDER BY sort, began_on, id",
        [estate.pk, estate.pk],
    )
    return _compiled(
        tuple(
            (plan_id, digest, _day(began) or EVER[0], _day(ended)) for sort, began, ended, plan_id, digest, _values, _id in rows if not sort
        ),
        tuple((code, values, _day(began) or EVER[0], _day(ended)) for sort, began, ended, _plan, code, values, _id in rows if sort),
    )


def _day(value: date | str | None) -> date | None:
    """Return a date that came through a union, which SQLite tells as text."""
    return date.fromisoformat(value) if isinstance(value, str) else value


@lru_cache(maxsize=512)
def _compiled(adoptions: tuple[AdoptionKey, ...], changes: tuple[ChangeKey, ...]) -> Promises:
    plans = Plan.objects.in_bulk([plan for plan, *_ in adoptions])
    held = [
        Held(draft_of(plans[plan]), began_on, ended_on, plan)
        for plan, _digest, began_on, ended_on in adoptions
        if ended_on is None or ended_on > began_on
    ]
    changed = [Change(code, json.loads(values), began_on, ended_on) for code, values, began_on, ended_on in changes]
    return compiled(rules.terms(held, changed, *EVER))


def compiled(terms: Iterable[Term]) -> Promises:
    """Compile terms: the cadences that run, and those that lack a value."""
    found, unready = [], []
    for position, term in enumerate(terms):
        if term.target is None or not term.active or not _periodic(term):
            continue
        missing = next((item for item in term.missing if item.key in KEYS and item.word != "irregular"), None)
        try:
            cadence = Cadence.from_params(term.params)
        except BadCadence as flaw:
            unready.append(Unready(term.code, term.clause.subject, flaw.key, str(flaw), term.began_on, term.ended_on))
            continue
        if missing is not None and cadence.irregular:
            unready.append(
                Unready(
                    term.code,
                    term.clause.subject,
                    missing.key,
                    _("请填写%(what)s") % {"what": label_of(missing.key)},
                    term.began_on,
                    term.ended_on,
                )
            )
            continue
        found.append(_promise(position, term, cadence))
    return Promises(tuple(merge(found)), tuple(unready))


def _periodic(term: Term) -> bool:
    return term.clause.kind == Kind.CADENCE or bool({"per", "after_days", "at"} & term.params.keys())


def _promise(position: int, term: Term, cadence: Cadence) -> Promise:
    assert term.target is not None
    return Promise(
        code=term.code,
        cadence=cadence,
        began=term.began_on.toordinal(),
        ended=term.ended_on.toordinal() if term.ended_on else FOREVER,
        anchor=term.anchor,
        subject=term.clause.subject,
        section=term.clause.section,
        quote=term.clause.quote,
        record=term.clause.record,
        capability=term.clause.capability,
        post=term.clause.post,
        target=term.target,
        evidence=term.clause.evidence,
        params=term.params,
        position=position,
        lean=zlib.crc32(term.code.encode()) % 1000,
    )
