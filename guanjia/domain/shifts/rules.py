"""Reasoning about time on duty: demand and gaps by clock time, not by shift; the rotation of groups.

Minutes are counted from an arbitrary zero that all arguments of one call share.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

DAY = 24 * 60


class Need(NamedTuple):
    """At least `heads` people from minute `began` of the day to minute `ended`; an end at or before the beginning is on the next day."""

    began: int
    ended: int
    heads: int


class Gap(NamedTuple):
    """`missing` people from minute `began` to minute `ended`."""

    began: int
    ended: int
    missing: int


def gaps(needs: Iterable[Need], turns: Iterable[tuple[int, int]], begin: int, end: int) -> list[Gap]:
    """Return where fewer people stand than are needed in `[begin, end)`; `begin` is a midnight, `turns` are intervals of minutes.

    Where several needs overlap the largest holds: they say "at least". Neighbouring gaps of the same size are one.
    """
    edges: dict[int, int] = {begin: 0, end: 0}
    for began, ended in turns:
        began, ended = max(began, begin), min(ended, end)
        if began < ended:
            edges[began] = edges.get(began, 0) + 1
            edges[ended] = edges.get(ended, 0) - 1
    spans = [(max(a, begin), min(b, end), heads) for a, b, heads in _laid_out(needs, begin, end) if a < end and b > begin]
    for began, ended, _ in spans:
        edges.setdefault(began, 0)
        edges.setdefault(ended, 0)
    found: list[Gap] = []
    standing = 0
    points = sorted(edges)
    for began, ended in pairwise(points):
        standing += edges[began]
        wanted = max((heads for a, b, heads in spans if a <= began and ended <= b), default=0)
        if standing < wanted:
            if found and found[-1].ended == began and found[-1].missing == wanted - standing:
                found[-1] = Gap(found[-1].began, ended, found[-1].missing)
            else:
                found.append(Gap(began, ended, wanted - standing))
    return found


def _laid_out(needs: Iterable[Need], begin: int, end: int) -> Iterator[tuple[int, int, int]]:
    for need in needs:
        length = (need.ended - need.began) % DAY or DAY
        for midnight in range(begin - DAY, end, DAY):
            yield midnight + need.began, midnight + need.began + length, need.heads


class Placing(NamedTuple):
    """Group `group` works pattern `pattern` on `day` (both are positions in the caller's lists)."""

    day: date
    pattern: int
    group: int


def rotation(groups: int, patterns: int, begin: date, end: date, *, days_each: int = 1) -> list[Placing]:
    """Return who works when in `[begin, end)`: the groups go round the patterns, and change after `days_each` days.

    With more groups than patterns the rest are free that day. Every pattern is worked every day.
    """
    if groups < patterns:
        raise ValueError("fewer groups than patterns leave a shift without people")
    placings = []
    day = begin
    while day < end:
        turn = (day - begin).days // days_each
        placings += [Placing(day, pattern, (pattern - turn) % groups) for pattern in range(patterns)]
        day += timedelta(days=1)
    return placings
