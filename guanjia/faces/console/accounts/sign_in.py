"""The door for staff: login and password, then the second factor where there is one."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from guanjia.domain.accounts import actions, queries, rules
from guanjia.faces.console.accounts.forms import CodeForm, SignInForm
from guanjia.faces.kit import sessions
from guanjia.faces.kit import views as kit
from guanjia.kernel import clock

PENDING = "half-signed-in"


@never_cache
def password(request: HttpRequest) -> HttpResponse:
    """Ask for login and password."""
    to = sessions.where_to(request, "/")
    if request.user.is_authenticated and request.method == "GET" and request.session.get("door") != sessions.PORTAL:
        return HttpResponseRedirect(to)
    form = SignInForm(request.POST or None)
    facts: dict[str, Any] = {"address": sessions.address_of(request), "device_token": sessions.device_token(request), "at": clock.now()}
    if form.is_valid() and form.attempt(actions.sign_in, **facts):
        found = form.result
        if found.second_factor:
            request.session.flush()
            request.session[PENDING] = {"user": found.user.pk, "must": found.must, "at": clock.now().isoformat()}
            request.session.set_expiry(int(rules.SECOND_STEP_LIFE.total_seconds()))
            return _next(reverse("console:sign-in-code"), to)
        token = sessions.open_session(request, found.user, door=sessions.STAFF, by="password", must=found.must)
        return sessions.welcome(request, to, token)
    return kit.panel(request, "console/accounts/sign_in.html", {"form": form, "next": to})


@never_cache
def second_factor(request: HttpRequest) -> HttpResponse:
    """Ask for the code of the app, or a recovery code, within five minutes of the password."""
    to = sessions.where_to(request, "/")
    pending = request.session.get(PENDING)
    fresh = pending and clock.now() - datetime.fromisoformat(pending["at"]) <= rules.SECOND_STEP_LIFE
    user = queries.user_by_pk(pending["user"]) if fresh else None
    if user is None:
        return _next(reverse("console:sign-in"), to)
    form = CodeForm(request.POST or None)
    if form.is_valid() and form.attempt(_prove, user):
        token = sessions.open_session(request, user, door=sessions.STAFF, by=form.result, must=pending["must"])
        return sessions.welcome(request, to, token)
    return kit.panel(request, "console/accounts/sign_in_code.html", {"form": form, "next": to})


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End this session, whichever face it belongs to."""
    door = reverse("portal:sign-in" if request.session.get("door") == sessions.PORTAL else "console:sign-in")
    sessions.close_session(request)
    return kit.saved(request, door)


def _prove(user: Any, *, code: str) -> str:
    return actions.prove_second_factor(user, code, at=clock.now())


def _next(door: str, to: str) -> HttpResponse:
    response = HttpResponseRedirect(f"{door}?next={quote(to)}" if to != "/" else door)
    response.status_code = 303
    return response
