"""Who may see a file is decided by whoever owns what it proves: each app registers its own kinds of things.

A kind that nobody registered is seen by nobody.
"""

from __future__ import annotations

from typing import Any, Protocol

from guanjia.kernel.actor import Actor


class MaySee(Protocol):
    """Returns the thing with this number if the actor may see it (a scoped query's `first()`), else None."""

    def __call__(self, actor: Actor, about_id: int) -> Any | None: ...


class MayAdd(Protocol):
    """Tells whether the actor may attach evidence to a thing that he sees."""

    def __call__(self, actor: Actor, about: Any) -> bool: ...


_kinds: dict[str, tuple[MaySee, MayAdd]] = {}


def nobody(actor: Actor, about: Any) -> bool:
    """The default of `may_add`: only the app's own actions attach, after requiring their own permission."""
    return False


def register(about_type: str, may_see: MaySee, may_add: MayAdd = nobody) -> None:
    """Say who may see, and add to, the files of a kind of thing ("estate.Place"); called in an app's `ready()`."""
    _kinds[about_type] = (may_see, may_add)


def subject(actor: Actor, about_type: str, about_id: int) -> Any | None:
    """Return the thing that a file is about if the actor may see it, else None."""
    kind = _kinds.get(about_type)
    return kind[0](actor, about_id) if kind else None


def may_add(actor: Actor, about_type: str, about: Any) -> bool:
    kind = _kinds.get(about_type)
    return bool(kind and kind[1](actor, about))
