"""Who answers at an estate for what a clause puts on a post or a unit."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Q

from guanjia.domain.staff.models import Appointment, Deputyship
from guanjia.domain.staff.states import PostKind

if TYPE_CHECKING:
    from guanjia.domain.estate.models import Estate


class Responsible(NamedTuple):
    """A member and everything that clauses may call it: the posts held or deputised for, their departments and units."""

    member_id: int
    name: str
    titles: frozenset[str]


def responsible(estate: Estate, day: date, member_id: int | None = None) -> list[Responsible]:
    """Return who holds posts that reach this estate on a day, by name; only one member when `member_id` is given.

    A clause names a post (保洁员) or a unit (工程部): whoever works in the department, or under the unit, answers for it. Two queries.
    """
    deputies = Deputyship.objects.filter(member__company_id=estate.company_id, began_on__lte=day, ended_on__gt=day)
    held = (
        Appointment.objects.filter(member__company_id=estate.company_id, began_on__lte=day)
        .filter(Q(ended_on=None) | Q(ended_on__gt=day))
        .filter(Q(member__left_on=None) | Q(member__left_on__gt=day))
        .filter(
            Q(estate_id=estate.pk)
            | Q(place__estate_id=estate.pk)
            | Q(branch_id__in=_branches(estate))
            | Q(estate=None, place=None, branch=None)
        )
    )
    if member_id is not None:
        deputies = deputies.filter(deputy_id=member_id)
    acting: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for away, deputy, name in deputies.values_list("member_id", "deputy_id", "deputy__name"):
        acting[away].append((deputy, name))
    if member_id is not None:
        held = held.filter(member_id__in=[member_id, *acting])
    titles: dict[tuple[int, str], set[str]] = defaultdict(set)
    columns = ("member_id", "member__name", "post__code", "post__name", "post__department__name", "post__reports_to__kind")
    for holder, name, code, post, department, above, unit in held.values_list(*columns, "post__reports_to__name"):
        words = {code, post, department, unit if above == PostKind.UNIT else None} - {None, ""}
        for pk, called in [(holder, name), *acting.get(holder, ())]:
            if member_id is None or pk == member_id:
                titles[pk, called] |= words
    found = (Responsible(pk, name, frozenset(words)) for (pk, name), words in titles.items())
    return sorted(found, key=lambda each: (each.name, each.member_id))


def _branches(estate: Estate) -> list[int]:
    """Return the branch of an estate and all branches above it."""
    found, branch = [], estate.branch
    while branch is not None:
        found.append(branch.pk)
        branch = branch.parent
    return found
