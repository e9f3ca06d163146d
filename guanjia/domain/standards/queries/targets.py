"""Target rules become rows: the buildings, machines, grids and posts that a clause is about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from guanjia.domain.standards.queries import plain
from guanjia.domain.standards.rules.targets import Target, TargetRule, describe

if TYPE_CHECKING:
    from guanjia.domain.estate.models import Estate


def targets(estate: Estate, rules: Iterable[TargetRule]) -> dict[TargetRule, tuple[Target, ...]]:
    """Return what each rule is about in an estate, ended things included with their days: one query per sort of thing.

    Where the register has none and the rule says so, the estate as a whole stands for them in the days that no row covers;
    its `stands_for` then tells what is missing from the register.
    """
    wanted = set(rules)
    register = _Register(estate, wanted)
    return {rule: register.resolve(rule) for rule in wanted}


@dataclass(frozen=True, slots=True)
class _Row:
    """One thing of the register, with what rules select by."""

    key: str
    label: str
    place_id: int | None
    began_on: date | None
    ended_on: date | None
    words: frozenset[str] = frozenset()


class _Register:
    """What an estate has of what these rules ask for, read at most once: never its thousands of homes and parking spaces."""

    def __init__(self, estate: Estate, rules: Iterable[TargetRule]) -> None:
        self.estate = estate
        self.kinds = {kind for rule in rules if rule.of == "place" and not rule.vacancy for kind in rule.kind} | {"building"}
        self.whole = _("%(thing)s（全小区）")
        self.states = {state for rule in rules for state in rule.vacancy}
        self._found: dict[tuple[object, ...], tuple[Sequence[_Row], tuple[Target, ...]]] = {}

    def resolve(self, rule: TargetRule) -> tuple[Target, ...]:
        if rule.has_building and not any(word in self.building_types for word in rule.has_building):
            return ()
        if rule.of == "estate":
            return (self._whole(rule),)
        if rule.of == "post":
            return tuple(Target(f"post:{post}", rule.name or post) for post in rule.post)
        asked = (rule.of, rule.kind, rule.building_type, rule.but_not, rule.vacancy, rule.category)
        if asked not in self._found:
            rows = self._rows(rule)
            self._found[asked] = (
                rows,
                tuple(Target(row.key, row.label, row.place_id, row.began_on, row.ended_on) for row in rows),
            )
        rows, found = self._found[asked]
        return (*found, *self._stand_ins(rule, rows)) if rule.otherwise else found

    def _rows(self, rule: TargetRule) -> Sequence[_Row]:
        if rule.of == "grid":
            return self.grids
        if rule.of == "equipment":
            return [row for row in self.equipment if not rule.category or row.words & set(rule.category)]
        if rule.vacancy:
            return [row for row in self.vacancies if _of_kind(row, rule) and row.words & {f"={word}" for word in rule.vacancy}]
        return [row for kind in rule.kind for row in self.places[kind] if _of_kind(row, rule)]

    def _whole(self, rule: TargetRule, began_on: date | None = None, ended_on: date | None = None, stands_for: str = "") -> Target:
        label = self.whole % {"thing": rule.name} if rule.name else self.estate.name
        return Target(f"estate:{self.estate.pk}", label, None, began_on, ended_on, stands_for)

    def _stand_ins(self, rule: TargetRule, rows: Sequence[_Row]) -> list[Target]:
        """Return the estate itself for the days before the first row begins and after the last one has ended."""
        missing = _described(rule, get_language() or "")
        if not rows:
            return [self._whole(rule, stands_for=missing)]
        if rule.vacancy:
            return []
        gaps = []
        begins = [row.began_on for row in rows if row.began_on is not None]
        if len(begins) == len(rows):
            gaps.append(self._whole(rule, ended_on=min(begins), stands_for=missing))
        ends = [row.ended_on for row in rows if row.ended_on is not None]
        if len(ends) == len(rows):
            gaps.append(self._whole(rule, began_on=max(ends), stands_for=missing))
        return gaps

    @cached_property
    def building_types(self) -> frozenset[str]:
        return frozenset(word for row in self.places["building"] if row.ended_on is None for word in row.words)

    @cached_property
    def places(self) -> dict[str, list[_Row]]:
        kinds = sorted(self.kinds)
        rows = plain.rows(
            "SELECT id, kind, name, label, building_type, began_on, ended_on "
            f"FROM {self.estate.places.model._meta.db_table} WHERE estate_id = %s AND kind IN ({plain.marks(kinds)}) ORDER BY sort_key, id",
            [self.estate.pk, *kinds],
        )
        found: dict[str, list[_Row]] = defaultdict(list)
        for pk, kind, name, label, building_type, began_on, ended_on in rows:
            found[kind].append(_Row(f"place:{pk}", name or label, pk, began_on, ended_on, frozenset({kind, building_type})))
        return found

    @cached_property
    def vacancies(self) -> list[_Row]:
        """Places by the state of their use; one row for each stretch of days."""
        columns = ("pk", "kind", "label", "vacancies__state", "vacancies__began_on", "vacancies__ended_on")
        rows = self.estate.places.filter(vacancies__state__in=self.states).order_by("sort_key", "pk", "vacancies__began_on")
        return [
            _Row(f"place:{pk}", label, pk, began_on, ended_on, frozenset({kind, f"={state}"}))
            for pk, kind, label, state, began_on, ended_on in rows.values_list(*columns)
        ]

    @cached_property
    def equipment(self) -> list[_Row]:
        table = self.estate.equipment.model._meta.db_table
        rows = plain.rows(
            f"SELECT id, name, category, place_id, in_service_on, ended_on FROM {table} WHERE estate_id = %s ORDER BY code",
            [self.estate.pk],
        )
        return [
            _Row(f"equipment:{pk}", name, place, began, ended, frozenset({category})) for pk, name, category, place, began, ended in rows
        ]

    @cached_property
    def grids(self) -> list[_Row]:
        table = self.estate.grids.model._meta.db_table
        rows = plain.rows(f"SELECT id, name, ended_on FROM {table} WHERE estate_id = %s ORDER BY code", [self.estate.pk])
        return [_Row(f"grid:{pk}", name, None, None, ended_on) for pk, name, ended_on in rows]


def _of_kind(row: _Row, rule: TargetRule) -> bool:
    return (
        (not rule.kind or bool(row.words & set(rule.kind)))
        and (not rule.building_type or bool(row.words & set(rule.building_type)))
        and not row.words & set(rule.but_not)
    )


@lru_cache(maxsize=1024)
def _described(rule: TargetRule, _language: str) -> str:
    """Return the rule in the words of a language; the same for every estate that has no such thing."""
    return describe(rule)
