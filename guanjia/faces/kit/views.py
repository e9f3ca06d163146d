"""How every HTML view begins and answers: an actor and an instant come in; a page, a panel or a redirect goes out."""

from __future__ import annotations

import functools
import json
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import quote, urlsplit

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from guanjia.domain.accounts import queries as accounts
from guanjia.domain.estate import queries as estate_queries
from guanjia.domain.estate.permissions import VIEW
from guanjia.domain.staff import queries as staff
from guanjia.faces.kit import sessions
from guanjia.kernel import clock
from guanjia.kernel.errors import NotAllowed

View = Callable[..., HttpResponse]


def signed_in(view: View) -> View:
    """Let only signed-in staff in, and set `request.actor` and `request.at`.

    Somebody unknown goes to the sign-in page and comes back here afterwards, and so does who proved only to hold a phone;
    who lives here but does not work here finds nothing. NotAllowed becomes the 403 page.
    """

    @functools.wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated or request.session.get("door") == sessions.PORTAL:
            return to_sign_in(request, "/sign-in/")
        first = sessions.still_must(request)
        if first:
            return HttpResponseRedirect(first)
        request.at = clock.now()
        request.actor = staff.actor_for(request.user, at=request.at)
        if request.actor.member_id is None:
            raise Http404
        return _answered(view, request, *args, **kwargs)

    return inner


def resident(view: View) -> View:
    """Let only signed-in residents in, and set `request.actor` (with `party_ids`) and `request.at`."""

    @functools.wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        request.at = clock.now()
        request.actor = accounts.resident_for(request.user, at=request.at) if request.user.is_authenticated else None
        if request.actor is None:
            return to_sign_in(request, "/portal/sign-in/")
        return _answered(view, request, *args, **kwargs)

    return inner


def somebody(view: View) -> View:
    """Let staff and residents in, and set `request.actor` and `request.at`; for what both see, such as evidence."""

    @functools.wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return to_sign_in(request, "/sign-in/")
        request.at = clock.now()
        works = request.session.get("door") != sessions.PORTAL
        actor = staff.actor_for(request.user, at=request.at) if works else None
        if actor is None or actor.member_id is None:
            actor = accounts.resident_for(request.user, at=request.at)
        if actor is None or (works and sessions.still_must(request)):
            raise Http404
        request.actor = actor
        return _answered(view, request, *args, **kwargs)

    return inner


def _answered(view: View, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    try:
        return view(request, *args, **kwargs)
    except NotAllowed as refusal:
        return page(request, "kit/403.html", {"refusal": refusal}, status=403)


def to_sign_in(request: HttpRequest, door: str) -> HttpResponse:
    """Send a stranger to the sign-in page and back here afterwards; htmx is told to move the whole page."""
    if request.headers.get("HX-Request"):
        response = HttpResponse(status=401)
        here = urlsplit(request.headers.get("HX-Current-URL", "/"))
        response["HX-Redirect"] = f"{door}?next={quote(here.path + ('?' + here.query if here.query else ''))}"
        return response
    return HttpResponseRedirect(f"{door}?next={quote(request.get_full_path())}")


def partial(request: HttpRequest) -> bool:
    """Tell whether htmx asks for a panel only."""
    return request.headers.get("HX-Request-Type") == "partial"


def page(request: HttpRequest, template: str, context: Mapping[str, Any] | None = None, *, status: int = 200) -> HttpResponse:
    """Answer a whole page."""
    response = render(request, template, dict(context or {}), status=status)
    response["Vary"] = "HX-Request, HX-Request-Type"
    return response


def panel(request: HttpRequest, template: str, context: Mapping[str, Any], *, within: str | None = None) -> HttpResponse:
    """Answer a panel; 422 when its form was refused. Without htmx the panel comes inside the page `within`."""
    form = context.get("form")
    status = 422 if form is not None and form.is_bound and form.errors else 200
    return page(request, template if within is None or partial(request) else within, context, status=status)


def saved(request: HttpRequest, to: str, *, said: object = "", events: tuple[str, ...] = ()) -> HttpResponse:
    """Answer a write that succeeded and leads to another page: HX-Location for htmx, 303 without JavaScript."""
    if said:
        messages.success(request, str(said))
    if request.headers.get("HX-Request"):
        response = HttpResponse(status=204)
        response["HX-Location"] = to
        if events:
            response["HX-Trigger"] = json.dumps(dict.fromkeys(events, True))
        return response
    redirect = HttpResponseRedirect(to)
    redirect.status_code = 303
    return redirect


def chosen_estate(request: HttpRequest, permission: str = VIEW) -> Any:
    """Return the estate that the person works in: the one of the switch in the top bar, else the first within reach.

    The choice is kept in the session under "estate" (a primary key) and is judged anew at every request.
    Raises Http404 when no estate is within reach for this permission.
    """
    estate = estate_or_none(request, permission)
    if estate is None:
        raise Http404
    return estate


def estate_or_none(request: HttpRequest, permission: str = VIEW) -> Any:
    """Return what `chosen_estate` returns, or None when no estate is within reach."""
    within = estate_queries.estates(request.actor, permission)
    kept = request.session.get("estate")
    return (within.filter(pk=kept).first() if kept else None) or within.first()
