"""What the address of 本月 and its days chooses: month, day, clause, place, person, and the view."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from guanjia.domain.estate import queries as estates
from guanjia.domain.staff import queries as staff
from guanjia.domain.standards import queries
from guanjia.domain.standards.permissions import VIEW
from guanjia.kernel.periods import business_day

VIEWS = ("clause", "place", "person")


@dataclass(frozen=True)
class Choice:
    """One reading of the address. Unknown words fall back to today; foreign rows do not exist."""

    estate: Any
    today: date
    day: date
    by: str
    clause: str
    place: Any
    person: Any

    @property
    def begin(self) -> date:
        return self.day.replace(day=1)

    @property
    def end(self) -> date:
        return (self.begin + timedelta(31)).replace(day=1)

    @property
    def narrowing(self) -> dict[str, Any]:
        """Return the arguments that narrow a query."""
        return {"codes": [self.clause] if self.clause else [], "place": self.place, "member": self.person}

    @property
    def words(self) -> list[str]:
        """Return what was chosen, in words, for the title."""
        names = (self.clause, self.place.label if self.place else "", self.person.name if self.person else "")
        return [name for name in names if name]

    def query(self, **changes: Any) -> str:
        """Return the address's query with some of it changed; "" or None leaves a part out."""
        parts = {
            "day": self.day.isoformat(),
            "by": self.by if self.by != VIEWS[0] else "",
            "clause": self.clause,
            "place": self.place.pk if self.place else "",
            "person": self.person.member_id if self.person else "",
        } | changes
        return urlencode({name: value for name, value in parts.items() if value not in ("", None)})

    def month_link(self, **changes: Any) -> str:
        return f"{reverse('console:month')}?{self.query(**changes)}"

    def day_link(self, **changes: Any) -> str:
        return f"{reverse('console:day')}?{self.query(**changes)}"


def chosen(request: HttpRequest, estate: Any) -> Choice:
    """Read the address. Raises Http404 for a place that is not within reach and a person who has no post here."""
    asked: Mapping[str, str] = request.GET
    today = business_day(request.at)
    return Choice(
        estate=estate,
        today=today,
        day=_day(asked.get("day", "") or f"{asked.get('month', '')}-01", today),
        by=asked.get("by", "") if asked.get("by", "") in VIEWS else VIEWS[0],
        clause=asked.get("clause", "").strip()[:20],
        place=_place(request, estate, asked.get("place", "")),
        person=_person(estate, today, asked.get("person", "")),
    )


def _day(text: str, today: date) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return today
    return day if 2000 <= day.year <= 2100 else today


def _place(request: HttpRequest, estate: Any, text: str) -> Any:
    if not text:
        return None
    found = estates.places(request.actor, VIEW).filter(estate=estate, pk=text).first() if text.isdecimal() else None
    if found is None:
        raise Http404
    return found


def _person(estate: Any, today: date, text: str) -> Any:
    if not text:
        return None
    found = next((each for each in staff.responsible(estate, today) if str(each.member_id) == text), None)
    if found is None:
        raise Http404
    return found


def options(request: HttpRequest, choice: Choice) -> dict[str, list[tuple[Any, str]]]:
    """Return what can be chosen: the clauses that make something due, the buildings, the people with a post here."""
    held = {item.code: item for item in queries.promises(choice.estate).within(choice.begin, choice.end)}
    buildings = estates.places(request.actor, VIEW).filter(estate=choice.estate, kind="building", ended_on=None)
    people = staff.responsible(choice.estate, choice.today)
    return {
        "clauses": [(code, f"{code} {item.subject}") for code, item in sorted(held.items())],
        "places": [(str(pk), label) for pk, label in buildings.order_by("sort_key").values_list("pk", "label")],
        "people": [(str(each.member_id), each.name) for each in people],
    }


def view_links(choice: Choice, link: Any) -> list[tuple[str, str, bool]]:
    """Return the three views as (address, words, current)."""
    words = {"clause": _("按条款"), "place": _("按位置"), "person": _("按人")}
    return [(link(by=by if by != VIEWS[0] else ""), words[by], choice.by == by) for by in VIEWS]
