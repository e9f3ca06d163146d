"""The `params` column of a clause: `times=1;per=month;due_day=5`, `>=98%;metric=…`; what is open in it, and what holds in the end.

Pure. It knows the grammar and which values a document leaves open, never what a value makes the system do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

COMPARATOR = re.compile(r"^(>=|<=|>|<|=|±)(?=.)")
KEY = re.compile(r"^[a-z][a-z0-9_]*$")

# A value that the document leaves to the reader; the key that a default must set to close it.
OPEN_WORDS = frozenset(
    {"configurable", "irregular", "configurable_on_off_times", "min_level_configurable", "company_set", "guards_per_gate"}
)
SCHEDULING = frozenset({"times", "per", "coverage", "after_days", "at"})
SUPERSEDED_BY_SCHEDULE = ("interval", "schedule", "rotation", "alternative")


class MalformedParams(ValueError):
    """The text is not `key=value` pairs divided by semicolons, perhaps led by one comparison."""


@dataclass(frozen=True, slots=True)
class Open:
    """One value that the document names but does not give: `interval=configurable`, `timing=prompt`, `minutes=0`."""

    key: str
    word: str


def parse(text: str) -> dict[str, str]:
    """Return the pairs in order. A leading comparison becomes `limit`; a key that is repeated joins its values with commas."""
    pairs: dict[str, str] = {}
    for position, token in enumerate(filter(None, (part.strip() for part in text.split(";")))):
        if COMPARATOR.match(token):
            if position:
                raise MalformedParams(token)
            pairs["limit"] = token
            continue
        key, separator, value = token.partition("=")
        if not separator or not KEY.match(key) or not value:
            raise MalformedParams(token)
        pairs[key] = f"{pairs[key]},{value}" if key in pairs else value
    return pairs


def render(pairs: Mapping[str, str]) -> str:
    """Return the text that `parse` reads back to the same pairs."""
    return ";".join(value if key == "limit" else f"{key}={value}" for key, value in pairs.items())


def still_open(pairs: Mapping[str, str]) -> Iterator[Open]:
    """Yield what nobody has decided yet. `minutes=0` is open: the document says 立即, and 0 is no usable clock."""
    for key, value in pairs.items():
        if value in OPEN_WORDS:
            yield Open(key, value)
        elif key in {"minutes", "days"} and value == "0":
            yield Open(key, "immediate")
        elif key == "timing" and value in {"prompt", "immediate"} and "minutes" not in pairs:
            yield Open(key, value)
        elif key == "before" and value == "movein" and "movein_on" not in pairs:
            yield Open("movein_on", value)
        elif key == "season" and "months" not in pairs:
            yield Open("months", value)


def effective(text: str, *layers: Mapping[str, object], shared: Mapping[str, object] | None = None) -> dict[str, str]:
    """Return what holds: the document's params, then each layer over it (the plan's default, the estate's override).

    A layer that schedules (`times`, `per`, `coverage`, …) closes an open interval; a `target` layer closes an open target.
    `shared` holds the values of the whole plan and fills only what is still open: the minutes of 及时 and 立即, the months of a season.
    """
    pairs = parse(text)
    for layer in layers:
        values = {key: str(value) for key, value in layer.items()}
        if SCHEDULING & values.keys():
            for key in SUPERSEDED_BY_SCHEDULE:
                pairs.pop(key, None)
            if {"coverage", "after_days"} & values.keys():
                pairs = {key: value for key, value in pairs.items() if key not in SCHEDULING}
        if "limit" in values and pairs.get("target") in OPEN_WORDS:
            del pairs["target"]
        pairs.update(values)
    if "per" in pairs and "coverage" not in pairs and "times" not in pairs and "interval" not in pairs:
        pairs["times"] = "1"
    for item in list(still_open(pairs)):
        value = _shared_value(item, pairs, shared or {})
        if value is not None:
            pairs["minutes" if item.key == "timing" else item.key] = str(value)
    return pairs


def _shared_value(item: Open, pairs: Mapping[str, str], shared: Mapping[str, object]) -> object | None:
    if item.key == "months":
        return shared.get(f"{pairs['season']}_months")
    if item.word in {"prompt", "immediate"} and item.key in {"timing", "minutes"}:
        return shared.get(f"{item.word}_minutes")
    if item.key == "movein_on":
        return shared.get("movein_on") or None
    return None
