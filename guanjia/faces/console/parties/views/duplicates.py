"""重复住户: pairs that may be one party, merging them, and undoing it."""

from __future__ import annotations

from typing import Any

from django import forms as django_forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from guanjia.domain.parties import actions, queries
from guanjia.domain.parties.permissions import MERGE
from guanjia.faces.console.parties import forms
from guanjia.faces.console.parties.views.people import today
from guanjia.faces.console.parties.views.person import party_of
from guanjia.faces.kit import views as kit


class MergerForm(forms.Versioned):
    """Which two versions were compared."""

    merged_seen = django_forms.IntegerField(widget=django_forms.HiddenInput)


@kit.signed_in
def duplicates(request: HttpRequest) -> HttpResponse:
    """List the pairs that look alike, and the merges that can be undone."""
    estate = kit.chosen_estate(request, MERGE)
    request.actor.require(MERGE, estate)
    context = {
        "estate": estate,
        "candidates": queries.candidates(request.actor, estate, on=today(request)),
        "merges": queries.merges(request.actor, estate)[:50],
        "reasons": {"identity": _("证件号码相同"), "phone": _("电话相同"), "name_and_place": _("同一房屋、同名")},
    }
    return kit.page(request, "console/parties/duplicates.html", context)


def _pair(request: HttpRequest, pk: int, other: int) -> tuple[Any, Any]:
    """Return two parties where the person may merge: 404 beyond reach, 403 without the permission."""
    return party_of(request, pk, MERGE), party_of(request, other, MERGE)


@kit.signed_in
def merger(request: HttpRequest, pk: int, other: int) -> HttpResponse:
    """Show two records side by side; keep the first and merge the second into it."""
    kept, merged = _pair(request, pk, other)
    form = MergerForm(request.POST or None, initial={"seen": kept.version, "merged_seen": merged.version})
    if form.is_valid() and form.attempt(actions.merge, kept, merged=merged, actor=request.actor, at=request.at):
        return kit.saved(request, reverse("console:party", args=[kept.pk]), said=_("已合并，可在「重复住户」里撤销"))
    lines = queries.rows([kept, merged], on=today(request))
    context = {"form": form, "kept": lines[0], "merged": lines[1], "papers": [queries.paper(kept), queries.paper(merged)]}
    return kit.panel(request, "console/parties/_merger.html", context, within="console/parties/merger.html")


@kit.signed_in
@require_POST
def apart(request: HttpRequest, pk: int, other: int) -> HttpResponse:
    """Note that two records are two parties."""
    one, two = _pair(request, pk, other)
    actions.keep_apart(one, other=two, actor=request.actor, at=request.at)
    return kit.saved(request, reverse("console:party-duplicates"), said=_("已记下，不再提示这一对"))


@kit.signed_in
@require_POST
def undoing(request: HttpRequest, pk: int) -> HttpResponse:
    """Part two merged records again."""
    estate = kit.chosen_estate(request, MERGE)
    done = get_object_or_404(queries.merges(request.actor, estate), pk=pk)
    actions.undo_merge(done, actor=request.actor, at=request.at)
    return kit.saved(request, reverse("console:party-duplicates"), said=_("已撤销合并"))
