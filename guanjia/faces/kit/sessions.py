"""Sessions as every face opens, limits and closes them. Who may go in is decided by `accounts.actions`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth import login, logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme

from guanjia.domain.accounts import actions, rules
from guanjia.kernel import clock

DEVICE_COOKIE = "device"
DEVICE_AGE_SECONDS = 400 * 24 * 3600  # the longest that browsers keep a cookie
STAFF, PORTAL = "staff", "portal"
LIMITS = {PORTAL: (rules.RESIDENT_IDLE, rules.RESIDENT_ABSOLUTE)}
STAFF_LIMITS = (rules.STAFF_IDLE, rules.STAFF_ABSOLUTE)
MUST = {"password": "/settings/account/password/", "second-factor": "/settings/account/second-factor/"}


class Limits:
    """End a session that was idle too long or is too old, and note that it was used."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated:
            row, now = request.session.row, clock.now()  # type: ignore[attr-defined]
            idle, absolute = LIMITS.get(row.door, STAFF_LIMITS)
            if now - row.seen_at > idle or now - row.began_at > absolute:
                logout(request)
            else:
                actions.touch(row.session_key, at=now)
        return self.get_response(request)


def address_of(request: HttpRequest) -> str:
    """Return the address of the browser, past as many of our own proxies as settings say; the rest is anybody's claim."""
    if settings.PROXIES:
        hops = [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",") if hop.strip()]
        if len(hops) >= settings.PROXIES:
            return hops[-settings.PROXIES][:45]
    return str(request.META.get("REMOTE_ADDR", ""))[:45]


def open_session(request: HttpRequest, user: Any, *, door: str, by: str, must: str = "") -> str:
    """Open a fresh session for the user and return the token for the device's cookie."""
    now = clock.now()
    agent = request.headers.get("User-Agent", "")[:200]
    device, token = actions.enter(user, door=door, by=by, device_token=device_token(request), agent=agent, at=now)
    request.session.flush()
    login(request, user, backend="django.contrib.auth.backends.ModelBackend")
    request.session.update(
        {"door": door, "device": device.pk, "agent": agent, "address": address_of(request), "began": now.isoformat(), "must": must}
    )
    request.session.set_expiry(int(LIMITS.get(door, STAFF_LIMITS)[1].total_seconds()))
    return token


def device_token(request: HttpRequest) -> str:
    return request.COOKIES.get(DEVICE_COOKIE, "")[:64]


def welcome(request: HttpRequest, to: str, token: str) -> HttpResponse:
    """Answer a sign-in: lead on, and leave the device's cookie."""
    response = HttpResponseRedirect(to)
    response.status_code = 303
    response.set_cookie(
        DEVICE_COOKIE, token, max_age=DEVICE_AGE_SECONDS, httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
    )
    return response


def close_session(request: HttpRequest) -> None:
    """End this session and record it."""
    if request.user.is_authenticated:
        actions.leave(request.user, at=clock.now())
    logout(request)


def where_to(request: HttpRequest, default: str) -> str:
    """Return the page that asked for the sign-in, if it is one of ours."""
    to = request.POST.get("next") or request.GET.get("next") or ""
    return to if url_has_allowed_host_and_scheme(to, {request.get_host()}, require_https=request.is_secure()) else default


def still_must(request: HttpRequest) -> str:
    """Return where the person must go first: a lent password or a demanded second factor; "" when nothing is open."""
    to = MUST.get(request.session.get("must", ""), "")
    return "" if request.path.startswith("/settings/account/") else to
