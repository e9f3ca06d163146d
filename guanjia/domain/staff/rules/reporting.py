"""Reading reporting lines as the source documents write them: `公司总经理 / 公司经理 (submits for approval)`. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from guanjia.domain.staff.states import LineManner

_NOTED = re.compile(r"(.*?)\s*(?:(?<!\S)\(([^()]*)\))?")
_NOBODY = frozenset({"", "not stated"})
_MANNERS = {
    "implied": LineManner.IMPLIED,
    "submits for approval": LineManner.APPROVAL,
    "approves leave": LineManner.APPROVAL,
    "submits records": LineManner.RECORDS,
    "supervises": LineManner.OVERSIGHT,
    "inspects and assesses": LineManner.OVERSIGHT,
    "contract": LineManner.CONTRACT,
}


@dataclass(frozen=True)
class Line:
    """One superior, how the source says so, and its own words where they say more (`accidents`)."""

    to: str
    manner: str
    note: str = ""


def lines(text: str, aliases: Mapping[str, str]) -> list[Line]:
    """Return the superiors that the text names, the first one first.

    Groups are parted by `;`, alternatives by ` / `; an English note in brackets after a blank holds for its whole group, while
    brackets without a blank belong to the name (`装修管理(兼职模块)`). `(not stated)` names nobody. `aliases` says under
    which name the library knows a superior; an alias of "" is nobody in particular.
    """
    found: dict[str, Line] = {}
    for group in re.split(r"[;；]", text):
        match = _NOTED.fullmatch(group.strip())
        names, note = (match.group(1), match.group(2) or "") if match else (group.strip(), "")
        if note in _NOBODY and note:
            continue
        manner = _MANNERS.get(note, LineManner.STATED)
        for name in names.split(" / "):
            known = aliases.get(name.strip(), name.strip())
            if known:
                found.setdefault(known, Line(known, manner, "" if note in _MANNERS else note))
    return list(found.values())


def circles(first: Mapping[str, str]) -> list[list[str]]:
    """Return the rings in a map of post → first superior; a library without any is a forest."""
    rings = []
    for start in first:
        seen = [start]
        while (above := first.get(seen[-1])) is not None and above not in seen:
            seen.append(above)
        if above == start:
            rings.append(seen)
    return rings
