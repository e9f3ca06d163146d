"""The built-in library: the tables of the source documents, and the plan "管家服务方案 2025" made of them.

The tables are kept byte for byte (`library/SHA256SUMS`); whatever is ours stands in `guanjia-2025.toml`, marked as ours.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from guanjia.domain.standards.rules.planfile import ClauseDraft, PlanDraft, read

FOLDER = Path(__file__).resolve().parent.parent / "library"
BUILTIN = "guanjia-2025"
DOCUMENT = ("section", "quote", "kind", "actor", "subject", "params", "record", "capability", "gloss")


@lru_cache
def table(name: str) -> tuple[Mapping[str, str], ...]:
    """Return the rows of one source table: clauses, forms, roles or glossary."""
    text = (FOLDER / f"{name}.tsv").read_text(encoding="utf-8")
    rows = csv.DictReader(io.StringIO(text, newline=""), delimiter="\t", quoting=csv.QUOTE_NONE)
    return tuple(MappingProxyType(row) for row in rows)


@lru_cache
def document() -> PlanDraft:
    """Return the rows of clauses.tsv as a bare plan: the documents' words, and the acting post that they name.

    A leading `~` says that the documents do not name the actor; the post is the inferred one all the same.
    """
    clauses = tuple(_clause(row) for row in table("clauses"))
    return PlanDraft(
        code="clauses.tsv", name="", edition="", issued_on=None, note="", sources=(), parameters=(), conflicts=(), clauses=clauses
    )


def _clause(row: Mapping[str, str]) -> ClauseDraft:
    words: dict[str, Any] = {key: row[key] for key in DOCUMENT}
    return ClauseDraft(id=row["id"], source=row["id"].partition("-")[0], post=row["actor"].removeprefix("~"), **words)


@lru_cache
def builtin() -> PlanDraft:
    """Return the built-in plan: every row of clauses.tsv, with targets, evidence and defaults."""
    return read((FOLDER / f"{BUILTIN}.toml").read_text(encoding="utf-8"), {"clauses.tsv": document()})
