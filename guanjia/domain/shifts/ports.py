"""What apps above may object when somebody wants to go off duty."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Objection:
    """One reason not to go yet, in a sentence that the person can act on. `about` names the row ("requests.Request", 17)."""

    message: str
    about_type: str = ""
    about_id: int | None = None


OffDutyObjection = Callable[[int, datetime], list[Objection]]

_objections: list[OffDutyObjection] = []


def register_objection(ask: OffDutyObjection) -> None:
    """Add a question "may this member go off duty now?"; called in an app's `ready()`."""
    if ask not in _objections:
        _objections.append(ask)


def objections(member_id: int, at: datetime) -> list[Objection]:
    """Return every objection of every app."""
    return [objection for ask in _objections for objection in ask(member_id, at)]
