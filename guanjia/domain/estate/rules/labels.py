"""How an estate shows a place: one template per estate, and the keys by which a place is found and sorted."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from guanjia.domain.estate.rules.addresses import compact, part, room_part
from guanjia.domain.estate.rules.texts import natural

SHORT = "[{building}-][{entrance}-]{room}"
TEMPLATES = (
    SHORT,
    "[{phase}-][{building}-][{entrance}-]{room}",
    "[{building}栋][{entrance}单元]{room}",
    "[{phase}期][{building}号楼][{entrance}单元]{room}室",
)
FIELDS = ("phase", "building", "entrance", "floor", "room")
_PIECE = re.compile(r"\[(?P<optional>[^\[\]]*)\]|(?P<plain>[^\[\]]+)")
_FIELD = re.compile(r"\{(\w+)\}")


def faults(template: str) -> list[str]:
    """Return what is wrong with a display template, as codes: brackets, unknown, no_room, twice, long. [] when it is good.

    `{field}` is filled; `[…]` holds a part that disappears when its field is empty.
    """
    found = []
    if re.sub(r"\[[^\[\]]*\]", "", template).count("[") or re.sub(r"\[[^\[\]]*\]", "", template).count("]"):
        found.append("brackets")
    fields = _FIELD.findall(template)
    if set(fields) - set(FIELDS) or re.sub(r"\{\w+\}", "", template).count("{"):
        found.append("unknown")
    if "room" not in fields:
        found.append("no_room")
    if len(set(fields)) != len(fields):
        found.append("twice")
    if len(template) > 60:
        found.append("long")
    return found


def show(template: str, parts: Mapping[str, str]) -> str:
    """Fill a display template. Optional parts without a value disappear with their words; a place without room ends cleanly."""

    def fill(text: str) -> str:
        return _FIELD.sub(lambda match: parts.get(match[1], ""), text)

    shown = []
    for piece in _PIECE.finditer(template):
        text = piece["optional"] if piece["optional"] is not None else piece["plain"]
        named = _FIELD.findall(text)
        if piece["optional"] is not None and not all(parts.get(name) for name in named):
            continue
        shown.append(fill(text))
    return "".join(shown).strip("- ")


def spoken(parts: Mapping[str, str]) -> str:
    """Return the key of the short form, phase left out: 3-2-1501. Numbers of buildings lose leading zeros, rooms keep them."""
    words = [part(parts[name]) for name in ("building", "entrance") if parts.get(name)]
    return "-".join([*words, room_part(parts.get("room", ""))]).strip("-")


def run_together(parts: Mapping[str, str]) -> str:
    """Return the key of digits typed without separators: 321501."""
    return compact(*(part(parts[name]) for name in ("building", "entrance") if parts.get(name)), room_part(parts.get("room", "")))


@dataclass(frozen=True, slots=True)
class Keys:
    """The columns of a place that follow from its codes."""

    label: str
    spoken: str
    compact: str
    sort_key: str
    path: str


NAMED = {"phase": "{} 期", "building": "{} 号楼", "entrance": "{} 单元", "floor": "{} 层"}
"""How a place without a name of its own is called; data of a Chinese estate, not words of the interface."""


def named(kind: str, code: str) -> str:
    """Return how people call a place by its code: 3 号楼, 2 单元, 15 层; codes that are words stay words."""
    form = NAMED.get(kind)
    return form.format(code) if form and code.isascii() and code.isalnum() else code


def keys(codes: Sequence[tuple[str, ...]], template: str = SHORT) -> Keys:
    """Return the derived columns of the place whose (kind, code) or (kind, code, name) chain from the root is given, itself last.

    Premises, parking and storage are shown by the estate's template; other kinds by their names from the building down: 3 号楼 2 单元.
    """
    kind, code = codes[-1][:2]
    parts = {each[0]: each[1] for each in codes if each[0] in FIELDS}
    held = kind in ("premises", "parking", "storage")
    said = {**parts, "room": code} if kind not in parts else parts
    typed = spoken(said) if held or kind in ("building", "entrance") else room_part(code)
    called = [
        (each[2] if len(each) > 2 and each[2] else named(each[0], each[1])) for each in codes if each[0] != "phase" or kind == "phase"
    ]
    return Keys(
        label=show(template, said) if held else " ".join(called)[:80],
        spoken=typed,
        compact=run_together(said) if held else compact(typed),
        sort_key="/".join(natural(each[1]) for each in codes),
        path="".join(f"{each[1]}/" for each in codes),
    )
