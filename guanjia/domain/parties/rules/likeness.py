"""When two records may be one party. Pure. Only a person decides: these are reasons to look, strongest first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import combinations

MOST_IN_A_GROUP = 12
"""A value that more records share (the developer's hotline) says nothing about them."""


class Reason(StrEnum):
    """Why two records look alike."""

    IDENTITY = "identity"
    PHONE = "phone"
    NAME_AND_PLACE = "name_and_place"


WEIGHTS = {Reason.IDENTITY: 100, Reason.PHONE: 40, Reason.NAME_AND_PLACE: 40}
SAME_NAME = 20
"""Added to a shared phone: families share phones, seldom names."""


@dataclass(frozen=True)
class Traits:
    """What is compared of one record; everything already cleaned and indexed."""

    pk: int
    name: str
    id_index: str = ""
    phone_indexes: frozenset[str] = frozenset()
    place_ids: frozenset[int] = frozenset()


@dataclass
class Pair:
    """Two records, the smaller key first, and why they look alike."""

    one: int
    other: int
    reasons: set[Reason] = field(default_factory=set)
    weight: int = 0


def pairs(traits: Iterable[Traits], apart: Iterable[tuple[int, int]] = ()) -> list[Pair]:
    """Return the pairs that share an identity number, a phone, or a name at one place, the likeliest first.

    Pairs in `apart` were looked at and found to be two parties. Two different identity numbers are never proposed.
    """
    known = {each.pk: each for each in traits}
    groups: dict[tuple[Reason, object], list[int]] = defaultdict(list)
    for each in known.values():
        if each.id_index:
            groups[Reason.IDENTITY, each.id_index].append(each.pk)
        for index in each.phone_indexes:
            groups[Reason.PHONE, index].append(each.pk)
        for place in each.place_ids:
            groups[Reason.NAME_AND_PLACE, (each.name, place)].append(each.pk)
    dismissed = set(apart)
    found: dict[tuple[int, int], Pair] = {}
    for (reason, _), members in groups.items():
        if not 2 <= len(members) <= MOST_IN_A_GROUP:
            continue
        for one, other in combinations(sorted(members), 2):
            if (one, other) not in dismissed and not _two_papers(known[one], known[other]):
                found.setdefault((one, other), Pair(one, other)).reasons.add(reason)
    for pair in found.values():
        same_name = known[pair.one].name == known[pair.other].name
        pair.weight = sum(WEIGHTS[reason] for reason in pair.reasons) + (SAME_NAME if same_name else 0)
    return sorted(found.values(), key=lambda pair: (-pair.weight, pair.one, pair.other))


def _two_papers(one: Traits, other: Traits) -> bool:
    return bool(one.id_index and other.id_index and one.id_index != other.id_index)
