"""Posts: the reporting tree, what each may do, the library."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from guanjia.domain.staff import actions, queries
from guanjia.domain.staff.permissions import POSTS, VIEW
from guanjia.domain.staff.rules.scopes import Scope
from guanjia.domain.staff.states import PostKind
from guanjia.faces.console.estate.acts import act
from guanjia.faces.console.staff import forms
from guanjia.faces.console.staff.views.people import company_of, tabs, today
from guanjia.faces.kit import views as kit

KINDS = {"": (PostKind.POST, PostKind.UNIT), "all": tuple(PostKind.values)}


@kit.signed_in
def posts(request: HttpRequest) -> HttpResponse:
    """Show the posts below their superiors."""
    request.actor.require(VIEW)
    shown = request.GET.get("show", "")
    company = company_of(request)
    context = {
        "tabs": tabs("posts"),
        "nodes": list(queries.tree(request.actor, on=today(request), kinds=KINDS.get(shown, KINDS[""]))),
        "shown": shown,
        "may_set": request.actor.may(POSTS, Scope(company.pk)),
    }
    return kit.page(request, "console/staff/posts.html", context)


@kit.signed_in
@require_POST
def library(request: HttpRequest) -> HttpResponse:
    """Load the posts of the documents; what somebody edited stays."""
    added, changed = actions.load_library(company_of(request), actor=request.actor, at=request.at)
    said = _("新增 %(added)d 个岗位，更新 %(changed)d 个") % {"added": added, "changed": changed}
    return kit.saved(request, reverse("console:posts"), said=said)


@kit.signed_in
def new(request: HttpRequest) -> HttpResponse:
    """Add a post of the company's own."""
    company = company_of(request)
    request.actor.require(POSTS, Scope(company.pk))
    form = forms.PostForm(request.POST or None)

    def add(*, name: str, **facts: Any) -> Any:
        return actions.add_post(company, code=name, name=name, **facts)

    return act(
        request,
        form,
        add,
        title=_("新建岗位"),
        crumbs=[(_("岗位"), reverse("console:posts"))],
        back=lambda post: reverse("console:post", args=[post.pk]),
        said=_("已新建"),
        wide=("permissions",),
    )


@kit.signed_in
def post(request: HttpRequest, pk: int) -> HttpResponse:
    """Show and set what a post may do and whom it reports to."""
    found = get_object_or_404(queries.posts(request.actor).select_related("department", "reports_to"), pk=pk)
    may_set = request.actor.may(POSTS, Scope(found.company_id)) and found.kind == PostKind.POST
    others = [each for each in queries.posts(request.actor) if each.company_id == found.company_id and each.pk != pk]
    initial = {
        "permissions": found.permissions,
        "requires_totp": found.requires_totp,
        "reports_to": found.reports_to_id,
        "seen": found.version,
    }
    form = forms.PostFactsForm(request.POST or None, posts=others, initial=initial)
    for name in () if may_set else ("reports_to", "requires_totp"):
        form.fields[name].disabled = True
    if request.method == "POST":
        request.actor.require(POSTS, Scope(found.company_id))

    def change(*, reports_to: int | None, **facts: Any) -> None:
        above = next((each for each in others if each.pk == reports_to), None)
        actions.change_post(found, reports_to=above, **facts)

    if form.is_valid() and form.attempt(change, actor=request.actor, at=request.at):
        return kit.saved(request, reverse("console:post", args=[pk]), said=_("已保存，立即生效"))
    context = {
        "post": found,
        "form": form,
        "may_set": may_set,
        "held": set(form["permissions"].value() or []),
        "groups": queries.permission_groups(found),
        "holders": queries.holders(request.actor, found, on=today(request)),
        "lines": list(found.lines.select_related("to").order_by("rank")),
        "crumbs": [(_("人员与岗位"), reverse("console:people")), (_("岗位"), reverse("console:posts"))],
    }
    return kit.panel(request, "console/staff/_post.html", context, within="console/staff/post.html")
