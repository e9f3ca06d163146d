"""What the library of clauses shows of each clause of an estate on a day."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from guanjia.domain.standards.rules import register
from guanjia.domain.standards.rules.kinds import CAPABILITIES, Evidence, Kind
from guanjia.domain.standards.rules.targets import describe
from guanjia.domain.standards.rules.terms import Term
from guanjia.domain.standards.rules.words import frequency, label_of
from guanjia.faces.kit.listing import Column


@dataclass(frozen=True)
class Row:
    """One clause as it holds here and now."""

    term: Term
    served_by: tuple[str, ...]

    @property
    def code(self) -> str:
        return self.term.code

    @property
    def clause(self) -> Any:
        return self.term.clause

    @property
    def frequency(self) -> str:
        return frequency(self.term.params)

    @property
    def about(self) -> str:
        return describe(self.term.target) if self.term.target else ""

    @property
    def kind(self) -> str:
        return str(Kind(self.clause.kind).label)

    @property
    def tone(self) -> str:
        return {Kind.CADENCE: "plan", Kind.SLA: "soon", Kind.KPI: "gold", Kind.THRESHOLD: "gold", Kind.REPORT: "info"}.get(
            self.clause.kind, ""
        )

    @property
    def capability(self) -> str:
        return capability_word(self.clause.capability)

    @property
    def by_role(self) -> bool:
        return any(name.startswith("role:") for name in self.served_by)

    @property
    def missing(self) -> list[str]:
        return [label_of(item.key) for item in self.term.missing]

    @property
    def by_plan(self) -> bool:
        return any(name.startswith("plan:") for name in self.served_by)

    @property
    def by_code(self) -> int:
        return sum(name.startswith("code:") for name in self.served_by)

    @property
    def evidence(self) -> str:
        return "、".join(str(Evidence(word).label) for word in self.clause.evidence)

    @property
    def ours(self) -> bool:
        return self.clause.default_by == "guanjia"


def row_of(term: Term) -> Row:
    return Row(term, register.served_by(term.clause, term.params))


def capability_word(name: str) -> str:
    return str(CAPABILITIES.get(name, name))


State = tuple[object, Callable[[Row], bool]]
STATES: dict[str, State] = {
    "served": (_("已有兑现"), lambda row: bool(row.served_by)),
    "unserved": (_("尚未兑现"), lambda row: not row.served_by),
    "changed": (_("本小区调整过"), lambda row: bool(row.term.changed_by)),
    "ours": (_("取了管家默认值"), lambda row: row.ours),
    "missing": (_("还缺数"), lambda row: bool(row.missing)),
    "aside": (_("冲突中未采用"), lambda row: bool(row.term.set_aside)),
}

COLUMNS = [
    Column(_("条款"), lambda row: row.code),
    Column(_("章节"), lambda row: row.clause.section),
    Column(_("承诺"), lambda row: row.clause.subject),
    Column(_("原文"), lambda row: row.clause.quote),
    Column(_("类别"), lambda row: row.kind),
    Column(_("频次或时限"), lambda row: row.frequency),
    Column(_("对象"), lambda row: row.about),
    Column(_("责任岗位"), lambda row: row.clause.post),
    Column(_("记录"), lambda row: row.clause.record),
    Column(_("兑现"), lambda row: "、".join(row.served_by)),
]


def chosen(rows: list[Row], query: QueryDict) -> list[Row]:
    """Return the rows that the address asks for; what it does not know it ignores."""
    tests: list[Callable[[Row], bool]] = []
    for key in ("kind", "capability", "post"):
        if wanted := query.get(key):
            tests.append(lambda row, key=key, wanted=wanted: getattr(row.clause, key) == wanted)  # type: ignore[misc]
    if query.get("state") in STATES:
        tests.append(STATES[query["state"]][1])
    words = query.get("q", "").lower().split()
    return [row for row in rows if all(test(row) for test in tests) and all(word in _text(row) for word in words)]


def _text(row: Row) -> str:
    clause = row.clause
    return " ".join((clause.id, clause.subject, clause.quote, clause.section, clause.record, clause.post)).lower()
