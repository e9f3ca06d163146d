"""Reads a plan file: everything that is wrong with it is said at once, each with its line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from guanjia.domain.standards.rules.planfile.checks import check
from guanjia.domain.standards.rules.planfile.drafts import ClauseDraft, ConflictDraft, Flaw, ParameterDraft, PlanDraft, PlanFlaws
from guanjia.domain.standards.rules.planfile.lines import Lines

TOP = {"format", "plan", "source", "parameter", "conflict", "clause"}
HEAD = {"code": str, "name": str, "edition": str, "issued_on": date, "note": str, "extends": str, "remove": list}
SYNTAX = re.compile(r"\(at line (\d+), column (\d+)\)|\(at end of document\)")
IDENTITY = {"source": "code", "parameter": "code", "conflict": "code", "clause": "id"}
SHAPES: dict[str, dict[str, tuple[type, ...]]] = {
    "source": {"code": (str,), "title": (str,), "file": (str,), "note": (str,)},
    "parameter": {"code": (str,), "label": (str,), "value": (str, int), "clauses": (list,), "default_by": (str,), "why": (str,)},
    "conflict": {
        "code": (str,),
        "number": (str,),
        "subject": (str,),
        "options": (list,),
        "choice": (list,),
        "rule": (str,),
        "sets_aside": (bool,),
        "suggestion": (str,),
        "default_by": (str,),
        "why": (str,),
    },
    "clause": {
        **{item.name: (str,) for item in fields(ClauseDraft)},
        "target": (dict,),
        "evidence": (list,),
        "set": (dict,),
        "began_on": (date,),
        "ended_on": (date,),
    },
}
WORD_LISTS = {"remove", "clauses", "choice", "evidence"}
NAMES = {str: "文字", int: "整数", bool: "true 或 false", list: "列表", dict: "表", date: "日期"}
DRAFTS: dict[str, type] = {"parameter": ParameterDraft, "conflict": ConflictDraft, "clause": ClauseDraft}
REQUIRED = {
    "source": ("title",),
    "parameter": ("label", "value"),
    "conflict": ("number", "subject", "options", "choice"),
    "clause": ("section", "quote", "kind", "actor", "subject", "params", "record", "capability"),
}


def read(text: str, bases: Mapping[str, PlanDraft] | None = None) -> PlanDraft:
    """Return the plan of a file. `bases` are the plans that it may extend, by code.

    Raises PlanFlaws with every flaw found, each naming its line.
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    try:
        raw = tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # besides broken TOML: numbers of thousands of digits, brackets without end
        raise PlanFlaws([_syntax_flaw(text, str(error))]) from None
    reader = _Reader(raw, Lines(text), bases or {})
    draft = reader.plan()
    judged = [] if draft is None else check(draft, reader.line_of, named=reader.named)
    if reader.flaws or judged or draft is None:
        raise PlanFlaws(reader.flaws + judged)
    return draft


def _syntax_flaw(text: str, message: str) -> Flaw:
    found = SYNTAX.search(message)
    line = int(found[1]) if found and found[1] else text.count("\n") + 1
    reason = SYNTAX.sub("", message).strip()
    return Flaw(line, "TOML", "syntax", _("这一行不是合法的 TOML：%(reason)s") % {"reason": reason})


class _Reader:
    """One pass over the parsed document, collecting flaws."""

    def __init__(self, raw: Mapping[str, Any], lines: Lines, bases: Mapping[str, PlanDraft]) -> None:
        self.raw = raw
        self.lines = lines
        self.bases = bases
        self.flaws: list[Flaw] = []
        self.places: dict[tuple[str, str], tuple[str, int]] = {}

    def line_of(self, table: str, code: str, key: str = "") -> int:
        """Return the line of a key of the table with this code; the table's own line, else the first, when it is inherited."""
        where = self.places.get((table, code))
        return 1 if where is None else self.lines.of(*where, *([key] if key else []))

    @property
    def named(self) -> set[str]:
        """The clauses that the file writes, those that are not fit to be read included."""
        return {code for table, code in self.places if table == "clause"}

    def flaw(self, where: tuple[str | int, ...], code: str, message: str) -> None:
        self.flaws.append(Flaw(self.lines.of(*where), ".".join(map(str, where)), code, message))

    def plan(self) -> PlanDraft | None:
        for key in self.raw.keys() - TOP:
            self.flaw((key,), "unknown_key", _("不认识的部分「%(key)s」") % {"key": key})
        if self.raw.get("format") != 1:
            self.flaw(("format",), "format", _("第一行应写 format = 1"))
        head = self._head()
        base = self._base(head)
        if base is None:
            return None
        known: dict[str, dict[str, Any]] = {"source": {item["code"]: item for item in base.sources}}
        known |= {table: {getattr(item, IDENTITY[table]): item for item in getattr(base, f"{table}s")} for table in DRAFTS}
        for code in head.get("remove", []):
            if known["clause"].pop(code, None) is None:
                self.flaw(("plan", "remove"), "unknown_clause", _("要去掉的条款 %(code)s 不在原方案里") % {"code": code})
        for table in IDENTITY:
            self._merge(table, known[table])
        if not all(head.get(key) for key in ("code", "name", "edition")):
            return None
        return PlanDraft(
            code=head["code"],
            name=head["name"],
            edition=head["edition"],
            issued_on=head.get("issued_on", base.issued_on),
            note=head.get("note", base.note),
            sources=tuple(known["source"].values()),
            parameters=tuple(known["parameter"].values()),
            conflicts=tuple(known["conflict"].values()),
            clauses=tuple(known["clause"].values()),
        )

    def _head(self) -> dict[str, Any]:
        head = self.raw.get("plan")
        if not isinstance(head, dict):
            self.flaw(("plan",), "required", _("缺少 [plan]：方案的 code、name、edition"))
            return {}
        for key in ("code", "name", "edition"):
            if not head.get(key):
                self.flaw(("plan", key), "required", _("[plan] 里请填写 %(key)s") % {"key": key})
        good = {}
        for key, value in head.items():
            if key not in HEAD:
                self.flaw(("plan", key), "unknown_key", _("[plan] 里没有「%(key)s」这一项") % {"key": key})
            elif not _is(value, HEAD[key]):
                self.flaw(("plan", key), "type", _("「%(key)s」应是%(type)s") % {"key": key, "type": NAMES[HEAD[key]]})
            elif key in WORD_LISTS and not all(isinstance(word, str) for word in value):
                self.flaw(("plan", key), "type", _("「%(key)s」应是文字的列表") % {"key": key})
            elif _has_nul(value):
                self.flaw(("plan", key), "nul", _("「%(key)s」里有看不见的空字符，请删掉") % {"key": key})
            else:
                good[key] = value
        return good

    def _base(self, head: Mapping[str, Any]) -> PlanDraft | None:
        extends = head.get("extends")
        if extends is None:
            return PlanDraft("", "", "", None, "", (), (), (), ())
        if extends not in self.bases:
            known = "、".join(self.bases) or _("无")
            self.flaw(
                ("plan", "extends"), "unknown_plan", _("找不到要沿用的方案 %(code)s，可用：%(known)s") % {"code": extends, "known": known}
            )
            return None
        return self.bases[extends]

    def _merge(self, table: str, known: dict[str, Any]) -> None:
        items = self.raw.get(table, [])
        if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
            self.flaw((table,), "type", _("「%(key)s」要写成 [[%(key)s]]") % {"key": table})
            return
        for index, item in enumerate(items):
            self._merge_one(table, index, item, known)

    def _merge_one(self, table: str, index: int, item: Mapping[str, Any], known: dict[str, Any]) -> None:
        where = (table, index)
        code = item.get(IDENTITY[table])
        if not isinstance(code, str) or not code:
            self.flaw(where, "required", _("这一段请填写 %(key)s") % {"key": IDENTITY[table]})
            return
        if (table, code) in self.places:
            first = self.lines.of(*self.places[table, code])
            self.flaw(where, "duplicate", _("%(code)s 在第 %(line)d 行已经写过") % {"code": code, "line": first})
            return
        self.places[table, code] = where
        values = self._values(table, where, item)
        if code in known:
            known[code] = {**known[code], **values} if table == "source" else replace(known[code], **values)
            return
        missing = [key for key in REQUIRED[table] if key not in item]
        for key in missing:
            self.flaw((*where, key), "required", _("%(code)s 缺少「%(key)s」") % {"code": code, "key": key})
        if not missing and values.keys() >= set(REQUIRED[table]):
            known[code] = values if table == "source" else DRAFTS[table](**values)

    def _values(self, table: str, where: tuple[str, int], item: Mapping[str, Any]) -> dict[str, Any]:
        shape = SHAPES[table]
        values: dict[str, Any] = {}
        for key, value in item.items():
            if key not in shape:
                self.flaw((*where, key), "unknown_key", _("没有「%(key)s」这一项") % {"key": key})
            elif key in WORD_LISTS and isinstance(value, list) and not all(isinstance(word, str) for word in value):
                self.flaw((*where, key), "type", _("「%(key)s」应是文字的列表") % {"key": key})
            elif _has_nul(value):
                self.flaw((*where, key), "nul", _("「%(key)s」里有看不见的空字符，请删掉") % {"key": key})
            elif not any(_is(value, kind) for kind in shape[key]):
                kinds = "或".join(NAMES[kind] for kind in shape[key])
                self.flaw((*where, key), "type", _("「%(key)s」应是%(type)s") % {"key": key, "type": kinds})
            else:
                values[key] = tuple(value) if isinstance(value, list) else value
        return values


def _is(value: Any, kind: type) -> bool:
    if kind is date:
        return isinstance(value, date) and not isinstance(value, datetime)
    if kind is int:
        return isinstance(value, int) and not isinstance(value, bool)
    return isinstance(value, kind)


def _has_nul(value: Any) -> bool:
    """Tell whether a text, at any depth, holds the one character that databases refuse."""
    if isinstance(value, str):
        return "\x00" in value
    if isinstance(value, Mapping):
        return any(map(_has_nul, (*value, *value.values())))
    return isinstance(value, list) and any(map(_has_nul, value))
