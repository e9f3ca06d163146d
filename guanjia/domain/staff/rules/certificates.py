"""When a certificate counts, and when somebody must hear that it will not. Pure."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum

WARNED_DAYS = 60
"""How long before the last day the holder and his superior are told. Ours, not the documents'."""


class Standing(StrEnum):
    """How a certificate stands on a day."""

    VALID = "valid"
    ENDING = "ending"
    EXPIRED = "expired"
    REVOKED = "revoked"


def standing(expires_on: date | None, revoked_on: date | None, day: date, warned_days: int = WARNED_DAYS) -> Standing:
    """Return how a certificate stands. Its last day is `expires_on` itself; without one it does not expire."""
    if revoked_on is not None and revoked_on <= day:
        return Standing.REVOKED
    if expires_on is None or expires_on > day + timedelta(days=warned_days):
        return Standing.VALID
    return Standing.ENDING if expires_on >= day else Standing.EXPIRED
