"""Floors: the label on the lift button is not the physical floor. 3A is the fourth, 12A the thirteenth, B2 lies below B1."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from guanjia.domain.estate.rules.texts import plain

HALF = Decimal("0.5")
_LABEL = re.compile(r"(?P<deep>B|-|负|地下)?(?P<number>\d{1,3})(?P<half>\.5|½|1⁄2|半|夹|夹层|M)?(?P<letter>[A-E])?(?:F|层|楼)?")
_NAMED = {"G": "1", "GF": "1", "首层": "1", "底层": "1", "地面": "1", "M": "1.5", "MF": "1.5", "夹层": "1.5", "LG": "B1"}


@dataclass(frozen=True, slots=True, order=True)
class Floor:
    """A floor as labelled, sortable from the deepest basement up: 3 < 3.5 < 3A < 4."""

    order: tuple[int, Decimal, str]
    label: str

    @property
    def below(self) -> bool:
        return self.order[0] < 0

    @property
    def half(self) -> bool:
        return self.order[1] == HALF


def floor(text: str) -> Floor | None:
    """Read a floor label: 15, 15F, 15层, 3A, B1, -1F, 负一层, 3.5, 3夹层, G. None when it is no floor."""
    label = plain(text)
    label = re.sub(r"(?<=[负下])[一二三四五六七八九]", lambda match: str("零一二三四五六七八九".index(match.group())), label)
    label = _NAMED.get(label, label)
    match = _LABEL.fullmatch(label)
    if match is None:
        return None
    value = int(match["number"])
    if match["deep"]:
        return Floor((-value, HALF if match["half"] else Decimal(0), ""), f"B{value}{'.5' if match['half'] else ''}") if value else None
    letter = match["letter"] or ""
    return Floor((value, HALF if match["half"] else Decimal(0), letter), f"{value}{'.5' if match['half'] else ''}{letter}")


def physical(labels: Iterable[str]) -> dict[str, Decimal]:
    """Count the floors of one building: label → how many floors up it really is, 1 at the ground, -1 for the first basement.

    Skipped labels (4, 13, 14) leave no gap, 3A and 12A count as floors of their own, a half floor lies 0.5 above the one below it.
    Labels that are no floor are left out. Used for lift coefficients and fire rules, never for display.
    """
    known = sorted({read.label: read for label in labels if (read := floor(label))}.values())
    counted: dict[str, Decimal] = {}
    depth = sum(1 for each in known if each.below and not each.half)
    level = Decimal(-depth - 1) if depth else Decimal(0)
    for each in known:
        if each.half:
            counted[each.label] = (level if level else Decimal(0)) + HALF
            continue
        level += 1
        if level == 0:
            level = Decimal(1)
        counted[each.label] = level
    return counted


def floor_of_room(room: str) -> str:
    """Return the floor label that a room code tells, "" when it tells none: 1501 → 15, 0301 → 3, 3A01 → 3A, B101 → B1, 101 → 1.

    The last two digits count the rooms of a floor. Codes with other shapes (S12, 8, 前厅) tell nothing.
    """
    code = plain(room)
    match = re.fullmatch(r"(?P<floor>(?:B|-|负)?\d{1,3}[A-E]?)(?P<number>\d{2})(?P<tail>[A-Z]?)", code)
    read = floor(match["floor"]) if match else None
    return read.label if read and read.order[0] != 0 else ""
