"""Acts on one place: new below it, renamed, revised, used otherwise, split, merged, ended."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from guanjia.domain.estate import actions, queries, states
from guanjia.domain.estate.permissions import EDIT, OCCUPY
from guanjia.faces.console.estate import forms
from guanjia.faces.console.estate.acts import act
from guanjia.faces.console.estate.views.premises import crumbs_of
from guanjia.faces.kit import views as kit


def link(place: Any) -> str:
    """Return the address of a place's page."""
    return reverse("console:place", args=[place.pk])


def within(request: HttpRequest, pk: int, permission: str) -> Any:
    """Return a present place that the person sees, once the permission is held there: 404 beyond reach, 403 without it."""
    place = get_object_or_404(queries.places(request.actor).select_related("premises", "parent").filter(ended_on=None), pk=pk)
    request.actor.require(permission, place)
    return place


def way(request: HttpRequest, place: Any) -> list[tuple[Any, str]]:
    return [*crumbs_of(request, place), (place.label, link(place))]


@kit.signed_in
def new(request: HttpRequest) -> HttpResponse:
    """Enter a place, under the one that `under` names or at the top of the chosen estate."""
    estate = kit.chosen_estate(request)
    parent = None
    if request.GET.get("under", "").isdecimal():
        parent = within(request, int(request.GET["under"]), EDIT)
        estate = parent.estate
    else:
        request.actor.require(EDIT, estate)
    form = forms.PlaceForm(request.POST or None)
    allowed = states.UNDER.get(parent.kind if parent else "", ())
    if not allowed:
        raise Http404
    form.fields["kind"].choices = [(kind.value, kind.label) for kind in states.PlaceKind if kind in allowed]  # type: ignore[attr-defined]
    if states.PlaceKind.BUILDING not in allowed:
        del form.fields["building_type"]
    crumbs = way(request, parent) if parent else [(_("房屋"), reverse("console:places"))]
    add = _adder(parent)
    return act(
        request, form, add, estate, title=_("新建"), crumbs=crumbs, back=lambda place: link(place), said=_("已建立"), button=_("建立")
    )


def _adder(parent: Any) -> Any:
    def add(estate: Any, **facts: Any) -> Any:
        if facts.get("area_m2", 0) is None:
            facts.pop("area_m2")
        return actions.add_place(estate, parent=parent, **facts)

    return add


@kit.signed_in
def name(request: HttpRequest, pk: int) -> HttpResponse:
    """Rename a place."""
    place = within(request, pk, EDIT)
    form = forms.NameForm(request.POST or None, initial={"code": place.code, "name": place.name, "seen": place.version})
    title = _("%(label)s 更名") % {"label": place.label}
    return act(
        request, form, actions.rename_place, place, about=place, title=title, crumbs=way(request, place), back=link(place), said=_("已更名")
    )


@kit.signed_in
def facts(request: HttpRequest, pk: int) -> HttpResponse:
    """Change the facts of premises."""
    place = within(request, pk, EDIT)
    if place.kind not in states.HELD:
        raise Http404
    known = {field: getattr(place.premises, field) for field in ("area_m2", "inner_area_m2", "layout", "usage", "tenure", "delivered_on")}
    form = forms.FactsForm(request.POST or None, initial={**known, "seen": place.version})
    if place.kind != states.PlaceKind.PARKING:
        del form.fields["tenure"]
    title = _("%(label)s 房屋资料") % {"label": place.label}
    return act(
        request,
        form,
        actions.revise_premises,
        place,
        about=place,
        title=title,
        crumbs=way(request, place),
        back=link(place),
        said=_("已保存"),
    )


@kit.signed_in
def vacancy(request: HttpRequest, pk: int) -> HttpResponse:
    """Say how premises are used from a day on."""
    place = within(request, pk, OCCUPY)
    if place.kind not in states.HELD:
        raise Http404
    now = queries.vacancies(place).first()
    initial = {"state": now.state if now else None, "began_on": timezone.localtime(request.at).date(), "seen": place.version}
    form = forms.VacancyForm(request.POST or None, initial=initial)
    title = _("%(label)s 使用状态") % {"label": place.label}
    return act(
        request, form, actions.set_vacancy, place, about=place, title=title, crumbs=way(request, place), back=link(place), said=_("已登记")
    )


@kit.signed_in
def split(request: HttpRequest, pk: int) -> HttpResponse:
    """Split premises."""
    place = within(request, pk, EDIT)
    if place.kind not in states.HELD:
        raise Http404
    area = place.premises.area_m2
    form = forms.SplitForm(
        request.POST or None,
        initial={"codes": f"{place.code} {area or ''}\n{place.code}A ", "on": timezone.localtime(request.at).date(), "seen": place.version},
    )
    title = _("拆分 %(label)s（%(area)s ㎡）") % {"label": place.label, "area": area if area is not None else "—"}
    warn = _("拆分后原房号停用，历史保留在各间的变更记录里；表和设备留在第一间。")

    def do(room: Any, *, codes: Any, **rest: Any) -> Any:
        return actions.split_premises(room, into=codes, **rest)

    return act(
        request, form, do, place, about=place, title=title, crumbs=way(request, place), said=_("已拆分"), button=_("拆分"), warn=warn,
        back=lambda parts: link(parts[0]),
    )  # fmt: skip


@kit.signed_in
def merger(request: HttpRequest, pk: int) -> HttpResponse:
    """Merge premises with others of the same building."""
    place = within(request, pk, EDIT)
    if place.kind not in states.HELD:
        raise Http404
    building = next((each for each in reversed(queries.ancestors(place)) if each.kind == states.PlaceKind.BUILDING), None)
    around = queries.present(request.actor, place.estate, EDIT).filter(kind=place.kind).exclude(pk=place.pk)
    near = around.filter(queries.under(building.path)) if building else around.filter(parent=place.parent)
    level = [place.floor_number + step for step in (-1, 0, 1)] if place.floor_number is not None else [None]
    beside = list(near.filter(floor_number__in=level)[:24] if place.floor_number is not None else near[:24])
    form = forms.MergeForm(request.POST or None, beside=beside, initial={"code": place.code, "on": timezone.localtime(request.at).date()})
    title = _("合并 %(label)s") % {"label": place.label}
    warn = _("选中的房屋并入 %(label)s：面积相加，原房号停用，历史保留。") % {"label": place.label}

    def do(room: Any, *, rooms: list[str], **rest: Any) -> Any:
        picked = {int(pk): int(version) for pk, version in (each.split(".") for each in rooms)}
        others = [each for each in beside if each.pk in picked]
        seen = [room.version, *(picked[each.pk] for each in others)]
        return actions.merge_premises([room, *others], seen=seen, **rest)

    return act(
        request, form, do, place, title=title, crumbs=way(request, place), back=lambda merged: link(merged), said=_("已合并"), button=_("合并"),
        warn=warn,
    )  # fmt: skip


@kit.signed_in
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """End a place."""
    place = within(request, pk, EDIT)
    form = forms.EndForm(request.POST or None, initial={"on": timezone.localtime(request.at).date(), "seen": place.version})
    title = _("停用 %(label)s") % {"label": place.label}
    warn = _("停用后不再出现在列表和搜索里，记录保留。里面还有房屋、设备、表、点位或住户时不能停用。")
    return act(
        request, form, actions.end_place, place, about=place, title=title, crumbs=way(request, place), back=reverse("console:places"),
        said=_("已停用"), button=_("停用"), warn=warn, danger=True,
    )  # fmt: skip
