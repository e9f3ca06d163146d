"""Blind indexes of this app: what a sealed number is found by. One place, so that writers and searchers agree. Pure.

All take the cleaned spelling (`phones.clean`, `identity.judge`, `plates.judge`).
"""

from __future__ import annotations

from guanjia.domain.parties.rules import plates
from guanjia.kernel import identity, phones, vault


def phone(number: str) -> str:
    """Return the index of a whole telephone number."""
    return vault.blind(number, context="parties.phone")


def phone_tail(number_or_tail: str) -> str:
    """Return the index of the last four digits."""
    return vault.blind(phones.tail(number_or_tail), context="parties.phone.tail")


def id_number(number: str) -> str:
    """Return the index of a whole identity number."""
    return vault.blind(number, context="parties.id")


def id_tail(number_or_tail: str) -> str:
    """Return the index of the last four characters of an identity number."""
    return vault.blind(identity.tail(number_or_tail), context="parties.id.tail")


def plate(text: str) -> str:
    """Return the index of a whole plate."""
    return vault.blind(text, context="parties.plate")


def plate_tail(text_or_tail: str) -> str:
    """Return the index of the last three characters of a plate."""
    return vault.blind(plates.tail(text_or_tail), context="parties.plate.tail")
