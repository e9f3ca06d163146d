"""Recording, assigning and excusing one occurrence: one page and one form each."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from guanjia.domain.estate import queries as estates
from guanjia.domain.staff import queries as staff
from guanjia.domain.standards import actions, queries
from guanjia.domain.standards.permissions import ASSIGN, EXCUSE, RECORD, VIEW
from guanjia.domain.standards.queries import Item, Ref
from guanjia.faces.console.occurrences.day import back
from guanjia.faces.console.occurrences.forms import AssignmentForm, CompletionForm, ExcuseForm
from guanjia.faces.console.occurrences.words import named, turn, until
from guanjia.faces.kit import views as kit
from guanjia.kernel.periods import business_day


@kit.signed_in
def completion(request: HttpRequest) -> HttpResponse:
    request.actor.require(RECORD)
    estate = kit.chosen_estate(request, VIEW)
    item = _item(request, estate)
    if item is None:
        return HttpResponseRedirect(back(request))
    points = estates.checkpoints(request.actor, VIEW).filter(estate=estate)
    form = CompletionForm(item, request.at, points, request.POST or None, request.FILES or None)
    if form.is_valid() and form.attempt(_recording(form, item, estate, request)):
        return kit.saved(request, back(request), said=_("已记录"))
    return _page(request, item, form, _("记录完成"), _("记录完成"))


def _recording(form: CompletionForm, item: Item, estate: Any, request: HttpRequest) -> Any:
    """Return the act that the form asks for; what was typed is not what the action is called with."""
    facts: dict[str, Any] = {
        "done_at": form.cleaned_data["done_at"],
        "evidence": form.evidence,
        "period": item.slot.began,
        "k": item.slot.k,
    }
    facts |= {"actor": request.actor, "at": request.at}
    photo = form.cleaned_data.get("photo")

    def record(**_typed: Any) -> Any:
        if photo is None:
            return actions.record_done(estate, item.promise.code, item.target.key, **facts)
        return actions.record_with_photo(estate, item.promise.code, item.target.key, photo=photo, name=photo.name, **facts)

    return record


@kit.signed_in
def assignment(request: HttpRequest) -> HttpResponse:
    request.actor.require(ASSIGN)
    estate = kit.chosen_estate(request, VIEW)
    item = _item(request, estate)
    if item is None:
        return HttpResponseRedirect(back(request))
    people = [(each.member_id, each.name) for each in staff.responsible(estate, business_day(request.at))]
    form = AssignmentForm(people, request.POST or None)
    if form.is_valid() and form.attempt(actions.assign, estate, item.ref, actor=request.actor, at=request.at):
        return kit.saved(request, back(request), said=_("已指派"))
    return _page(request, item, form, _("指派"), _("指派"))


@kit.signed_in
def excuse(request: HttpRequest) -> HttpResponse:
    request.actor.require(EXCUSE)
    estate = kit.chosen_estate(request, VIEW)
    item = _item(request, estate)
    if item is None:
        return HttpResponseRedirect(back(request))
    form = ExcuseForm(request.POST or None)
    if form.is_valid() and form.attempt(actions.excuse, estate, item.ref, actor=request.actor, at=request.at):
        return kit.saved(request, back(request), said=_("已批准免做"))
    return _page(request, item, form, _("批准免做"), _("批准免做"))


def _item(request: HttpRequest, estate: Any) -> Item | None:
    """Return the occurrence that the address names; None when it names none at all. Raises Http404 when there is no such."""
    text = request.GET.get("ref", "")
    if not text:
        return None
    try:
        ref = Ref.parse(text)
    except ValueError:
        raise Http404 from None
    item = queries.find(request.actor, estate, ref, now=request.at)
    if item is None:
        raise Http404
    return item


def _page(request: HttpRequest, item: Item, form: Any, title: str, verb: str) -> HttpResponse:
    today = business_day(request.at)
    facts = [
        (_("条款"), named(item.promise)),
        (_("原文"), item.promise.quote),
        (_("对象"), item.target.label),
        (_("应做期"), until(item.slot, today)),
        (_("次序"), turn(item) or _("本期一次")),
        (_("负责岗位"), item.promise.post),
        (_("要留的实据"), "、".join(item.promise.evidence_labels)),
        (_("现在"), str(item.state.label)),
    ]
    context = {
        "item": item,
        "form": form,
        "title": title,
        "verb": verb,
        "facts_of": facts,
        "back": back(request),
        "here": request.get_full_path(),
    }
    status = 422 if form.is_bound and form.errors else 200
    return kit.page(request, "console/occurrences/act.html", context, status=status)
