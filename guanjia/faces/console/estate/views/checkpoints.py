"""点位: the list, new ones, new plates, and the sheet of plates to print."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from guanjia.domain.estate import actions, queries
from guanjia.domain.estate.permissions import EDIT, EXPORT
from guanjia.faces.console.estate import forms
from guanjia.faces.console.estate.acts import act
from guanjia.faces.console.estate.views import plates
from guanjia.faces.console.estate.views.equipment import place_named
from guanjia.faces.kit import views as kit
from guanjia.faces.kit.listing import Column, Listing
from guanjia.kernel.errors import Refusal

MOST_PLATES = 400


class NoSuchEquipment(Refusal):
    """No equipment has this code here."""

    code, field = "no_such_equipment", "equipment_code"


def columns() -> list[Column]:
    """Return the columns of the list."""
    return [
        Column(_("点位编号"), lambda row: row.code, sort="code"),
        Column(_("名称"), lambda row: row.name, sort="name"),
        Column(_("位置"), lambda row: row.place.label, sort="place__sort_key"),
        Column(_("设备"), lambda row: row.equipment.name if row.equipment else ""),
    ]


def chosen(request: HttpRequest, estate: Any) -> Any:
    """Return the present checkpoints of the estate that the address asks for."""
    rows = queries.checkpoints(request.actor).filter(estate=estate, ended_on=None)
    text = request.GET.get("q", "").strip()
    return rows.filter(name__icontains=text) | rows.filter(code__icontains=text) if text else rows


@kit.signed_in
def checkpoints(request: HttpRequest) -> HttpResponse:
    """Show the checkpoints."""
    estate = kit.chosen_estate(request)
    rows = chosen(request, estate)
    context = {
        "estate": estate,
        "listing": Listing(request, rows, columns(), default="code"),
        "text": request.GET.get("q", ""),
        "may_edit": request.actor.may(EDIT, estate),
        "may_export": request.actor.may(EXPORT, estate),
    }
    return kit.panel(request, "console/estate/_checkpoints.html", context, within="console/estate/checkpoints.html")


@kit.signed_in
def workbook(request: HttpRequest) -> HttpResponse:
    """Give the checkpoints as a workbook."""
    estate = kit.chosen_estate(request)
    request.actor.require(EXPORT, estate)
    return Listing(request, chosen(request, estate), columns(), default="code").workbook(_("点位"))


@kit.signed_in
def new(request: HttpRequest) -> HttpResponse:
    """Set a checkpoint."""
    estate = kit.chosen_estate(request)
    request.actor.require(EDIT, estate)
    form = forms.CheckpointForm(request.POST or None)

    def do(*, place_code: str, equipment_code: str, **facts: Any) -> Any:
        place = place_named(request, estate, place_code)
        thing = None
        if equipment_code.strip():
            thing = queries.equipment(request.actor).filter(estate=estate, code=equipment_code.strip()).first()
            if thing is None:
                raise NoSuchEquipment(_("没有编号为 %(code)s 的设备") % {"code": equipment_code})
        return actions.add_checkpoint(place, equipment=thing, **facts)

    back = reverse("console:checkpoints")
    return act(request, form, do, title=_("新点位"), crumbs=[(_("点位"), back)], back=back, said=_("已设点位"), button=_("设点位"))


def point_of(request: HttpRequest, pk: int) -> Any:
    """Return a present checkpoint that the person sees and may change."""
    point = get_object_or_404(queries.checkpoints(request.actor).filter(ended_on=None), pk=pk)
    request.actor.require(EDIT, point)
    return point


@kit.signed_in
def plate(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a checkpoint a new plate."""
    point = point_of(request, pk)
    back = reverse("console:checkpoints")
    form = forms.Versioned(request.POST or None, initial={"seen": point.version})
    return act(
        request, form, actions.reissue_checkpoint, point, about=point, title=_("%(code)s 换牌") % {"code": point.code},
        crumbs=[(_("点位"), back)], back=back, said=_("已换牌，请打印新牌"), button=_("换牌"),
        warn=_("旧牌立即失效，换上新打印的牌之前扫码会找不到点位。"),
    )  # fmt: skip


@kit.signed_in
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a checkpoint up."""
    point = point_of(request, pk)
    back = reverse("console:checkpoints")
    form = forms.EndForm(request.POST or None, initial={"on": timezone.localtime(request.at).date(), "seen": point.version})
    return act(
        request, form, actions.end_checkpoint, point, about=point, title=_("撤销点位 %(code)s") % {"code": point.code},
        crumbs=[(_("点位"), back)], back=back, said=_("已撤销"), button=_("撤销"), danger=True,
    )  # fmt: skip


@kit.signed_in
def sheet(request: HttpRequest) -> HttpResponse:
    """Give the plates of the listed or picked checkpoints as one PDF, ready to print and cut."""
    estate = kit.chosen_estate(request)
    rows = chosen(request, estate)
    picked = [int(pk) for pk in request.GET.getlist("pick") if pk.isdecimal()]
    points = list((rows.filter(pk__in=picked) if picked else rows)[:MOST_PLATES])
    if not points:
        raise Http404
    base = request.build_absolute_uri("/")[:-1]
    pdf = plates.pdf(estate, points, base)
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = 'inline; filename="plates.pdf"'
    return response


def scanned(request: HttpRequest, token: str) -> HttpResponse:
    """Answer who opens a plate's link: staff see the place, everybody else what the plate is and whom to call."""
    point = queries.checkpoint_of_token(token)
    if point is None:
        raise Http404
    if request.user.is_authenticated:
        return inside(request, point)
    return kit.page(request, "console/estate/plate.html", {"point": point})


@kit.signed_in
def inside(request: HttpRequest, point: Any) -> HttpResponse:
    """Lead staff who may see the place to the checkpoint on their phone; for others the plate stays a plate."""
    if queries.checkpoints(request.actor).filter(pk=point.pk).exists():
        return HttpResponseRedirect(reverse("field:checkpoint", args=[point.pk]))
    return kit.page(request, "console/estate/plate.html", {"point": point})
