"""设备台账: the ledger with inspection-due filters, one machine, its inspections."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from guanjia.domain.estate import actions, queries, states
from guanjia.domain.estate.permissions import EDIT, EXPORT, INSPECT
from guanjia.domain.trail import queries as trail
from guanjia.faces.console.estate import forms
from guanjia.faces.console.estate.acts import act, lines
from guanjia.faces.kit import views as kit
from guanjia.faces.kit.listing import Column, Listing
from guanjia.kernel.errors import Refusal

SOON_DAYS = 60
CATEGORIES = dict(states.Category.choices)
STATES = dict(states.Running.choices)
KEEPERS = dict(states.Keeper.choices)


class NoSuchPlace(Refusal):
    """What was typed names no place, or several."""

    code, field = "no_such_place", "place_code"


def columns() -> list[Column]:
    """Return the columns of the ledger and of its workbook."""
    return [
        Column(_("设备编号"), lambda row: row.code, sort="code"),
        Column(_("名称"), lambda row: row.name, sort="name"),
        Column(_("类别"), lambda row: CATEGORIES.get(row.category, row.category), sort="category"),
        Column(_("位置"), lambda row: row.place.label if row.place else ""),
        Column(_("状态"), lambda row: STATES[row.state], sort="state"),
        Column(_("责任方"), lambda row: row.keeper_name or KEEPERS[row.keeper]),
        Column(_("安全员"), lambda row: row.officer),
        Column(_("下次检验"), lambda row: row.inspect_due_on, sort="inspect_due_on"),
        Column(_("许可有效期至"), lambda row: row.permit_until, sort="permit_until"),
        Column(_("型号"), lambda row: row.model),
        Column(_("出厂编号"), lambda row: row.serial),
    ]


def chosen(request: HttpRequest, estate: Any) -> tuple[QuerySet[Any], dict[str, str]]:
    """Return the equipment that the address asks for, and the filters as they were understood."""
    asked = {name: request.GET.get(name, "").strip() for name in ("q", "category", "due", "state")}
    today = timezone.localtime(request.at).date()
    rows = queries.equipment(request.actor).filter(estate=estate)
    rows = rows.filter(state=asked["state"]) if asked["state"] in STATES else rows.exclude(state=states.Running.RETIRED)
    if asked["category"] in CATEGORIES:
        rows = rows.filter(category=asked["category"])
    rows = {"late": rows.filter(late(today)), "soon": rows.filter(soon(today)), "unknown": rows.filter(unknown())}.get(asked["due"], rows)
    if asked["q"]:
        rows = rows.filter(Q(code__icontains=asked["q"]) | Q(name__icontains=asked["q"]) | Q(place__label__icontains=asked["q"]))
    return rows.order_by(F("inspect_due_on").asc(nulls_last=True), "code"), asked


def late(today: Any) -> Q:
    return Q(inspect_due_on__lt=today) | Q(permit_until__lt=today)


def soon(today: Any) -> Q:
    return Q(inspect_due_on__gte=today, inspect_due_on__lte=today + timedelta(days=SOON_DAYS))


def unknown() -> Q:
    return Q(undated=True)


@kit.signed_in
def equipment(request: HttpRequest) -> HttpResponse:
    """Show the ledger: what is overdue first."""
    estate = kit.chosen_estate(request)
    rows, asked = chosen(request, estate)
    today = timezone.localtime(request.at).date()
    everything = queries.equipment(request.actor).filter(estate=estate).exclude(state=states.Running.RETIRED)
    counts = everything.order_by().aggregate(
        all=Count("pk"),
        late=Count("pk", filter=late(today)),
        soon=Count("pk", filter=soon(today)),
        unknown=Count("pk", filter=unknown()),
    )
    here = reverse("console:equipment")
    counters = [
        {"label": _("在册"), "value": counts["all"], "href": here, "current": not asked["due"]},
        {
            "label": _("已过期"),
            "value": counts["late"],
            "href": f"{here}?due=late",
            "tone": "over" if counts["late"] else "",
            "current": asked["due"] == "late",
        },
        {
            "label": _("%(days)s 天内到期") % {"days": SOON_DAYS},
            "value": counts["soon"],
            "href": f"{here}?due=soon",
            "tone": "soon" if counts["soon"] else "",
            "current": asked["due"] == "soon",
        },
        {
            "label": _("缺日期"),
            "value": counts["unknown"],
            "href": f"{here}?due=unknown",
            "note": _("请补验收日期"),
            "current": asked["due"] == "unknown",
        },
    ]
    context = {
        "estate": estate,
        "listing": Listing(request, rows, columns()),
        "asked": asked,
        "counters": counters,
        "categories": states.Category.choices,
        "states": states.Running.choices,
        "labels": {"category": CATEGORIES, "state": STATES, "keeper": KEEPERS},
        "today": today,
        "soon_on": today + timedelta(days=SOON_DAYS),
        "may_edit": request.actor.may(EDIT, estate),
        "may_export": request.actor.may(EXPORT, estate),
    }
    return kit.panel(request, "console/estate/_equipment.html", context, within="console/estate/equipment.html")


@kit.signed_in
def workbook(request: HttpRequest) -> HttpResponse:
    """Give the ledger with its filters as a workbook."""
    estate = kit.chosen_estate(request)
    request.actor.require(EXPORT, estate)
    rows, _asked = chosen(request, estate)
    return Listing(request, rows, columns()).workbook(_("设备台账"))


def thing_of(request: HttpRequest, pk: int, permission: str = "") -> Any:
    """Return equipment that the person sees, once the permission is held there."""
    thing = get_object_or_404(queries.equipment(request.actor), pk=pk)
    if permission:
        request.actor.require(permission, thing)
    return thing


def place_named(request: HttpRequest, estate: Any, text: str) -> Any:
    """Return the one place that the text names. Raises NoSuchPlace."""
    exact = queries.present(request.actor, estate).filter(Q(label=text) | Q(name=text))[:2]
    found = list(exact) or [hit.place for hit in queries.find(request.actor, estate, text)]
    if len(found) != 1:
        raise NoSuchPlace(_("没找到「%(text)s」") % {"text": text} if not found else _("「%(text)s」对应多处，请写全") % {"text": text})
    return found[0]


@kit.signed_in
def machine(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one machine: who answers for it, its duties, its inspections, its record."""
    thing = thing_of(request, pk)
    entries = list(trail.timeline(request.actor, about=thing)[:30])
    today = timezone.localtime(request.at).date()
    context = {
        "thing": thing,
        "duties": list(thing.duties.all().order_by("due_on")),
        "inspections": list(queries.inspections(thing)),
        "results": dict(states.Result.choices),
        "checkpoints": list(queries.checkpoints(request.actor).filter(equipment=thing, ended_on=None)),
        "timeline": lines(request, entries, icon=lambda entry: "history"),
        "labels": {"category": CATEGORIES, "state": STATES, "keeper": KEEPERS},
        "today": today,
        "soon_on": today + timedelta(days=SOON_DAYS),
        "may": {"edit": request.actor.may(EDIT, thing), "inspect": request.actor.may(INSPECT, thing)},
    }
    return kit.page(request, "console/estate/machine.html", context)


def link(thing: Any) -> str:
    """Return the address of a machine's page."""
    return reverse("console:machine", args=[thing.pk])


def way(thing: Any | None = None) -> list[tuple[Any, str]]:
    return [(_("设备"), reverse("console:equipment")), *([(thing.name, link(thing))] if thing else [])]


def with_place(request: HttpRequest, estate: Any, action: Any) -> Any:
    """Return the action with the typed place looked up first."""

    def do(*args: Any, place_code: str, **facts: Any) -> Any:
        place = place_named(request, estate, place_code) if place_code.strip() else None
        return action(*args, place=place, **facts)

    return do


@kit.signed_in
def new(request: HttpRequest) -> HttpResponse:
    """Enter equipment in the ledger."""
    estate = kit.chosen_estate(request)
    request.actor.require(EDIT, estate)
    form = forms.NewEquipmentForm(request.POST or None)
    do = with_place(request, estate, actions.add_equipment)
    return act(request, form, do, estate, title=_("新设备"), crumbs=way(), back=link, said=_("已建账"), button=_("建账"))


@kit.signed_in
def facts(request: HttpRequest, pk: int) -> HttpResponse:
    """Change facts of equipment."""
    thing = thing_of(request, pk, EDIT)
    known = {name: getattr(thing, name, None) for name in forms.EquipmentFactsForm.base_fields}
    initial = {**known, "place_code": thing.place.label if thing.place else "", "seen": thing.version}
    form = forms.EquipmentFactsForm(request.POST or None, initial=initial)
    do = with_place(request, thing.estate, actions.revise_equipment)
    title = _("修改 %(name)s") % {"name": thing.name}
    return act(request, form, do, thing, about=thing, title=title, crumbs=way(thing), back=link(thing), said=_("已保存"))


@kit.signed_in
def inspection(request: HttpRequest, pk: int) -> HttpResponse:
    """Record an inspection."""
    thing = thing_of(request, pk, INSPECT)
    duties = [(duty.code, duty.name) for duty in thing.duties.all()]
    initial = {"done_on": timezone.localtime(request.at).date(), "seen": thing.version}
    form = forms.InspectionForm(request.POST or None, duties=duties, initial=initial)
    title = _("登记检验：%(name)s") % {"name": thing.name}
    return act(
        request, form, actions.record_inspection, thing, about=thing, title=title, crumbs=way(thing), back=link(thing), said=_("已登记")
    )


@kit.signed_in
def voiding(request: HttpRequest, pk: int, inspection: int) -> HttpResponse:
    """Take a wrong inspection out of account."""
    thing = thing_of(request, pk, INSPECT)
    wrong = get_object_or_404(queries.inspections(thing), pk=inspection)
    form = forms.BecauseForm(request.POST or None, initial={"seen": thing.version})
    title = _("作废 %(day)s 的检验") % {"day": wrong.done_on.isoformat()}
    return act(
        request, form, actions.void_inspection, wrong, about=thing, title=title, crumbs=way(thing), back=link(thing), said=_("已作废"),
        button=_("作废"), danger=True,
    )  # fmt: skip


@kit.signed_in
def running(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Stop, restart or scrap equipment."""
    thing = thing_of(request, pk, EDIT)
    act_of = {"stop": actions.stop_equipment, "restart": actions.restart_equipment, "retirement": actions.retire_equipment}
    words = {"stop": _("停用"), "restart": _("恢复使用"), "retirement": _("报废")}
    form = forms.RunningForm(request.POST or None, initial={"on": timezone.localtime(request.at).date(), "seen": thing.version})
    title = f"{words[verb]} {thing.name}"
    return act(
        request, form, act_of[verb], thing, about=thing, title=title, crumbs=way(thing), back=link(thing), said=words[verb],
        button=words[verb], danger=verb == "retirement",
    )  # fmt: skip
