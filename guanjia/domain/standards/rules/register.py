"""The register: each clause of the source documents and what serves it. Nothing is served by a sentence.

`plan:A-203`    the data of the built-in plan makes occurrences fall due
`code:module:name`  a function, class or module whose docstring names the clause
`role:post`     the library of posts has the post, reporting to whom the clause says

Reads the package's own source and data; knows no table.
"""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import guanjia
from guanjia.domain.staff.rules import library as staff
from guanjia.domain.standards.rules import library
from guanjia.domain.standards.rules.cadence import BadCadence, Cadence
from guanjia.domain.standards.rules.kinds import Kind
from guanjia.domain.standards.rules.params import effective, still_open
from guanjia.domain.standards.rules.planfile import ClauseDraft, PlanDraft

PACKAGE = Path(guanjia.__file__).resolve().parent
LINE = re.compile(r"Clauses?: (.*)")
CODE = re.compile(r"\b([A-Z]-)(\d{3})(?:\.\.(\d{3}))?\b")


@dataclass(frozen=True, slots=True)
class Reference:
    """A docstring that says it serves a clause."""

    clause: str
    module: str
    name: str

    def __str__(self) -> str:
        return f"code:{self.module}:{self.name}" if self.name else f"code:{self.module}"


@dataclass(frozen=True, slots=True)
class Registered:
    """One clause and everything that serves it; nothing when nobody serves it yet."""

    clause: ClauseDraft
    served_by: tuple[str, ...]


def register() -> list[Registered]:
    """Return every clause of the source documents, in their order."""
    plan = library.builtin()
    shared = {item.code: item.value for item in plan.parameters}
    return [Registered(clause, served_by(clause, effective(clause.params, clause.set, shared=shared))) for clause in plan.clauses]


def served_by(clause: ClauseDraft, pairs: Mapping[str, str]) -> tuple[str, ...]:
    """Return what serves a clause whose params come to `pairs`."""
    data = (f"plan:{clause.id}",) if makes_due(clause, pairs) else ()
    return data + _by_role(clause, pairs) + by_code().get(clause.id, ())


def _by_role(clause: ClauseDraft, pairs: Mapping[str, str]) -> tuple[str, ...]:
    superior = pairs.get("reports_to") if clause.kind == Kind.ROLE else None
    return (f"role:{clause.post}",) if superior and superior in superiors().get(clause.post, ()) else ()


@lru_cache
def superiors() -> Mapping[str, frozenset[str]]:
    """Return whom each post of the library reports to."""
    return {post.name: frozenset(line.to for line in post.lines) for post in staff.posts()}


@lru_cache
def by_code() -> Mapping[str, tuple[str, ...]]:
    """Return the code that serves each clause."""
    found: dict[str, set[str]] = defaultdict(set)
    for reference in references():
        found[reference.clause].add(str(reference))
    return {code: tuple(sorted(names)) for code, names in found.items()}


@lru_cache
def references(package: Path = PACKAGE) -> tuple[Reference, ...]:
    """Return every `Clause:` line in the docstrings of the package, by file."""
    return tuple(found for path in sorted(package.rglob("*.py")) if "migrations" not in path.parts for found in _in_file(path, package))


def makes_due(clause: ClauseDraft, pairs: Mapping[str, str]) -> bool:
    """Tell whether the clause makes something fall due with these effective params."""
    if not clause.target or any(item.key not in {"timing", "minutes"} for item in still_open(pairs)):
        return False
    try:
        return not Cadence.from_params(pairs).irregular
    except BadCadence:
        return False


def unknown(plan: PlanDraft, found: tuple[Reference, ...]) -> list[Reference]:
    """Return the references to clauses that are not in the documents."""
    codes = {clause.id for clause in plan.clauses}
    return [reference for reference in found if reference.clause not in codes]


def _in_file(path: Path, package: Path) -> Iterator[Reference]:
    text = path.read_text(encoding="utf-8")
    if "Clause" not in text:
        return
    module = ".".join((package.name, *path.relative_to(package).with_suffix("").parts)).removesuffix(".__init__")
    for node, name in _documented(ast.parse(text), ""):
        for line in LINE.findall(ast.get_docstring(node) or ""):
            yield from (Reference(code, module, name) for code in _codes(line))


Documented = ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef


def _documented(node: Documented, name: str) -> Iterator[tuple[Documented, str]]:
    yield node, name
    for child in node.body:
        if isinstance(child, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            yield from _documented(child, f"{name}.{child.name}" if name else child.name)


def _codes(line: str) -> Iterator[str]:
    """Yield the codes of one line: "A-175, A-174. Raises …", "D-020..025"."""
    for series, first, last in CODE.findall(line):
        for number in range(int(first), int(last or first) + 1):
            yield f"{series}{number:03d}"
