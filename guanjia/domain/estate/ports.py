"""Sockets for apps above: who lives where, and what stands in the way of ending a place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from guanjia.kernel.actor import Actor

if TYPE_CHECKING:
    from guanjia.domain.estate.models import Place


@dataclass(frozen=True, slots=True)
class Sighting:
    """A place that a finder knows for the text: which one, whose name and relation to show, and why it matched (姓名, 手机尾号, 车牌)."""

    place_id: int
    name: str
    relation: str
    why: str


class Finder(Protocol):
    """Finds places by what the estate does not know itself: pinyin of names, phone tails, plates. Registered by `parties`."""

    def find(self, actor: Actor, *, estate_id: int, text: str, limit: int) -> Sequence[Sighting]:
        """Return at most `limit` places for the text, best first; only what the actor may know. Must be backed by an index."""

    def occupants(self, actor: Actor, *, estate_id: int, place_ids: Sequence[int]) -> dict[int, tuple[str, str]]:
        """Return place id → (name, relation label) of the one to name beside each place, in one query."""


class Objection(Protocol):
    """Says why a place may not end now. Registered by apps that keep present facts about places."""

    def __call__(self, place: Place) -> Iterable[object]:
        """Return sentences that a person can act on; nothing when the place may end."""


_finders: list[Finder] = []
_objections: list[Objection] = []


def register_finder(finder: Finder) -> None:
    """Add a finder; called in `ready()` of the app above. Adding the same one twice changes nothing."""
    if finder not in _finders:
        _finders.append(finder)


def finders() -> tuple[Finder, ...]:
    """Return the registered finders in the order of registration."""
    return tuple(_finders)


def register_objection(objection: Objection) -> None:
    """Add an objection; called in `ready()` of the app above."""
    if objection not in _objections:
        _objections.append(objection)


def objections(place: Place) -> list[str]:
    """Return everything that stands in the way of ending the place."""
    return [str(sentence) for objection in _objections for sentence in objection(place)]
