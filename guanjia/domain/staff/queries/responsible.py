"""Who answers at an estate for what a clause puts on a post or a unit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Q, QuerySet

from guanjia.domain.staff.models import Appointment, Deputyship
from guanjia.domain.staff.states import PostKind

if TYPE_CHECKING:
    from guanjia.domain.estate.models import Estate


class Responsible(NamedTuple):
    """A member and everything that clauses may call it: the posts held or deputised for, their departments and units."""

    member_id: int
    name: str
    titles: frozenset[str]


COLUMNS = (
    "member_id",
    "member__name",
    "post__code",
    "post__name",
    "post__department__name",
    "post__reports_to__kind",
    "post__reports_to__name",
)


def responsible(estate: Estate, day: date) -> list[Responsible]:
    """Return who holds posts that reach this estate on a day, by name.

    A clause names a post (保洁员) or a unit (工程部): whoever works in the department, or under the unit, answers for it. Two queries.
    """
    acting: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for absent, deputy, name in _away(estate, day).values_list("member_id", "deputy_id", "deputy__name"):
        acting[absent].append((deputy, name))
    titles: dict[tuple[int, str], set[str]] = defaultdict(set)
    for holder, name, *words in _held(estate, day).values_list(*COLUMNS):
        for who in [(holder, name), *acting.get(holder, ())]:
            titles[who] |= _titles(words)
    found = (Responsible(pk, name, frozenset(words)) for (pk, name), words in titles.items())
    return sorted(found, key=lambda each: (each.name, each.member_id))


def titles_of(member_id: int, estate: Estate, day: date) -> frozenset[str]:
    """Return everything that clauses may call one member at an estate on a day, deputised posts included. One query."""
    absent = _away(estate, day).filter(deputy_id=member_id).values("member_id")
    held = _held(estate, day).filter(Q(member_id=member_id) | Q(member_id__in=absent))
    return frozenset(word for row in held.values_list(*COLUMNS[2:]) for word in _titles(row))


def titles_held(estate: Estate, day: date) -> frozenset[str]:
    """Return every title that somebody answers to at an estate on a day. One query: a deputy adds none to those of the absent."""
    return frozenset(word for row in _held(estate, day).values_list(*COLUMNS[2:]).distinct() for word in _titles(row))


def _titles(words: Sequence[str | None]) -> set[str]:
    code, post, department, above, unit = words
    return {word for word in (code, post, department, unit if above == PostKind.UNIT else None) if word}


def _away(estate: Estate, day: date) -> QuerySet[Deputyship]:
    return Deputyship.objects.filter(member__company_id=estate.company_id, began_on__lte=day, ended_on__gt=day)


def _held(estate: Estate, day: date) -> QuerySet[Appointment]:
    return (
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


def _branches(estate: Estate) -> list[int]:
    """Return the branch of an estate and all branches above it."""
    found, branch = [], estate.branch
    while branch is not None:
        found.append(branch.pk)
        branch = branch.parent
    return found
