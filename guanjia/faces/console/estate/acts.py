"""How every form of this face is answered: attempted, shown again with what changed meanwhile, or left for where it led."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from guanjia.domain.accounts import queries as accounts
from guanjia.domain.trail import queries as trail
from guanjia.faces.kit import views as kit
from guanjia.faces.kit.forms import Form


def act(
    request: HttpRequest,
    form: Form,
    action: Callable[..., Any],
    *args: Any,
    about: Any = None,
    title: Any,
    crumbs: list[tuple[Any, str]],
    back: Callable[[Any], str] | str,
    said: Any,
    button: Any = None,
    wide: tuple[str, ...] = (),
    warn: Any = "",
    danger: bool = False,
) -> HttpResponse:
    """Attempt the action with what the person typed; on success leave, else show the same panel with the refusals.

    `about` is the versioned row that was decided on: when somebody changed it meanwhile, the panel says who, and the next
    try decides on what is there now.
    """
    if form.is_valid() and form.attempt(action, *args, actor=request.actor, at=request.at):
        return kit.saved(request, back(form.result) if callable(back) else back, said=said)
    if about is not None and form.has_error(NON_FIELD_ERRORS, "stale"):
        form = _look_again(request, form, about)
    context = {"form": form, "title": title, "crumbs": crumbs, "button": button or _("保存"), "wide": wide, "warn": warn, "danger": danger}
    context["cancel"] = crumbs[-1][1] if crumbs else "/places/"
    return kit.panel(request, "console/estate/_form.html", context, within="console/estate/form.html")


def _look_again(request: HttpRequest, form: Form, about: Any) -> Form:
    """Say who changed the row, and let the form decide on its present version; what was typed stays."""
    about.refresh_from_db()
    last = trail.timeline(request.actor, about=about).first()
    who = doer(last) if last else ""
    form.data = {**form.data, "seen": about.version}
    text = (
        _("%(who)s 刚刚改过。下面是你填的内容，请对照最新资料再确认") if who else _("刚刚有人改过。下面是你填的内容，请对照最新资料再确认")
    )
    form.errors[NON_FIELD_ERRORS] = form.error_class([text % {"who": who}])
    return form


def doer(entry: Any) -> str:
    """Return the name of who did it."""
    return people([entry])[entry.pk]


def people(entries: list[Any]) -> dict[int, str]:
    """Return entry id → name of who did it, in one query: the system goes by the name that the entry carries."""
    names = accounts.names_of(entry.actor_id for entry in entries)
    return {entry.pk: entry.actor_name or names.get(entry.actor_id, "") for entry in entries}


def lines(
    request: HttpRequest, entries: list[Any], *, icon: Callable[[Any], str], more: Callable[[Any], str] | None = None
) -> list[dict[str, str]]:
    """Return entries of the trail as lines of a timeline: when, what, who; `more` adds words about an entry."""
    who = people(entries)
    today = timezone.localtime(request.at).date()
    return [
        {
            "day": day_word(timezone.localtime(entry.at).date(), today),
            "time": f"{timezone.localtime(entry.at):%H:%M}",
            "icon": icon(entry),
            "title": trail.said(entry),
            "text": " · ".join(filter(None, [who[entry.pk], more(entry) if more else ""])),
        }
        for entry in entries
    ]


def day_word(on: date, today: date) -> str:
    """Return how a day is said in a timeline: 今天, 11-18, 25-05-30."""
    if on == today:
        return _("今天")
    return f"{on:%m-%d}" if on.year == today.year else f"{on:%y-%m-%d}"
