"""How far a post reaches, as a value that `Actor.may` can be asked about. Pure."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Scope:
    """A whole company (no estate), a whole estate (no path), or one subtree of places."""

    company_id: int
    estate_id: int | None = None
    path: str = ""
