"""Guarded moves: one UPDATE that only succeeds from the right state and the version that the person saw."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from guanjia.kernel.errors import IllegalMove, Stale


@dataclass(frozen=True, slots=True, init=False)
class Move:
    """A verb: the states that it starts from, and the one that it leads to."""

    frm: frozenset[str]
    to: str

    def __init__(self, frm: Collection[str], to: str) -> None:
        object.__setattr__(self, "frm", frozenset(frm))
        object.__setattr__(self, "to", to)


class Lifecycle(models.Model):
    """Something of one estate that has a state. Subclasses add `MOVES` and a `state` field."""

    MOVES: ClassVar[Mapping[str, Move]]

    estate = models.ForeignKey("estate.Estate", models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)
    day = models.DateField()

    class Meta:
        abstract = True


def move(thing: Any, verb: str, *, seen: int, **facts: Any) -> None:
    """Move `thing` by `verb` and set `facts` in one guarded UPDATE; refresh the attributes of `thing`.

    Raises IllegalMove when the state does not allow the verb, Stale when the row is no longer at version `seen`.
    """
    rule = thing.MOVES[verb]
    manager = type(thing)._base_manager
    hit = manager.filter(pk=thing.pk, state__in=rule.frm, version=seen).update(state=rule.to, version=seen + 1, **facts)
    if not hit:
        current = manager.filter(pk=thing.pk).values_list("state", "version").first()
        if current and current[1] == seen and current[0] not in rule.frm:
            raise IllegalMove(_("现在的状态不能这样做"))
        raise Stale()
    thing.state, thing.version = rule.to, seen + 1
    for name, value in facts.items():
        setattr(thing, name, value)


def revise(thing: Any, *, seen: int, **facts: Any) -> None:
    """Change facts of a versioned row in one guarded UPDATE. Raises Stale when it is no longer at version `seen`."""
    hit = type(thing)._base_manager.filter(pk=thing.pk, version=seen).update(version=seen + 1, **facts)
    if not hit:
        raise Stale()
    thing.version = seen + 1
    for name, value in facts.items():
        setattr(thing, name, value)
