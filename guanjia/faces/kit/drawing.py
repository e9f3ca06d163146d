"""Geometry of the small drawings: sparklines, bars of parts, strips of days. Pure; colours come from classes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

TONES = 5


def tone_of(name: str) -> int:
    """Return the tint 0–4 of a person's avatar, the same for the same name on every page."""
    return sum(map(ord, name)) % TONES


def initial(name: str) -> str:
    """Return what the avatar shows: the surname of a Chinese name, two letters of another."""
    words = name.split()
    if not words:
        return "·"
    if name[0].isascii():
        return "".join(word[0] for word in words[:2]).upper()
    return name[0]


@dataclass(frozen=True, slots=True)
class Spark:
    """A polyline in a box of `width` × `height`, and where its last point sits."""

    points: str
    x: float
    y: float


def spark(values: Sequence[float], width: int = 110, height: int = 32) -> Spark | None:
    """Return the line through the values, lowest at the bottom; None for fewer than two values."""
    if len(values) < 2:
        return None
    low, high = min(values), max(values)
    span = (high - low) or 1
    flat = high == low
    step = width / (len(values) - 1)
    places = [
        (round(i * step, 1), round(height / 2 if flat else height - 2 - (v - low) / span * (height - 4), 1)) for i, v in enumerate(values)
    ]
    return Spark(" ".join(f"{x},{y}" for x, y in places), *places[-1])


@dataclass(frozen=True, slots=True)
class Part:
    """One piece of a stacked bar, in hundredths of its width."""

    x: float
    width: float
    tone: str


def parts(shares: Iterable[tuple[Any, ...]]) -> list[Part]:
    """Return the pieces of a bar of (amount, tone, …); nothing is drawn for nothing."""
    given = [(amount, tone) for amount, tone, *_rest in shares if amount > 0]
    total = sum(amount for amount, _ in given)
    pieces, x = [], 0.0
    for amount, tone in given:
        width = amount / total * 100
        pieces.append(Part(round(x, 3), round(width, 3), tone))
        x += width
    return pieces


def percent(value: float, goal: float) -> float:
    """Return how much of `goal` is reached, 0–100; a goal of nothing is reached."""
    return 100.0 if not goal else round(max(0.0, min(1.0, value / goal)) * 100, 1)
