"""我的账号: password, second factor, where I am signed in, devices, keys for programs. Everybody's own, nobody else's."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from guanjia.domain.accounts import actions, queries
from guanjia.faces.console.accounts.forms import ConfirmForm, EnrolForm, PasswordForm, TokenForm
from guanjia.faces.kit import views as kit
from guanjia.kernel import permissions


@never_cache
@kit.signed_in
def account(request: HttpRequest) -> HttpResponse:
    user, at = request.user, request.at
    context = {
        "user": user,
        "sessions": queries.sessions_of(user, at=at),
        "here": request.session.row.session_key,
        "devices": queries.devices_of(user),
        "tokens": queries.tokens_of(user),
        "codes_left": queries.recovery_codes_left(user),
        "demanded": queries.second_factor_demanded(user, at=at),
    }
    return kit.page(request, "console/accounts/account.html", context)


@never_cache
@kit.signed_in
def password(request: HttpRequest) -> HttpResponse:
    form = PasswordForm(request.POST or None)
    keep = request.session.row.session_key
    if form.is_valid() and form.attempt(_change_password, request, keep=keep):
        if request.session.get("must") == "password":
            demanded = queries.second_factor_demanded(request.user, at=request.at) and not request.user.totp_since
            request.session["must"] = "second-factor" if demanded else ""
        return kit.saved(request, _back(), said=_("密码已修改，其他地方的登录已退出"))
    must = request.session.get("must") == "password"
    return kit.panel(request, "console/accounts/password.html", {"form": form, "must": must})


@never_cache
@kit.signed_in
def second_factor(request: HttpRequest) -> HttpResponse:
    """Show the secret as a QR code until the app proves to know it; then show the recovery codes once."""
    user = request.user
    if user.totp_since is not None:
        return kit.saved(request, _back())
    form = EnrolForm(request.POST or None)
    if form.is_valid() and form.attempt(actions.confirm_second_factor, user, actor=request.actor, at=request.at):
        if request.session.get("must") == "second-factor":
            request.session["must"] = ""
        return kit.page(request, "console/accounts/recovery_codes.html", {"codes": form.result})
    secret = actions.begin_second_factor(user)
    address = queries.address_for_app(user, issuer=_("管家"))
    groups = " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))
    context = {"form": form, "address": address, "secret": groups, "must": request.session.get("must") == "second-factor"}
    return kit.panel(request, "console/accounts/second_factor.html", context)


@never_cache
@kit.signed_in
def second_factor_removal(request: HttpRequest) -> HttpResponse:
    form = ConfirmForm(request.POST or None)
    if form.is_valid() and form.attempt(actions.remove_second_factor, request.user, actor=request.actor, at=request.at):
        return kit.saved(request, _back(), said=_("两步验证已关闭"))
    return kit.panel(request, "console/accounts/confirm.html", {"form": form, "doing": "removal"})


@never_cache
@kit.signed_in
def recovery_codes(request: HttpRequest) -> HttpResponse:
    form = ConfirmForm(request.POST or None)
    if form.is_valid() and form.attempt(actions.make_recovery_codes, request.user, actor=request.actor, at=request.at):
        return kit.page(request, "console/accounts/recovery_codes.html", {"codes": form.result})
    return kit.panel(request, "console/accounts/confirm.html", {"form": form, "doing": "codes"})


@require_POST
@kit.signed_in
def sessions(request: HttpRequest) -> HttpResponse:
    """End all sessions but this one."""
    keep = request.session.row.session_key
    count = actions.end_sessions(request.user, keep=keep, actor=request.actor, at=request.at)
    return kit.saved(request, _back(), said=_("已结束 %(count)d 处登录") % {"count": count})


@require_POST
@kit.signed_in
def session(request: HttpRequest, key: str) -> HttpResponse:
    get_object_or_404(queries.sessions_of(request.user, at=request.at), session_key=key)
    actions.end_sessions(request.user, [key], actor=request.actor, at=request.at)
    return kit.saved(request, _back(), said=_("那处登录已结束"))


@require_POST
@kit.signed_in
def device(request: HttpRequest, pk: int) -> HttpResponse:
    device = get_object_or_404(queries.devices_of(request.user), pk=pk)
    actions.forget_device(device, actor=request.actor, at=request.at)
    return kit.saved(request, _back(), said=_("设备已移除"))


@never_cache
@kit.signed_in
def tokens(request: HttpRequest) -> HttpResponse:
    """Make a key for programs; it is shown once."""
    held = {name for grant in request.actor.grants for name in grant.permissions}
    form = TokenForm(request.POST or None, scopes=[(name, label) for name, label in sorted(permissions.every().items()) if name in held])
    if form.is_valid() and form.attempt(actions.make_token, request.user, actor=request.actor, at=request.at):
        token, secret = form.result
        return kit.page(request, "console/accounts/token.html", {"token": token, "secret": secret})
    return kit.panel(request, "console/accounts/tokens.html", {"form": form})


@require_POST
@kit.signed_in
def token(request: HttpRequest, pk: int) -> HttpResponse:
    token = get_object_or_404(queries.tokens_of(request.user), pk=pk)
    actions.revoke_token(token, actor=request.actor, at=request.at)
    return kit.saved(request, _back(), said=_("令牌已吊销"))


def _change_password(request: HttpRequest, *, keep: str, **facts: Any) -> None:
    """Change it, and keep this window signed in under the new password."""
    actions.change_password(request.user, keep=keep, actor=request.actor, at=request.at, **facts)
    update_session_auth_hash(request, request.user)


def _back() -> str:
    return reverse("console:account")
