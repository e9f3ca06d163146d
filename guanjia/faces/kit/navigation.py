"""Menus as data. A face registers its entries; only addresses that exist and that the person may use are shown."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.http import HttpRequest
from django.urls import Resolver404, resolve

FIRST_PAGES = ("/", "/portal/")
MENUS: dict[str, tuple[Entry, ...]] = {}


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a menu: where it leads, what it is called, and the permission without which it is not shown.

    `also` names other address prefixes under which the entry counts as the current one.
    """

    path: str
    label: Any
    icon: str = ""
    permission: str | None = None
    also: tuple[str, ...] = ()

    def covers(self, path: str) -> bool:
        if self.path in FIRST_PAGES:
            return path == self.path
        return path.startswith((self.path, *self.also))


@dataclass(frozen=True, slots=True)
class Link:
    """An entry as one person sees it on one page."""

    href: str
    label: Any
    icon: str
    current: bool


def register(name: str, entries: Iterable[Entry]) -> None:
    """Give a menu its entries, in the order in which they are shown."""
    MENUS[name] = tuple(entries)


@lru_cache(maxsize=4096)
def exists(path: str) -> bool:
    try:
        resolve(path)
    except Resolver404:
        return False
    return True


def menu(name: str, request: HttpRequest) -> list[Link]:
    """Return the links of a menu for whoever asks; somebody without an actor gets none that needs a permission."""
    actor = getattr(request, "actor", None)
    shown = [e for e in MENUS.get(name, ()) if exists(e.path) and (e.permission is None or (actor is not None and actor.may(e.permission)))]
    here = max((e for e in shown if e.covers(request.path)), key=lambda e: len(e.path), default=None)
    return [Link(e.path, e.label, e.icon, e is here) for e in shown]


def known(path: str) -> str:
    """Return the path when something answers there, else ""."""
    return path if exists(path) else ""
