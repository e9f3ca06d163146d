"""What apps above tell the trail: which company an estate belongs to, and what else `guanjia verify` is to prove."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True)
class Outcome:
    """What a check found: how many things it looked at, how many were wrong, and the first of them in words."""

    checked: int
    wrong: int = 0
    first: str = ""


Check = Callable[[], Outcome]
CompanyOf = Callable[[int], int | None]

_checks: dict[str, Check] = {}
_company_of: list[CompanyOf] = []


def register_check(name: str, check: Check) -> None:
    """Add a check under a name such as "files.hashes"; called in an app's `ready()`. It reads, and changes nothing."""
    _checks[name] = check


def checks() -> Mapping[str, Check]:
    """Return every registered check by name."""
    return MappingProxyType(_checks)


def register_company_of(company_of: CompanyOf) -> None:
    """Say how the company of an estate is found; called by `estate` when the apps are ready."""
    _company_of[:] = [company_of]


def company_of(estate_id: int) -> int | None:
    """Return the company of an estate, None when there is no such estate."""
    return _company_of[0](estate_id) if _company_of else None
