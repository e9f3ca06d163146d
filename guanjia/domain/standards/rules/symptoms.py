"""The catalogue of what people report, and what follows from it by default."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Symptom:
    """Something that people report: what kind of request it is, how urgent, which trade mends it, which event it starts."""

    key: str
    word: str
    kind: str
    trade: str = "general"
    urgency: str = "normal"
    event: str = ""


@dataclass(frozen=True, slots=True)
class Category:
    """A group of symptoms, in the order of the digit keys of the intake."""

    key: str
    word: str
    kind: str
    symptoms: tuple[Symptom, ...]

    def symptom(self, key: str) -> Symptom | None:
        return next((symptom for symptom in self.symptoms if symptom.key == key), None)


@lru_cache(maxsize=1)
def catalogue() -> tuple[Category, ...]:
    """Return the built-in catalogue."""
    text = files("guanjia.domain.standards.library").joinpath("symptoms.toml").read_text("utf-8")
    found = []
    for row in tomllib.loads(text)["category"]:
        symptoms = tuple(
            Symptom(
                key=item["key"],
                word=item["word"],
                kind=item.get("kind", row["kind"]),
                trade=row.get("trade", "general"),
                urgency=item.get("urgency", "normal"),
                event=item.get("event", ""),
            )
            for item in row["symptoms"]
        )
        found.append(Category(row["key"], row["word"], row["kind"], symptoms))
    return tuple(found)


def category(key: str) -> Category | None:
    """Return a category by key, None when there is no such."""
    return next((item for item in catalogue() if item.key == key), None)
