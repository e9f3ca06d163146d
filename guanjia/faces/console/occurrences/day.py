"""One day: what is due by clause, place or person, and the single occurrences of one of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from guanjia.domain.staff import queries as staff
from guanjia.domain.standards import queries
from guanjia.domain.standards.permissions import ASSIGN, EXCUSE, RECORD, VIEW
from guanjia.domain.standards.queries import Item, Ledger
from guanjia.domain.standards.rules.occurrences import Tally
from guanjia.domain.standards.states import OPEN, OccurrenceState
from guanjia.faces.console.occurrences.choices import Choice, chosen, options, view_links
from guanjia.faces.console.occurrences.month import tone_of, words_of
from guanjia.faces.console.occurrences.words import named, turn, until
from guanjia.faces.kit import views as kit

PER_PAGE = 40


@dataclass(frozen=True)
class Group:
    """What one clause, place or person has on a day."""

    title: str
    note: str
    href: str
    tally: Tally
    tone: str
    words: str


@dataclass(frozen=True)
class Row:
    """One occurrence as the page shows it."""

    item: Item
    ref: str
    title: str
    until: str
    turn: str
    state: str
    who: str
    done: str
    open: bool


@kit.signed_in
def day(request: HttpRequest) -> HttpResponse:
    estate = kit.chosen_estate(request, VIEW)
    choice = chosen(request, estate)
    ledger = queries.due(request.actor, estate, choice.day, choice.day + timedelta(1), now=request.at, **choice.narrowing)
    context: dict[str, Any] = {
        "choice": choice,
        "options": options(request, choice),
        "tally": queries.tally([item.state for item in ledger.items], unassigned=sum(map(ledger.unassigned, ledger.items))),
        "views": view_links(choice, choice.day_link),
        "before": choice.day_link(day=(choice.day - timedelta(1)).isoformat()),
        "after": choice.day_link(day=(choice.day + timedelta(1)).isoformat()),
        "unknown": ledger.unknown,
        "unready": ledger.unready,
        "words_of": words_of,
        "groups": [],
        "rows": [],
        "page": None,
        "page_link": lambda number: choice.day_link(page=number),
        "may": {
            "record": request.actor.may(RECORD, estate),
            "assign": request.actor.may(ASSIGN, estate),
            "excuse": request.actor.may(EXCUSE, estate),
        },
        "next": request.get_full_path(),
    }
    if choice.words:
        page = Paginator(sorted(ledger.items, key=_order), PER_PAGE).get_page(request.GET.get("page"))
        context |= {"page": page, "rows": rows_of(estate, ledger, list(page.object_list), choice)}
    else:
        context["groups"] = groups_of(ledger, choice)
    return kit.panel(request, "console/occurrences/_day.html", context, within="console/occurrences/day.html")


def rows_of(estate: Any, ledger: Ledger, items: list[Item], choice: Choice) -> list[Row]:
    """Return the rows of a page: who holds what, who did it when."""
    people = staff.responsible(estate, choice.today)
    names = {each.member_id: each.name for each in people}
    posts: dict[str, list[str]] = {}
    for each in people:
        for title in each.titles:
            posts.setdefault(title, []).append(each.name)
    records = queries.records(estate, items)
    rows = []
    for item in items:
        record = records.get(item.fact.pk) if item.fact else None
        done = ""
        if record is not None and record.done_at is not None:
            done = _("%(by)s %(at)s") % {
                "by": record.by or "",
                "at": f"{record.done_at.astimezone(item.slot.period_began.tzinfo):%m-%d %H:%M}",
            }
        elif record is not None and record.reason:
            done = record.reason
        if item.assigned_to is not None:
            who = names.get(item.assigned_to, _("已离岗"))
        else:
            who = _("%(post)s（%(names)s）") % {
                "post": item.promise.post,
                "names": "、".join(posts.get(item.promise.post, [])[:3]) or _("无人"),
            }
        state = "unassigned" if ledger.unassigned(item) else item.state.value
        rows.append(
            Row(item, str(item.ref), named(item.promise), until(item.slot, choice.today), turn(item), state, who, done, item.state in OPEN)
        )
    return rows


def groups_of(ledger: Ledger, choice: Choice) -> list[Group]:
    """Return the day's groups of the chosen view, the ones that went wrong first."""
    people = {each.member_id: each for each in staff.responsible(choice.estate, choice.today)} if choice.by == "person" else {}
    found: dict[Any, list[Item]] = {}
    for item in ledger.items:
        found.setdefault(_key(item, choice.by), []).append(item)
    groups = []
    for items in found.values():
        tally = queries.tally([item.state for item in items], unassigned=sum(map(ledger.unassigned, items)))
        title, note, href = _title(items[0], choice, people)
        tone = tone_of(tally, choice.day.toordinal(), choice.today.toordinal())
        groups.append(Group(title, note, href, tally, tone, words_of(tally)))
    rank = {"over": 0, "soon": 1, "plan": 2, "ok": 3, "none": 4}
    return sorted(groups, key=lambda group: rank[group.tone])


def _key(item: Item, by: str) -> Any:
    if by == "place":
        return item.target.key
    if by == "person":
        return (item.assigned_to, "" if item.assigned_to else item.promise.post)
    return item.promise.code


def _title(item: Item, choice: Choice, people: dict[int, Any]) -> tuple[str, str, str]:
    if choice.by == "place":
        place = item.target.place_id
        return item.target.label, "", choice.day_link(place=place) if place else choice.day_link(clause=item.promise.code)
    if choice.by == "person":
        if item.assigned_to is not None:
            name = people[item.assigned_to].name if item.assigned_to in people else _("已离岗")
            return name, _("按名指派"), choice.day_link(person=item.assigned_to) if item.assigned_to in people else ""
        holders = [each for each in people.values() if item.promise.post in each.titles]
        note = "、".join(each.name for each in holders[:4]) or _("没有人在此岗位")
        return item.promise.post, note, choice.day_link(person=holders[0].member_id) if holders else ""
    note = _("%(until)s · %(post)s") % {"until": until(item.slot, choice.today), "post": item.promise.post}
    return named(item.promise), note, choice.day_link(clause=item.promise.code)


def _order(item: Item) -> tuple[Any, ...]:
    rank = (OccurrenceState.MISSED, OccurrenceState.DUE, OccurrenceState.LATE, OccurrenceState.DONE)
    place = rank.index(item.state) if item.state in rank else len(rank)
    return (place, item.slot.ended, item.promise.position, item.target.label, item.slot.began, item.slot.k)


def back(request: HttpRequest) -> str:
    """Return where an act leads to: the page it came from when that is one of ours, else 本月."""
    asked = request.POST.get("next") or request.GET.get("next") or ""
    return asked if asked.startswith(("/standards/", "/?")) or asked == "/" else reverse("console:month")
