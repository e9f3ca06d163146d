"""Writes a plan as a file that `read` turns back into the same plan."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, Field, fields
from datetime import date
from typing import Any

from guanjia.domain.standards.rules.planfile.drafts import ClauseDraft, ConflictDraft, ParameterDraft, PlanDraft


def write(plan: PlanDraft) -> str:
    """Return the plan file of a draft, self-contained: it extends nothing."""
    head = {"code": plan.code, "name": plan.name, "edition": plan.edition, "issued_on": plan.issued_on, "note": plan.note}
    blocks = ["format = 1\n", _table("[plan]", {key: value for key, value in head.items() if value})]
    blocks += [_table("[[source]]", source) for source in plan.sources]
    blocks += [_table("[[parameter]]", _said(item)) for item in plan.parameters]
    blocks += [_table("[[conflict]]", _said(item)) for item in plan.conflicts]
    blocks += [_table("[[clause]]", _said(item)) for item in plan.clauses]
    return "\n".join(blocks)


def _said(draft: ParameterDraft | ConflictDraft | ClauseDraft) -> dict[str, Any]:
    pairs = ((item, getattr(draft, item.name)) for item in fields(draft))
    return {item.name: value for item, value in pairs if not _is_default(item, value)}


def _is_default(item: Field[Any], value: Any) -> bool:
    if item.default is not MISSING:
        return bool(value == item.default)
    if item.default_factory is not MISSING:
        return bool(value == item.default_factory())
    return False


def _table(header: str, pairs: Mapping[str, Any]) -> str:
    return "\n".join([header, *_lines(pairs), ""])


def _lines(pairs: Mapping[str, Any]) -> Iterator[str]:
    for key, value in pairs.items():
        if isinstance(value, list | tuple) and value and isinstance(value[0], Mapping):
            yield f"{key} = ["
            yield from (f"  {_value(item)}," for item in value)
            yield "]"
        else:
            yield f"{key} = {_value(value)}"


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        inner = ", ".join(f"{key} = {_value(item)}" for key, item in value.items())
        return f"{{ {inner} }}" if inner else "{}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_value, value)) + "]"
    return _string(str(value))


def _string(text: str) -> str:
    # JSON's escapes are TOML's, but for DEL, which JSON leaves bare.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
