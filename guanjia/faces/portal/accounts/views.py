"""The door for residents: a phone, then the code that was sent to it. The answers are the same for every number."""

from __future__ import annotations

from urllib.parse import quote

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from guanjia.domain.accounts import actions, queries
from guanjia.faces.kit import sessions
from guanjia.faces.kit import views as kit
from guanjia.faces.kit.forms import Form
from guanjia.kernel import clock

PHONE = "sign-in-phone"


class PhoneForm(Form):
    phone = forms.CharField(
        label=_("手机号"),
        max_length=30,
        help_text=_("物业登记的那个号码"),
        widget=forms.TextInput(attrs={"type": "tel", "inputmode": "tel", "autocomplete": "tel-national", "autofocus": True}),
    )


class CodeForm(Form):
    code = forms.CharField(
        label=_("验证码"),
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "autofocus": True}),
    )


@never_cache
def phone(request: HttpRequest) -> HttpResponse:
    to = sessions.where_to(request, "/portal/")
    if request.method == "GET" and request.user.is_authenticated and queries.resident_for(request.user, at=clock.now()):
        return HttpResponseRedirect(to)
    form = PhoneForm(request.POST or None)
    if form.is_valid() and form.attempt(actions.send_code, address=sessions.address_of(request), at=clock.now()):
        request.session[PHONE] = form.cleaned_data["phone"]
        return _next(reverse("portal:sign-in-code"), to)
    return kit.panel(request, "portal/accounts/sign_in.html", {"form": form, "next": to})


@never_cache
def code(request: HttpRequest) -> HttpResponse:
    to = sessions.where_to(request, "/portal/")
    number = request.session.get(PHONE)
    if not number:
        return _next(reverse("portal:sign-in"), to)
    form = CodeForm(request.POST or None)
    if form.is_valid() and form.attempt(actions.sign_in_by_code, phone=number, at=clock.now()):
        token = sessions.open_session(request, form.result, door=sessions.PORTAL, by="code")
        return sessions.welcome(request, to, token)
    shown = f"{number[:3]}****{number[-4:]}"
    return kit.panel(request, "portal/accounts/sign_in_code.html", {"form": form, "next": to, "shown": shown})


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    sessions.close_session(request)
    return kit.saved(request, reverse("portal:sign-in"))


def _next(door: str, to: str) -> HttpResponse:
    response = HttpResponseRedirect(f"{door}?next={quote(to)}" if to != "/portal/" else door)
    response.status_code = 303
    return response
