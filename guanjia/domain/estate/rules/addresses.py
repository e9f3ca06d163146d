"""Reading an address as people write it: 3-2-1501, 3栋2单元1501, 3#2-1501, 321501, 8号别墅, 商铺12, 车位B1-217.

`readings` answers with every meaning of the text, the likeliest first; which of them exist is for the queries to find out.
Room codes stay text: 0301 is not 301.
"""

import re
from dataclasses import dataclass, replace

from guanjia.domain.estate.rules.floors import floor
from guanjia.domain.estate.rules.texts import plain

PREMISES, VILLA, SHOP, PARKING, STORAGE = "premises", "villa", "shop", "parking", "storage"

_KINDS = (
    (PARKING, r"停车位|车位|泊位|车库"),
    (STORAGE, r"储藏室|储藏间|储物间|储物室|杂物间|贮藏室"),
    (SHOP, r"底商|商铺|店铺|门面房|门面|铺面|铺位|门市|铺"),
    (VILLA, r"联排别墅|独栋别墅|别墅|VILLA"),
)
_MARKS = {
    "phase": r"期|组团|苑|园|弄|(?<!小)区",
    "building": r"号楼|号院|栋|幢|座|#楼|#|号(?=[A-Z]?\d)",
    "entrance": r"单元|梯|门",
    "floor": r"层|楼|(?<=\d)F",
}
_SPLIT = re.compile("|".join(f"(?P<{name}>{words})" for name, words in _MARKS.items()) + "|(?P<dash>-)")
_SHORT = {1: ("room",), 2: ("building", "room"), 3: ("building", "entrance", "room"), 4: ("phase", "building", "entrance", "room")}
_SLOTS = ("phase", "building", "entrance", "floor", "room")


@dataclass(frozen=True, slots=True)
class Address:
    """One meaning of what was typed. Parts that were not said are empty; `also` is the second code of a duplex."""

    room: str = ""
    entrance: str = ""
    building: str = ""
    phase: str = ""
    floor: str = ""
    kind: str = PREMISES
    also: str = ""

    @property
    def spoken(self) -> str:
        """The short form without the phase, as `Place.spoken` keeps it: 3-2-1501."""
        return "-".join(part for part in (self.building, self.entrance, self.room) if part)


def part(text: str) -> str:
    """Return a code as it is compared: half-width capitals, basements with B, numbers of buildings without leading zeros.

    For room codes use `room_part`, which keeps the zeros.
    """
    code = room_part(text)
    return code.lstrip("0") or "0" if code.isdecimal() else code


def room_part(text: str) -> str:
    """Return a room code as it is compared: half-width capitals, -101 and 负101 as B101, zeros kept, no 室 or 号 at the end."""
    code = plain(text)
    code = re.sub(r"^(?:负|-|地下)(?=\d)", "B", code)
    return re.sub(r"(?<=[\dA-Z])(?:室|号房|号|房|户)$", "", code)


def compact(*parts: str) -> str:
    """Return the parts written together, letters and digits only: 3, 2, 1501 → 321501."""
    return re.sub(r"[^0-9A-Z一-鿿]", "", "".join(plain(each) for each in parts))


def readings(text: str, *, order: tuple[str, ...] = _SHORT[3]) -> tuple[Address, ...]:
    """Return the meanings of an address, the likeliest first; () when it cannot be one.

    `order` says what the three parts of a short form mean on this estate (default building-entrance-room).
    A bare number is a room; that digits run together may also be building + entrance + room is found by `compact`.
    """
    text, also = _duplex(text)
    body, kind = _without_kind(re.sub(r"\.(?!5[F层楼])", "-", plain(text)))
    body = re.sub(r"^(.*?(?:小区|项目|家园|花园))(?=\d|[A-Z]\d|[A-Z](?:栋|座|幢|区))", "", body)
    body = _basement(body)
    if not body or len(body) > 40 or not re.search(r"\d|^[A-Z]栋|^[A-Z]座", body):
        return ()
    if number := re.fullmatch(r"([A-Z]?\d+[A-Z]?)号", body):
        house, room = Address(building=part(number[1]), kind=kind), Address(room=number[1], kind=kind)
        return (room, house) if len(number[1]) > 2 else (house, room)
    tokens = _tokens(re.sub(r"(?:室|号房|房|户|号)$", "", body))
    if len(tokens) == 1 and not tokens[0][1] and not re.fullmatch(r"[A-Z]{0,2}\d{1,6}[A-Z]{0,2}\d{0,3}(?:附\d+)?", tokens[0][0]):
        return ()
    found = [_assign(tokens, slots, kind) for slots in _plans(tokens, order)]
    return tuple(dict.fromkeys(replace(address, also=also) for address in found if address is not None))


def _duplex(text: str) -> tuple[str, str]:
    """Take the second code of a duplex off: 3-2-1501/1601 and 1501复式 are found by their lower floor."""
    text = re.sub(r"(?:复式|跃层|复)\s*$", "", text)
    match = re.search(r"(?<=\d)\s*[/／、&＆]\s*(\d{3,4})\s*室?\s*$", text)
    return (text[: match.start()], match[1]) if match else (text, "")


def _without_kind(body: str) -> tuple[str, str]:
    for kind, words in _KINDS:
        bare, hits = re.subn(words, "-", body, count=1)
        if hits:
            return re.sub(r"-{2,}", "-", bare).strip("-").removesuffix("号"), kind
    return body, PREMISES


def _basement(body: str) -> str:
    """Write basements one way: 负一层217, 地下1层217, -1-217, 3--101 → B1-217, 3-B101."""
    body = re.sub(r"(?:负|地下)([一二三四五六])", lambda match: f"B{'一二三四五六'.index(match[1]) + 1}", body)
    body = re.sub(r"(?:负|地下)(?=\d)", "B", body).removeprefix("地下-")
    return re.sub(r"(^|-)-(?=\d)", r"\1B", body).strip("-")


def _tokens(body: str) -> list[tuple[str, str]]:
    """Cut into (value, what its mark says it is), "" where only a dash or the end follows."""
    tokens, start = [], 0
    for match in _SPLIT.finditer(body):
        value = body[start : match.start()]
        mark = "" if match.lastgroup == "dash" else match.lastgroup or ""
        if value:
            tokens.append((value + (match.group() if mark == "phase" and not value[-1].isalnum() else ""), mark))
        start = match.end()
    if body[start:]:
        tokens.append((body[start:], ""))
    return tokens


def _plans(tokens: list[tuple[str, str]], order: tuple[str, ...]) -> list[list[str]]:
    """Return which slot each token may fill, likeliest first."""
    marks = [mark for _, mark in tokens]
    if marks[:2] == ["building", "building"]:  # 3号楼B座: the second is an entrance
        marks[1] = "entrance"
    if not any(marks):
        return _bare_plans(tokens, order)
    plans = [_guided(tokens, marks)]
    if marks[0] == "floor" and tokens[0][0].isdecimal() and "building" not in marks:  # 3楼 is a building to some, a floor to others
        as_building = _guided(tokens, ["building", *marks[1:]])
        plans = [as_building, *plans] if len(tokens[-1][0]) > 2 else [*plans, as_building]
    return [plan for plan in plans if plan]


def _bare_plans(tokens: list[tuple[str, str]], order: tuple[str, ...]) -> list[list[str]]:
    count = len(tokens)
    if count == 1:
        return [["room"]]
    if count == 2:
        first = floor(tokens[0][0])
        return [["floor", "room"], ["building", "room"]] if first and first.below else [["building", "room"], ["entrance", "room"]]
    if count == 3:
        return list(dict.fromkeys(map(tuple, [order, _SHORT[3], ("phase", "building", "room")])))  # type: ignore[arg-type]
    if count == 4:
        last = [["building", "entrance", "floor", "room"]]
        return [*last, list(_SHORT[4])] if len(tokens[3][0]) <= 2 else [list(_SHORT[4]), *last]
    return [list(_SLOTS)] if count == 5 else []


def _guided(tokens: list[tuple[str, str]], marks: list[str]) -> list[str]:
    """Fill the slots between the marked ones from the right: what stands last is the room, what stands before 单元 the building."""
    plan = list(marks)
    for index in range(len(tokens) - 1, -1, -1):
        if plan[index]:
            continue
        after = next((name for name in plan[index + 1 :] if name), None)
        before = {name for name in plan[:index] if name}
        limit = _SLOTS.index(after) if after else len(_SLOTS)
        free = [slot for slot in _SLOTS[:limit] if slot not in before and (slot != "floor" or len(tokens[-1][0]) <= 2 < len(tokens))]
        lowest = max((_SLOTS.index(name) for name in before), default=-1)
        free = [slot for slot in free if _SLOTS.index(slot) > lowest]
        if not free:
            return []
        plan[index] = free[-1]
    return plan if len(set(plan)) == len(plan) else []


def _assign(tokens: list[tuple[str, str]], slots: list[str] | tuple[str, ...], kind: str) -> Address | None:
    said = dict(zip(slots, (value for value, _ in tokens), strict=True))
    level = floor(said["floor"]) if "floor" in said else None
    if "floor" in said and level is None:
        return None
    room = room_part(said.get("room", ""))
    if level and room.isdecimal() and len(room) <= 2 and kind in (PREMISES, SHOP):
        room = f"{level.label}{room:0>2}"
    if not re.fullmatch(r"[0-9A-Z一-鿿()+]*", room):
        return None
    address = Address(room=room, kind=kind, floor=level.label if level else "")
    return replace(address, **{name: part(said[name]) for name in ("entrance", "building", "phase") if name in said})
