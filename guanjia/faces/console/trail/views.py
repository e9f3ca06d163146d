"""操作日志: who did what when, one chain at a time, newest first. It can be read and taken out; nothing here changes it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from guanjia.domain.accounts import queries as accounts
from guanjia.domain.estate import queries as estate
from guanjia.domain.trail import queries
from guanjia.domain.trail.permissions import VIEW
from guanjia.faces.kit import listing
from guanjia.faces.kit import views as kit

SHANGHAI = ZoneInfo("Asia/Shanghai")
PER_PAGE = 50
MOST_ROWS_OUT = 50_000
COMPANY = "company"


@dataclass(frozen=True)
class Line:
    """One entry as it is read: the person by name, the fact in words."""

    entry: Any
    who: str
    said: str
    about: str


@kit.signed_in
def log(request: HttpRequest) -> HttpResponse:
    request.actor.require(VIEW)
    chains = _chains(request)
    chain = request.GET.get("chain") or _first(request, chains)
    if chain not in chains:
        raise Http404
    entries = _filtered(queries.log(request.actor), chain, request.GET)
    if request.GET.get("format") == "xlsx":
        return _workbook(entries[:MOST_ROWS_OUT])
    before = _number(request.GET.get("before"))
    shown = list((entries.filter(seq__lt=before) if before else entries)[: PER_PAGE + 1])
    older = _link(request, before=shown[PER_PAGE - 1].seq) if len(shown) > PER_PAGE else ""
    context = {
        "lines": _read(shown[:PER_PAGE]),
        "chains": list(chains.items()),
        "chain": chain,
        "events": [(name, words) for kinds in queries.vocabulary().values() for name, words in kinds.items()],
        "given": {name: request.GET.get(name, "") for name in ("event", "who", "from", "to")},
        "only": accounts.names_of([_number(request.GET.get("who"))]),
        "older": older,
        "newest": _link(request, before=None) if before else "",
        "out": _link(request, before=None, format="xlsx"),
        "link": lambda **changes: _link(request, before=None, **changes),
    }
    return kit.panel(request, "console/trail/_entries.html", context, within="console/trail/log.html")


def _chains(request: HttpRequest) -> dict[str, str]:
    """Return the chains that the person may read: the estates in reach as a whole, and the company's own acts."""
    actor = request.actor
    whole = {pk for grant in actor.holding(VIEW) if not grant.path for pk in grant.estate_ids}
    everywhere = any(grant.company_id is not None for grant in actor.holding(VIEW))
    found = {str(row.pk): row.name for row in estate.estates(actor, VIEW) if everywhere or row.pk in whole}
    return {**found, COMPANY: _("公司")} if everywhere else found


def _first(request: HttpRequest, chains: dict[str, str]) -> str:
    kept = str(request.session.get("estate", ""))
    return kept if kept in chains else next(iter(chains), "")


def _filtered(entries: Any, chain: str, given: Any) -> Any:
    entries = entries.filter(estate_id=0 if chain == COMPANY else int(chain)).order_by("-seq")
    if given.get("event"):
        entries = entries.filter(name=given["event"])
    if _number(given.get("who")):
        entries = entries.filter(actor_id=_number(given["who"]))
    begin, end = _day(given.get("from")), _day(given.get("to"))
    if begin:
        entries = entries.filter(at__gte=_midnight(begin))
    if end:
        entries = entries.filter(at__lt=_midnight(end + timedelta(days=1)))
    return entries


def _read(entries: Iterable[Any]) -> list[Line]:
    entries = list(entries)
    names = accounts.names_of(entry.actor_id for entry in entries)
    return [
        Line(entry, names.get(entry.actor_id) or entry.actor_name or _("系统"), queries.said(entry), queries.about(entry))
        for entry in entries
    ]


def _workbook(entries: Any) -> HttpResponse:
    heads: Sequence[str] = [_("编号"), _("时间"), _("谁"), _("做了什么"), _("事件"), _("对象"), _("对象编号"), _("指纹")]
    rows = (
        [line.entry.seq, line.entry.at, line.who, line.said, line.entry.name, line.entry.about_type, line.entry.about_id, line.entry.hash]
        for line in _read(entries)
    )
    return listing.workbook(_("操作日志"), heads, rows)


def _link(request: HttpRequest, **changes: Any) -> str:
    query = request.GET.copy()
    for name, value in changes.items():
        query.pop(name, None)
        if value not in (None, ""):
            query[name] = str(value)
    return f"{request.path}?{query.urlencode()}"


def _number(said: str | None) -> int | None:
    return int(said) if said and said.isascii() and said.isdigit() and len(said) < 19 else None


def _day(said: str | None) -> date | None:
    try:
        return date.fromisoformat(said or "")
    except ValueError:
        return None


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), SHANGHAI)
