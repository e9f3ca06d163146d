"""工作台: what waits for me today, which clause demands it, and what a supervisor should see before it is missed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from guanjia.domain.standards import queries
from guanjia.domain.standards.permissions import VIEW
from guanjia.domain.standards.queries import Item, MyDay
from guanjia.domain.standards.rules.occurrences import Tally, sum_of
from guanjia.domain.standards.states import OccurrenceState
from guanjia.faces.console.occurrences.words import named, until
from guanjia.faces.kit import views as kit
from guanjia.kernel.periods import business_day

SHOWN = 12


@dataclass(frozen=True)
class Todo:
    """What one clause wants of me today: how much of it is done, until when, and at what."""

    clause: str
    title: str
    quote: str
    until: str
    done: int
    total: int
    where: str
    href: str
    assigned: bool


@kit.signed_in
def home(request: HttpRequest) -> HttpResponse:
    today = business_day(request.at)
    estate = _estate(request)
    context: dict[str, Any] = {"name": request.actor.name, "today": today, "estate": estate, "todos": [], "titles": [], "seen": None}
    if estate is not None:
        mine = queries.my_day(request.actor, estate, at=request.at)
        context |= {
            "todos": todos_of(mine, today, request.actor.member_id),
            "open": len(mine.open),
            "settled": len(mine.settled),
            "titles": sorted(mine.titles),
        }
        if request.actor.may(VIEW, estate):
            context["seen"] = _seen(request, estate, today)
    return kit.page(request, "console/home.html", context)


def _estate(request: HttpRequest) -> Any:
    try:
        return kit.chosen_estate(request, VIEW)
    except Http404:
        return None


def todos_of(mine: MyDay, today: date, member_id: int | None) -> list[Todo]:
    """Return my list clause by clause: what is still open first, what ends first before the rest."""
    found: dict[str, list[Item]] = {}
    for item in mine.items:
        found.setdefault(item.promise.code, []).append(item)
    todos = [_todo(items, today, member_id) for items in found.values()]
    return sorted(todos, key=lambda todo: todo.done == todo.total)


def _todo(items: list[Item], today: date, member_id: int | None) -> Todo:
    promise, waiting = items[0].promise, [item for item in items if item.state == OccurrenceState.DUE]
    labels = list(dict.fromkeys(item.target.label for item in waiting or items))
    where = "、".join(labels[:4]) + (_(" 等 %(n)d 处") % {"n": len(labels)} if len(labels) > 4 else "")
    return Todo(
        clause=promise.code,
        title=promise.subject,
        quote=promise.quote,
        until=until((waiting or items)[0].slot, today),
        done=len(items) - len(waiting),
        total=len(items),
        where=where,
        href=f"{reverse('console:day')}?day={(waiting or items)[0].slot.suggested_on}&clause={promise.code}",
        assigned=any(item.assigned_to == member_id for item in items),
    )


def _seen(request: HttpRequest, estate: Any, today: date) -> dict[str, Any]:
    """Return the estate's day in figures, and what to act on: missed yesterday, unassigned today."""
    days = queries.overview(request.actor, estate, today - timedelta(1), today + timedelta(1), now=request.at)
    yesterday, now = today.toordinal() - 1, today.toordinal()
    missed = [(clause.promise, clause.days[yesterday]) for clause in days.clauses if clause.days.get(yesterday, Tally()).missed]
    lonely = [(clause.promise, clause.days[now]) for clause in days.clauses if clause.days.get(now, Tally()).unassigned]
    total = sum_of(clause.days[now] for clause in days.clauses if now in clause.days)
    link = reverse("console:day")
    return {
        "counters": [
            {"label": _("今天应做"), "value": f"{total.due:,}", "href": f"{link}?day={today}"},
            {"label": _("已做"), "value": f"{total.done:,}", "tone": "ok" if total.done else "", "href": f"{link}?day={today}"},
            {"label": _("待做"), "value": f"{total.open:,}", "href": f"{link}?day={today}"},
            {
                "label": _("无人负责"),
                "value": f"{total.unassigned:,}",
                "tone": "soon" if lonely else "",
                "href": f"{link}?day={today}&by=person",
            },
            {
                "label": _("昨天漏做"),
                "value": f"{sum(tally.missed for _promise, tally in missed):,}",
                "tone": "over" if missed else "",
                "href": f"{link}?day={today - timedelta(1)}",
            },
        ],
        "missed": [
            (named(promise), _("漏 %(n)d") % {"n": tally.missed}, promise.post, f"{link}?day={today - timedelta(1)}&clause={promise.code}")
            for promise, tally in missed[:SHOWN]
        ],
        "lonely": [
            (named(promise), _("%(n)d 项") % {"n": tally.unassigned}, promise.post, f"{link}?day={today}&clause={promise.code}")
            for promise, tally in lonely[:SHOWN]
        ],
        "more_missed": max(len(missed) - SHOWN, 0),
        "more_lonely": max(len(lonely) - SHOWN, 0),
        "unready": days.unready,
        "unknown": days.unknown,
    }
