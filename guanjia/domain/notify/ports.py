"""What an outside system implements to carry messages."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Protocol


class Undeliverable(Exception):
    """The address will never work: do not try again."""


class Carrier(Protocol):
    """Carries one message to one address; returning means that the outside system took it.

    `key` is the same at every attempt of one delivery, for systems that can drop repeats. Raises Undeliverable for good,
    anything else to be tried again later.
    """

    def __call__(self, address: str, *, title: str, body: str, key: str) -> None: ...


_carriers: dict[str, Carrier] = {}


def register_carrier(channel: str, carrier: Carrier) -> None:
    """Set the carrier of a channel; called when the apps are ready, from the settings."""
    _carriers[channel] = carrier


def carriers() -> Mapping[str, Carrier]:
    """Return the carriers by channel; a channel without one keeps its deliveries waiting."""
    return MappingProxyType(_carriers)
