"""How an estate shows a place: one template per estate, and the keys by which a place is found and sorted."""

import re
from collections.abc import Mapping

from guanjia.domain.estate.rules.addresses import compact, part, room_part
from guanjia.domain.estate.rules.texts import natural

SHORT = "[{building}-][{unit}-]{room}"
TEMPLATES = (SHORT, "[{phase}-][{building}-][{unit}-]{room}", "[{building}栋][{unit}单元]{room}", "[{phase}期][{building}号楼][{unit}单元]{room}室")
FIELDS = ("phase", "building", "unit", "floor", "room")
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
    words = [part(parts[name]) for name in ("building", "unit") if parts.get(name)]
    return "-".join([*words, room_part(parts.get("room", ""))]).strip("-")


def run_together(parts: Mapping[str, str]) -> str:
    """Return the key of digits typed without separators: 321501."""
    return compact(*(part(parts[name]) for name in ("building", "unit") if parts.get(name)), room_part(parts.get("room", "")))


def position(path_of_codes: str) -> str:
    """Return the text by which siblings sort: by counting, not by spelling, basements first, 3A after 3."""
    return natural(path_of_codes)
