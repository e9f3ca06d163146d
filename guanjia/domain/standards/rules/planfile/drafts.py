"""What a plan file says, as values."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class Flaw:
    """One thing that is wrong in a file: the line (from 1), where in the document, a code for machines, a sentence."""

    line: int
    where: str
    code: str
    message: str

    def __str__(self) -> str:
        return f"{self.line}: {self.where}: {self.message}"


class PlanFlaws(ValueError):
    """The file was refused; `flaws` holds every reason, in the order of the lines."""

    def __init__(self, flaws: list[Flaw]) -> None:
        self.flaws = sorted(flaws, key=lambda flaw: (flaw.line, flaw.where))
        super().__init__("\n".join(map(str, self.flaws)))


@dataclass(frozen=True, slots=True)
class ClauseDraft:
    """One clause. The first eleven fields are the document's, the rest is how this plan runs it."""

    id: str
    section: str
    quote: str
    kind: str
    actor: str
    subject: str
    params: str
    record: str
    capability: str
    gloss: str = ""
    source: str = ""
    post: str = ""
    target: Mapping[str, Any] = field(default_factory=dict)
    evidence: tuple[str, ...] = ()
    set: Mapping[str, Any] = field(default_factory=dict)
    default_by: str = "document"
    why: str = ""
    began_on: date | None = None
    ended_on: date | None = None


@dataclass(frozen=True, slots=True)
class ParameterDraft:
    """A value of the whole plan: the months of the rainy season, the minutes that 及时 means."""

    code: str
    label: str
    value: str | int
    clauses: tuple[str, ...] = ()
    default_by: str = "document"
    why: str = ""


@dataclass(frozen=True, slots=True)
class ConflictDraft:
    """A place where the source documents disagree: what each says, and which of it holds unless the estate decides.

    `rule` is "one" (exactly one holds) or "several". `sets_aside` tells that clauses named only by options
    that were not chosen make nothing due.
    """

    code: str
    number: str
    subject: str
    options: tuple[Mapping[str, Any], ...]
    choice: tuple[str, ...]
    rule: str = "one"
    sets_aside: bool = False
    suggestion: str = ""
    default_by: str = "guanjia"
    why: str = ""

    @property
    def clauses(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(code for option in self.options for code in option.get("clauses", ())))


@dataclass(frozen=True, slots=True)
class PlanDraft:
    """One edition of one plan, complete: nothing is inherited any more."""

    code: str
    name: str
    edition: str
    issued_on: date | None
    note: str
    sources: tuple[Mapping[str, Any], ...]
    parameters: tuple[ParameterDraft, ...]
    conflicts: tuple[ConflictDraft, ...]
    clauses: tuple[ClauseDraft, ...]

    @property
    def digest(self) -> str:
        """Return the fingerprint of everything in it: the same content gives the same digest, whatever its layout was."""
        canonical = json.dumps(asdict(self), ensure_ascii=False, sort_keys=True, default=str)
        return hashlib.sha256(canonical.encode()).hexdigest()

    def clause(self, code: str) -> ClauseDraft:
        return next(clause for clause in self.clauses if clause.id == code)
