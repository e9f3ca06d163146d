"""Exactly once: a command that carries a key made by the client has its effect once, whatever is sent again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from django.db import transaction

from guanjia.kernel.actor import Actor
from guanjia.kernel.errors import KeyReused


class Store(Protocol):
    """Keeps (key, actor, fingerprint, result); registered by `trail`. `claim` tells whether the key was new."""

    def claim(self, key: UUID, *, actor: Actor, at: datetime, fingerprint: str) -> bool: ...
    def find(self, key: UUID) -> tuple[str, Any]: ...
    def finish(self, key: UUID, *, result: Any) -> None: ...


_store: list[Store] = []


def register_store(store: Store) -> None:
    """Set the one store; called by `trail` when the apps are ready."""
    _store[:] = [store]


def fingerprint_of(body: Any) -> str:
    """Return the SHA-256 of the canonical JSON of a command's body."""
    text = json.dumps(body, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str)
    return hashlib.sha256(text.encode()).hexdigest()


@transaction.atomic
def once(key: UUID, *, actor: Actor, at: datetime, body: Any, do: Callable[[], Any]) -> Any:
    """Do the command, or return the first result when the same key and body come again.

    The result must be plain JSON (ids and values). The key's row is written in the transaction of the effect, and before
    it: of two that arrive together the second waits at the row, then finds the result of the first.
    Raises KeyReused when the key came before with another body or from another person.
    """
    (store,) = _store
    fingerprint = fingerprint_of([actor.user_id, body])
    if not store.claim(key, actor=actor, at=at, fingerprint=fingerprint):
        kept, result = store.find(key)
        if kept != fingerprint:
            raise KeyReused()
        return result
    result = do()
    store.finish(key, result=result)
    return result
