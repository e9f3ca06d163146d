"""Facts that an app announces and that apps above react to, in the same transaction.

The trail registers itself as the sink: every announced fact is on record before anybody reacts to it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from datetime import datetime
from typing import Any, Protocol

from django.db import transaction

from guanjia.kernel.actor import Actor


class Sink(Protocol):
    """Writes a fact down. `estate_id` None is the company chain."""

    def __call__(self, event: Any, *, name: str, about: Any, actor: Actor, at: datetime, estate_id: int | None) -> None: ...


Reaction = Callable[..., None]

_reactions: dict[type, list[Reaction]] = defaultdict(list)
_sink: list[Sink] = []


def register_sink(sink: Sink) -> None:
    """Set the one sink; called by `trail` when the apps are ready."""
    _sink[:] = [sink]


def when(event: type) -> Callable[[Reaction], Reaction]:
    """Register a reaction `f(event, *, actor, at)`: same transaction, database only."""

    def register(reaction: Reaction) -> Reaction:
        if reaction not in _reactions[event]:
            _reactions[event].append(reaction)
        return reaction

    return register


def name_of(event: type) -> str:
    """Return "<app>.<Class>" of an event class."""
    parts = event.__module__.split(".")
    app = parts[parts.index("domain") + 1] if "domain" in parts else parts[-1]
    return f"{app}.{event.__name__}"


def announce(event: Any, *, actor: Actor, at: datetime, about: Any = None, estate_id: int | None = None) -> None:
    """Record the fact in the trail and let the apps above react, inside the caller's transaction.

    `about` is the row that it concerns; its `estate_id` chooses the chain unless `estate_id` says otherwise.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("announce belongs inside the transaction of the action")
    if estate_id is None and about is not None:
        estate_id = getattr(about, "estate_id", None)
    for sink in _sink:
        sink(event, name=name_of(type(event)), about=about, actor=actor, at=at, estate_id=estate_id)
    for reaction in _reactions[type(event)]:
        reaction(event, actor=actor, at=at)
