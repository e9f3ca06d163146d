"""Who is best sent: a score in words. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

GENERAL = "general"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A technician on duty: skills, orders in hand, and the path of the place of the nearest of them ("" at the office)."""

    member_id: int
    trades: frozenset[str]
    in_hand: int = 0
    urgent_in_hand: int = 0
    at_path: str = ""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A candidate with a rank (smaller is better) and the reasons, as codes for the faces to word."""

    member_id: int
    rank: tuple[int, ...]
    reasons: tuple[str, ...] = field(default=())


def suggest(candidates: Iterable[Candidate], *, trade: str, path: str) -> list[Suggestion]:
    """Return the candidates best first: the right skill, nobody in the middle of an emergency, near, with little in hand.

    Reasons: "skill" or "general" or "no_skill", "near" (same building), "free" or "busy", "in_emergency".
    """
    building = path.split("/", 1)[0]
    found = []
    for one in candidates:
        skill = "skill" if trade in one.trades else "general" if GENERAL in one.trades or trade == GENERAL else "no_skill"
        near = bool(one.at_path) and one.at_path.split("/", 1)[0] == building
        reasons = [skill]
        if one.urgent_in_hand:
            reasons.append("in_emergency")
        if near:
            reasons.append("near")
        reasons.append("busy" if one.in_hand else "free")
        rank = (
            ("skill", "general", "no_skill").index(skill),
            1 if one.urgent_in_hand else 0,
            one.in_hand - (1 if near else 0),
            one.member_id,
        )
        found.append(Suggestion(one.member_id, rank, tuple(reasons)))
    return sorted(found, key=lambda suggestion: suggestion.rank)
