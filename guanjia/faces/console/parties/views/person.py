"""One person or firm: facts, numbers on record, homes, preferences, consent, what happened."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from guanjia.domain.parties import actions, queries, states
from guanjia.domain.parties.actions.revealing import What
from guanjia.domain.parties.permissions import EDIT, MERGE, REVEAL, VIEW
from guanjia.domain.trail import queries as trail
from guanjia.faces.console.estate.acts import act, lines
from guanjia.faces.console.parties import forms
from guanjia.faces.console.parties.views.people import today
from guanjia.faces.kit import views as kit
from guanjia.kernel import identity
from guanjia.kernel.errors import NotAllowed

SHOWN = 30
WHATS = {What.PHONE: gettext_lazy("电话"), What.IDENTITY: gettext_lazy("证件号码"), What.PLATE: gettext_lazy("车牌")}


def party_of(request: HttpRequest, pk: int, permission: str = VIEW) -> Any:
    """Return a party that the person sees, once the permission reaches it: 404 beyond reach, 403 without it. Merged ones are not found."""
    found = get_object_or_404(queries.visible(request.actor).select_related("estate"), pk=pk)
    if permission != VIEW and not queries.visible(request.actor, permission).filter(pk=pk).exists():
        raise NotAllowed(permission)
    return found


def link(party: Any) -> str:
    """Return the address of a party's page."""
    return reverse("console:party", args=[party.pk])


def way(party: Any) -> list[tuple[Any, str]]:
    """Return the way down to a party's page."""
    return [(_("住户"), reverse("console:parties")), (party.name, link(party))]


def history(request: HttpRequest, party: Any) -> list[dict[str, str]]:
    """Return what was done to the record and who looked at its numbers what for, the latest first."""
    entries = list(trail.timeline(request.actor, about=party)[:SHOWN])
    return lines(request, entries, icon=lambda entry: "eye" if entry.name == "parties.Revealed" else "history", more=_seen)


def _seen(entry: Any) -> str:
    """Return which number was looked at and what for."""
    if entry.name != "parties.Revealed":
        return ""
    purposes = dict(states.RevealPurpose.choices)
    return f"{WHATS.get(entry.payload['what'], '')} · {purposes.get(entry.payload['purpose'], '')}"


@kit.signed_in
def party(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one party."""
    found = party_of(request, pk)
    day = today(request)
    reaches = lambda permission: queries.visible(request.actor, permission).filter(pk=pk).exists()  # noqa: E731
    context = {
        "party": found,
        "phones": queries.phones(found),
        "paper": queries.paper(found),
        "homes": queries.occupancies(found, on=day),
        "preferences": queries.preferences(found, on=day),
        "vehicles": queries.vehicles(found, on=day),
        "consents": queries.consents(found),
        "timeline": history(request, found),
        "id_kinds": dict(identity.Kind.choices),
        "may": {"edit": reaches(EDIT), "reveal": reaches(REVEAL), "merge": reaches(MERGE)},
    }
    return kit.page(request, "console/parties/party.html", context)


def _one(request: HttpRequest, pk: int, form: Any, action: Any, *args: Any, title: Any, said: Any, **facts: Any) -> HttpResponse:
    """Answer a form about a party and go back to its page."""
    found = party_of(request, pk, EDIT)
    return act(request, form, action, *args, title=title, crumbs=way(found), back=link(found), said=said, **facts)


@kit.signed_in
def facts(request: HttpRequest, pk: int) -> HttpResponse:
    found = party_of(request, pk, EDIT)
    initial = {name: getattr(found, name) for name in ("name", "client_type", "sex", "born_on")} | {"seen": found.version}
    form = forms.PartyFactsForm(request.POST or None, initial=initial)
    if not found.id_index:
        del form.fields["no_id"]
    return _one(request, pk, form, actions.change, found, about=found, title=_("改资料"), said=_("已保存"))


@kit.signed_in
def phone(request: HttpRequest, pk: int) -> HttpResponse:
    form = forms.PhoneForm(request.POST or None)
    return _one(request, pk, form, actions.add_phone, party_of(request, pk, EDIT), title=_("添加电话"), said=_("已添加"))


@kit.signed_in
@require_POST
def phone_end(request: HttpRequest, pk: int, phone: int) -> HttpResponse:
    found = party_of(request, pk, EDIT)
    actions.end_phone(get_object_or_404(found.phones, pk=phone), actor=request.actor, at=request.at)
    return kit.saved(request, link(found), said=_("号码已停用"))


@never_cache
@kit.signed_in
def numbers(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """Ask for the purpose; then show the numbers in full, once, and say that it is on record."""
    found = party_of(request, pk, REVEAL)
    if what not in list(What):
        raise Http404
    form = forms.RevealForm(request.POST if request.method == "POST" else None)
    shown = form.is_valid() and form.attempt(actions.reveal, found, what=what, actor=request.actor, at=request.at)
    context = {"party": found, "what": what, "label": WHATS[What(what)], "form": form, "numbers": form.result if shown else None}
    return kit.panel(request, "console/parties/_numbers.html", context, within="console/parties/numbers.html")


@kit.signed_in
def preference(request: HttpRequest, pk: int) -> HttpResponse:
    form = forms.PreferenceForm(request.POST or None)
    return _one(request, pk, form, actions.note_preference, party_of(request, pk, EDIT), title=_("记下偏好"), said=_("已记下"))


@kit.signed_in
@require_POST
def preference_end(request: HttpRequest, pk: int, preference: int) -> HttpResponse:
    found = party_of(request, pk, EDIT)
    row = get_object_or_404(found.preferences, pk=preference)
    actions.end_preference(row, seen=row.version, actor=request.actor, at=request.at)
    return kit.saved(request, link(found), said=_("已撤下"))


@kit.signed_in
def consent(request: HttpRequest, pk: int) -> HttpResponse:
    form = forms.ConsentForm(request.POST or None)
    return _one(
        request, pk, form, actions.give_consent, party_of(request, pk, EDIT), title=_("登记同意"), said=_("已登记"), wide=("wording",)
    )


@kit.signed_in
@require_POST
def consent_withdrawal(request: HttpRequest, pk: int, consent: int) -> HttpResponse:
    found = party_of(request, pk, EDIT)
    actions.withdraw_consent(get_object_or_404(found.consents, pk=consent), actor=request.actor, at=request.at)
    return kit.saved(request, link(found), said=_("同意已撤回"))
