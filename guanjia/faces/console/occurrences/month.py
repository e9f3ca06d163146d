"""本月: the calendar of what is due, on phones its agenda, and the month's sum by clause, place and person."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from guanjia.domain.staff import queries as staff
from guanjia.domain.standards import queries
from guanjia.domain.standards.permissions import VIEW
from guanjia.domain.standards.queries import ClauseMonth, Overview
from guanjia.domain.standards.rules.occurrences import Tally, sum_of
from guanjia.faces.console.occurrences.choices import Choice, chosen, options, view_links
from guanjia.faces.console.occurrences.words import frequency, named
from guanjia.faces.kit import views as kit
from guanjia.faces.kit.environment import WEEKDAYS
from guanjia.kernel.workdays import UnknownYear, Workdays

SHOWN, PER_PAGE = 3, 15


@dataclass(frozen=True)
class Line:
    """One line of the month's table: a clause, a place or a post, its tally and its days."""

    title: str
    note: str
    href: str
    tally: Tally
    strip: list[str]
    often: str = ""
    who: str = ""


@kit.signed_in
def month(request: HttpRequest) -> HttpResponse:
    estate = kit.chosen_estate(request, VIEW)
    choice = chosen(request, estate)
    overview = queries.overview(request.actor, estate, choice.begin, choice.end, now=request.at, **choice.narrowing)
    lines = sorted(_lines(request, choice, overview), key=_urgency)
    context = {
        "choice": choice,
        "options": options(request, choice),
        "total": overview.total,
        "counters": _counters(overview.total),
        "weeks": _weeks(choice, overview, queries.workdays_of(estate.company_id)),
        "agenda": _agenda(choice, overview),
        "heads": [_(word) for word in WEEKDAYS],
        "views": view_links(choice, choice.month_link),
        "page": Paginator(lines, PER_PAGE).get_page(request.GET.get("page")),
        "page_link": lambda number: f"{choice.month_link(page=number)}",
        "words_of": words_of,
        "before": (choice.begin - timedelta(1)).replace(day=1),
        "unknown": overview.unknown,
        "unready": overview.unready,
    }
    return kit.panel(request, "console/occurrences/_month.html", context, within="console/occurrences/month.html")


def tone_of(tally: Tally, day: int, today: int) -> str:
    """Return the colour of a day: what went wrong first, then what nobody holds, then what is done, then what is planned."""
    if tally.missed:
        return "over"
    if tally.late or tally.unassigned:
        return "soon"
    if tally.due and tally.done == tally.due:
        return "ok"
    return "plan" if day > today or tally.open else "none"


def words_of(tally: Tally) -> str:
    """Return a tally in words, the worst first, nothing that is zero."""
    parts = [
        (tally.missed, _("漏 %(n)d")),
        (tally.late, _("迟 %(n)d")),
        (tally.unassigned, _("无人 %(n)d")),
        (tally.open - tally.unassigned, _("待做 %(n)d")),
        (tally.done, _("按时 %(n)d")),
        (tally.excused, _("免做 %(n)d")),
        (tally.withdrawn, _("撤销 %(n)d")),
    ]
    return " · ".join(words % {"n": number} for number, words in parts if number)


def _counters(total: Tally) -> list[dict[str, Any]]:
    rate = _("按时率 %(rate)s%%") % {"rate": f"{100 * total.done / total.due:.1f}"} if total.due and not total.open else ""
    return [
        {"label": _("应做"), "value": f"{total.due:,}", "note": rate},
        {"label": _("按时"), "value": f"{total.done:,}", "tone": "ok" if total.done else ""},
        {"label": _("迟做"), "value": f"{total.late:,}", "tone": "soon" if total.late else ""},
        {"label": _("漏做"), "value": f"{total.missed:,}", "tone": "over" if total.missed else ""},
        {"label": _("待做"), "value": f"{total.open:,}"},
        {"label": _("无人负责"), "value": f"{total.unassigned:,}", "tone": "soon" if total.unassigned else ""},
    ]


def _by_day(overview: Overview) -> dict[int, Tally]:
    days: dict[int, Tally] = {}
    for clause in overview.clauses:
        for day, tally in clause.days.items():
            days[day] = sum_of((days[day], tally)) if day in days else tally
    return days


def _weeks(choice: Choice, overview: Overview, calendar: Workdays) -> list[list[dict[str, Any]]]:
    days, special = _by_day(overview), _special(overview, choice.today.toordinal())
    first = choice.begin - timedelta(choice.begin.weekday())
    last = choice.end + timedelta(-choice.end.weekday() % 7)
    cells = [_cell(choice, first + timedelta(number), days, special, calendar) for number in range((last - first).days)]
    return [cells[start : start + 7] for start in range(0, len(cells), 7)]


def _cell(
    choice: Choice, day: date, days: dict[int, Tally], special: dict[int, list[tuple[str, ClauseMonth]]], calendar: Workdays
) -> dict[str, Any]:
    ordinal, out = day.toordinal(), not choice.begin <= day < choice.end
    items: list[dict[str, Any]] = []
    tally = days.get(ordinal)
    if tally is not None and not out:
        link = choice.day_link(day=day.isoformat())
        items.append({"label": words_of(tally), "tone": tone_of(tally, ordinal, choice.today.toordinal()), "href": link, "title": ""})
        for tone, clause in special.get(ordinal, [])[:SHOWN]:
            title = named(clause.promise)
            items.append(
                {"label": title, "tone": tone, "href": choice.day_link(day=day.isoformat(), clause=clause.promise.code), "title": title}
            )
    more = max(len(special.get(ordinal, [])) - SHOWN, 0) if not out else 0
    return {"day": day, "out": out, "today": day == choice.today, "rest": _rests(day, calendar), "items": items, "more": more}


def _special(overview: Overview, today: int) -> dict[int, list[tuple[str, ClauseMonth]]]:
    """Return by day the clauses that are not a matter of every day, and every day's clauses where they went wrong; the worst first."""
    rank = {"over": 0, "soon": 1, "plan": 2, "ok": 3, "none": 4}
    found: dict[int, list[tuple[str, ClauseMonth]]] = {}
    for clause in overview.clauses:
        for day, tally in clause.days.items():
            tone = tone_of(tally, day, today)
            if len(clause.days) <= 10 or tone == "over":
                found.setdefault(day, []).append((tone, clause))
    for lines in found.values():
        lines.sort(key=lambda line: (rank[line[0]], len(line[1].days), line[1].promise.position))
    return found


def _agenda(choice: Choice, overview: Overview) -> list[dict[str, Any]]:
    days = _by_day(overview)
    found = []
    for ordinal in sorted(days):
        day = date.fromordinal(ordinal)
        found.append(
            {"day": day, "words": words_of(days[ordinal]), "href": choice.day_link(day=day.isoformat()), "today": day == choice.today}
        )
    return found


def _lines(request: HttpRequest, choice: Choice, overview: Overview) -> Iterable[Line]:
    if choice.by == "clause":
        return [_clause_line(choice, clause) for clause in overview.clauses]
    if choice.by == "person":
        return _post_lines(choice, overview)
    return _place_lines(request, choice)


def _clause_line(choice: Choice, clause: ClauseMonth) -> Line:
    promise = clause.promise
    return Line(
        promise.code,
        promise.subject,
        choice.month_link(clause=promise.code) if choice.clause != promise.code else choice.day_link(clause=promise.code),
        clause.total,
        _strip(choice, clause.days),
        frequency(promise.params),
        promise.post,
    )


def _post_lines(choice: Choice, overview: Overview) -> list[Line]:
    people: dict[str, list[str]] = {}
    for each in staff.responsible(choice.estate, choice.today):
        for title in each.titles:
            people.setdefault(title, []).append(each.name)
    posts: dict[str, list[ClauseMonth]] = {}
    for clause in overview.clauses:
        posts.setdefault(clause.promise.post, []).append(clause)
    lines = []
    for post, clauses in posts.items():
        names = people.get(post, [])
        note = "、".join(names[:4]) + (_(" 等 %(n)d 人") % {"n": len(names)} if len(names) > 4 else "") if names else _("没有人在此岗位")
        days: dict[int, Tally] = {}
        for clause in clauses:
            for day, tally in clause.days.items():
                days[day] = sum_of((days[day], tally)) if day in days else tally
        often = _("%(n)d 条") % {"n": len(clauses)}
        lines.append(
            Line(post, note, choice.day_link(by="person"), sum_of(clause.total for clause in clauses), _strip(choice, days), often)
        )
    return lines


def _place_lines(request: HttpRequest, choice: Choice) -> list[Line]:
    ledger = queries.due(request.actor, choice.estate, choice.begin, choice.end, now=request.at, **choice.narrowing)
    found: dict[str, tuple[Any, dict[int, Tally]]] = {}
    for item in ledger.items:
        _target, days = found.setdefault(item.target.key, (item.target, {}))
        one = queries.tally([item.state], unassigned=int(ledger.unassigned(item)))
        days[item.slot.day] = sum_of((days[item.slot.day], one)) if item.slot.day in days else one
    return [
        Line(
            target.label,
            "",
            choice.day_link(by="place", place=target.place_id) if target.place_id else choice.day_link(by="place"),
            sum_of(days.values()),
            _strip(choice, days),
        )
        for target, days in found.values()
    ]


def _strip(choice: Choice, days: dict[int, Tally]) -> list[str]:
    today = choice.today.toordinal()
    inside = range(choice.begin.toordinal(), choice.end.toordinal())
    return [tone_of(days[day], day, today) if day in days else "none" for day in inside]


def _urgency(line: Line) -> tuple[Any, ...]:
    tally = line.tally
    return (-tally.missed, -tally.late, -tally.unassigned, -tally.open, line.title)


def _rests(day: date, calendar: Workdays) -> bool:
    try:
        return not calendar.worked(day)
    except UnknownYear:
        return False
