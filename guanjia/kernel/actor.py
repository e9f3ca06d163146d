"""Who acts, and how far the person reaches. Built by `staff.queries.actor_for` and `parties.queries`; passed, never global."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q

from guanjia.kernel.errors import NotAllowed

NOTHING = Q(pk__in=[])


@dataclass(frozen=True, slots=True)
class Grant:
    """Permissions over a whole company, over whole estates, or over one subtree of places in one estate.

    With `company_id` it covers every estate of the company. Otherwise it covers `estate_ids`;
    a `path` other than "" narrows it to the places of these estates whose path begins with it.
    """

    permissions: frozenset[str]
    company_id: int | None = None
    estate_ids: frozenset[int] = frozenset()
    path: str = ""

    def covers(self, *, estate_id: int | None, company_id: int | None, path: str) -> bool:
        if self.company_id is not None and company_id == self.company_id:
            return True
        return estate_id in self.estate_ids and path.startswith(self.path)


@dataclass(frozen=True, slots=True)
class Actor:
    """A signed-in person, a machine account or the system, with everything that the person may do."""

    user_id: int | None
    name: str
    company_id: int | None = None
    member_id: int | None = None
    party_ids: frozenset[int] = frozenset()
    grants: tuple[Grant, ...] = field(default=())
    everything: bool = False

    @classmethod
    def system(cls, name: str = "system") -> Actor:
        """Return the actor of timers, imports from the command line and the demo: may everything, is nobody."""
        return cls(user_id=None, name=name, everything=True)

    def holding(self, permission: str) -> list[Grant]:
        return [grant for grant in self.grants if permission in grant.permissions]

    def may(self, permission: str, where: Any = None) -> bool:
        """Tell whether the permission is held at `where`: an estate, or anything with `estate_id` and maybe `path`.

        Without `where` it tells whether it is held anywhere.
        """
        if self.everything:
            return True
        grants = self.holding(permission)
        if where is None:
            return bool(grants)
        estate_id = getattr(where, "estate_id", None)
        if estate_id is None and hasattr(where, "branch_id"):
            estate_id = where.pk
        company_id = _company_of(where) if any(grant.company_id is not None for grant in grants) else None
        path = _path_of(where)
        return any(grant.covers(estate_id=estate_id, company_id=company_id, path=path) for grant in grants)

    def require(self, permission: str, where: Any = None) -> None:
        """Raise NotAllowed unless the permission is held at `where`."""
        if not self.may(permission, where):
            raise NotAllowed(permission)

    def within(self, permission: str, *, estate: str = "estate", path: str | None = "place__path") -> Q:
        """Return the filter of rows where the permission is held; `estate` and `path` name the lookups from the row.

        `path=None` is for rows of a whole estate: grants over a part of the estate do not reach them.
        """
        if self.everything:
            return Q()
        prefix = f"{estate}__" if estate else ""
        key = f"{estate}_id" if estate else "pk"
        reach = NOTHING
        whole: set[int] = set()
        for grant in self.holding(permission):
            if grant.company_id is not None:
                reach |= Q(**{f"{prefix}company_id": grant.company_id})
            elif not grant.path:
                whole |= grant.estate_ids
            elif path is not None:
                reach |= Q(**{f"{key}__in": sorted(grant.estate_ids), f"{path}__startswith": grant.path})
        if whole:
            reach |= Q(**{f"{key}__in": sorted(whole)})
        return reach

    def estates(self, permission: str) -> Q:
        """Return the filter of `Estate` rows where the permission is held over the whole or a part of the estate."""
        if self.everything:
            return Q()
        reach = NOTHING
        ids: set[int] = set()
        for grant in self.holding(permission):
            if grant.company_id is not None:
                reach |= Q(company_id=grant.company_id)
            ids |= grant.estate_ids
        return reach | Q(pk__in=sorted(ids))


def _company_of(where: Any) -> int | None:
    if hasattr(where, "company_id"):
        return where.company_id  # type: ignore[no-any-return]
    estate = getattr(where, "estate", None)
    return estate.company_id if estate is not None else None


def _path_of(where: Any) -> str:
    if hasattr(where, "path") and hasattr(where, "estate_id"):
        return where.path  # type: ignore[no-any-return]
    place = getattr(where, "place", None)
    return place.path if place is not None else ""
