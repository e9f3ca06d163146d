"""One member: posts, certificates, deputies, grids."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from guanjia.domain.estate import queries as estates
from guanjia.domain.staff import actions, queries
from guanjia.domain.staff.permissions import DEPUTISE, EDIT
from guanjia.domain.staff.rules.scopes import Scope
from guanjia.domain.staff.states import PostKind
from guanjia.domain.trail import queries as trail
from guanjia.faces.console.estate.acts import act, lines
from guanjia.faces.console.staff import forms
from guanjia.faces.console.staff.views.people import masked, today
from guanjia.faces.kit import views as kit

SHOWN = 30


def member_of(request: HttpRequest, pk: int, permission: str = "", *, company: bool = False) -> Any:
    """Return a member whom the person sees, for pages that change something only with the permission, maybe over the company.

    Without it the page does not exist for the person: that somebody works elsewhere is no secret worth a refusal of its own.
    """
    found = queries.members(request.actor, on=today(request)) | queries.members(request.actor, on=today(request), left=True)
    member = get_object_or_404(found, pk=pk)
    if permission and not request.actor.may(permission, Scope(member.company_id) if company else None):
        raise Http404
    return member


def link(member: Any) -> str:
    """Return the address of a member's page."""
    return reverse("console:member", args=[member.pk])


def way(member: Any) -> list[tuple[Any, str]]:
    """Return the way down to a member's page."""
    return [(_("人员与岗位"), reverse("console:people")), (member.name, link(member))]


def scopes_of(request: HttpRequest, member: Any) -> list[tuple[str, Any]]:
    """Return the scopes that the person may appoint over: the company, its branches, estates, buildings of the chosen estate."""
    wide = request.actor.may(EDIT, Scope(member.company_id))
    found: list[tuple[str, Any]] = [("company", _("全公司"))] if wide else []
    if wide:
        found += [(f"branch:{each.pk}", each.name) for each in estates.branches(request.actor) if each.company_id == member.company_id]
    within = [each for each in estates.estates(request.actor, EDIT) if each.company_id == member.company_id]
    found += [(f"estate:{each.pk}", each.name) for each in within]
    for estate in within[:3]:
        found += [(f"place:{each.pk}", f"{estate.name} {each.label}") for each in estates.buildings(request.actor, estate)]
    return found


def scope_from(request: HttpRequest, code: str) -> dict[str, Any]:
    """Return the scope that was chosen as arguments of `appoint`."""
    kind, _colon, pk = code.partition(":")
    if kind == "branch":
        return {"branch": get_object_or_404(estates.branches(request.actor), pk=pk)}
    if kind == "estate":
        return {"estate": get_object_or_404(estates.estates(request.actor, EDIT), pk=pk)}
    if kind == "place":
        return {"place": get_object_or_404(estates.places(request.actor), pk=pk)}
    return {}


@kit.signed_in
def member(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one member."""
    found = member_of(request, pk)
    day = today(request)
    entries = list(trail.timeline(request.actor, about=found)[:SHOWN])
    held = list(queries.appointments_seen(request.actor, found))
    context = {
        "member": found,
        "phone": masked(found),
        "appointments": [(each, queries.scope_label(each), each.ended_on is None or each.ended_on > day) for each in held],
        "certificates": queries.certificates(found, on=day),
        "deputyships": [each for each in queries.deputyships(request.actor, on=day) if each.member_id == pk],
        "grids": queries.stewardships_seen(request.actor, found, on=day),
        "timeline": lines(request, entries, icon=lambda entry: "history", more=_naming(request, entries)),
        "today": day,
        "may": {
            "edit": request.actor.may(EDIT, found),
            "appoint": request.actor.may(EDIT),
            "deputise": request.actor.member_id == pk or request.actor.may(DEPUTISE),
        },
    }
    return kit.page(request, "console/staff/member.html", context)


def _naming(request: HttpRequest, entries: list[Any]) -> Any:
    """Return a function that names the post or the deputy of an entry: the trail holds ids only."""
    posts = {post.pk: post.name for post in queries.posts(request.actor).filter(pk__in=_ids(entries, "post_id"))}
    deputies = {each.pk: each.name for each in queries.members(request.actor, on=today(request)).filter(pk__in=_ids(entries, "deputy_id"))}
    return lambda entry: posts.get(entry.payload.get("post_id"), "") or deputies.get(entry.payload.get("deputy_id"), "")


def _ids(entries: list[Any], name: str) -> list[int]:
    return [entry.payload[name] for entry in entries if name in entry.payload]


def _one(request: HttpRequest, found: Any, form: Any, action: Any, *args: Any, title: Any, said: Any, **facts: Any) -> HttpResponse:
    """Answer a form about a member and go back to the member's page."""
    return act(request, form, action, *args, title=title, crumbs=way(found), back=link(found), said=said, **facts)


@kit.signed_in
def facts(request: HttpRequest, pk: int) -> HttpResponse:
    found = member_of(request, pk, EDIT, company=True)
    initial = {name: getattr(found, name) for name in ("number", "name", "hired_on", "sex", "born_on")} | {"seen": found.version}
    form = forms.MemberFactsForm(request.POST or None, initial=initial)

    def change(*, phone: str, **rest: Any) -> None:
        actions.change_member(found, phone=phone or found.phone, **rest)

    return _one(request, found, form, change, about=found, title=_("改资料"), said=_("已保存"))


@kit.signed_in
def login(request: HttpRequest, pk: int) -> HttpResponse:
    found = member_of(request, pk, EDIT, company=True)
    form = forms.LoginForm(request.POST or None, initial={"login": found.number.lower(), "seen": found.version})
    return _one(request, found, form, actions.give_login, found, about=found, title=_("开通登录账号"), said=_("账号已开通"))


@kit.signed_in
def leave(request: HttpRequest, pk: int) -> HttpResponse:
    found = member_of(request, pk, EDIT, company=True)
    form = forms.LeaveForm(request.POST or None, initial={"left_on": today(request), "seen": found.version})
    warn = _("离职后，任职、代班和网格都在这一天结束。")
    return _one(
        request,
        found,
        form,
        actions.leave,
        found,
        about=found,
        title=_("登记离职"),
        said=_("已登记离职"),
        button=_("登记离职"),
        warn=warn,
        danger=True,
    )


@kit.signed_in
def appointment(request: HttpRequest, pk: int) -> HttpResponse:
    found = member_of(request, pk, EDIT)
    open_posts = [post for post in queries.posts(request.actor) if post.company_id == found.company_id and post.kind == PostKind.POST]
    form = forms.AppointmentForm(
        request.POST or None, posts=open_posts, scopes=scopes_of(request, found), initial={"began_on": today(request)}
    )

    def appoint(*, post: int, scope: str, **rest: Any) -> Any:
        chosen = next(each for each in open_posts if each.pk == post)
        return actions.appoint(found, post=chosen, **scope_from(request, scope), **rest)

    return _one(request, found, form, appoint, title=_("任命"), said=_("已任命"), button=_("任命"))


@kit.signed_in
def appointment_end(request: HttpRequest, pk: int, appointment: int) -> HttpResponse:
    found = member_of(request, pk, EDIT)
    row = get_object_or_404(queries.appointments_seen(request.actor, found), pk=appointment)
    form = forms.DayForm(request.POST or None, initial={"ended_on": today(request)})
    title = _("免去「%(post)s」") % {"post": row.post.name}
    return _one(request, found, form, actions.end_appointment, row, title=title, said=_("已免去"), button=_("免去"))


@kit.signed_in
def certificate(request: HttpRequest, pk: int) -> HttpResponse:
    found = member_of(request, pk, EDIT)
    form = forms.CertificateForm(request.POST or None)
    return _one(request, found, form, actions.note_certificate, found, title=_("登记证书"), said=_("已登记"))


@kit.signed_in
def revocation(request: HttpRequest, pk: int, certificate: int) -> HttpResponse:
    found = member_of(request, pk, EDIT)
    row = get_object_or_404(found.certificates, pk=certificate)
    form = forms.RevocationForm(request.POST or None, initial={"revoked_on": today(request), "seen": row.version})
    return _one(request, found, form, actions.revoke_certificate, row, about=row, title=_("证书作废"), said=_("已作废"), button=_("作废"))


@kit.signed_in
def deputy(request: HttpRequest, pk: int) -> HttpResponse:
    found = member_of(request, pk, "" if request.actor.member_id == pk else DEPUTISE)
    others = [each for each in queries.members(request.actor, on=today(request)) if each.pk != pk]
    form = forms.DeputyForm(request.POST or None, members=others, initial={"began_on": today(request)})

    def name(*, deputy: int, **rest: Any) -> Any:
        return actions.name_deputy(found, deputy=next(each for each in others if each.pk == deputy), **rest)

    return _one(request, found, form, name, title=_("安排代班"), said=_("已安排"))


@kit.signed_in
def deputy_end(request: HttpRequest, pk: int, deputyship: int) -> HttpResponse:
    found = member_of(request, pk, "" if request.actor.member_id == pk else DEPUTISE)
    row = get_object_or_404(found.deputyships, pk=deputyship)
    form = forms.DayForm(request.POST or None, initial={"ended_on": max(today(request), row.began_on)})
    return _one(request, found, form, actions.end_deputyship, row, title=_("提前结束代班"), said=_("已结束"))


@kit.signed_in
def steward(request: HttpRequest, pk: int) -> HttpResponse:
    found = member_of(request, pk, EDIT)
    grids = [grid for estate in estates.estates(request.actor, EDIT) for grid in estates.grids(request.actor, estate)]
    form = forms.StewardForm(request.POST or None, grids=grids, initial={"began_on": today(request)})

    def name(*, grid: int, **rest: Any) -> Any:
        return actions.name_steward(next(each for each in grids if each.pk == grid), member=found, **rest)

    return _one(request, found, form, name, title=_("任网格管家"), said=_("已任命为管家"))


@kit.signed_in
def steward_end(request: HttpRequest, pk: int, stewardship: int) -> HttpResponse:
    found = member_of(request, pk, EDIT)
    row = get_object_or_404(queries.stewardships_seen(request.actor, found, on=today(request)), pk=stewardship)
    form = forms.DayForm(request.POST or None, initial={"ended_on": today(request)})
    return _one(request, found, form, actions.end_stewardship, row, title=_("不再任管家"), said=_("已结束"))
