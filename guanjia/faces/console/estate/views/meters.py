"""Acts on meters: hung, read, replaced, taken down."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _

from guanjia.domain.estate import actions, queries
from guanjia.domain.estate.permissions import METERS
from guanjia.faces.console.estate import forms
from guanjia.faces.console.estate.acts import act
from guanjia.faces.console.estate.views.rooms import link, way, within
from guanjia.faces.kit import views as kit


def meter_of(request: HttpRequest, pk: int) -> Any:
    """Return a present meter that the person sees, once meters may be kept there."""
    meter = get_object_or_404(queries.meters(request.actor).filter(ended_on=None), pk=pk)
    request.actor.require(METERS, meter)
    return meter


@kit.signed_in
def new(request: HttpRequest, pk: int) -> HttpResponse:
    """Hang a meter at a place."""
    place = within(request, pk, METERS)
    form = forms.MeterForm(request.POST or None, initial={"began_on": timezone.localtime(request.at).date()})
    title = _("%(label)s 装表") % {"label": place.label}
    return act(request, form, actions.add_meter, place, title=title, crumbs=way(request, place), back=link(place), said=_("已装表"))


@kit.signed_in
def reading(request: HttpRequest, pk: int) -> HttpResponse:
    """Note a reading."""
    meter = meter_of(request, pk)
    form = forms.ReadingForm(request.POST or None, initial={"read_on": timezone.localtime(request.at).date(), "seen": meter.version})
    last = meter.last_reading if meter.last_reading is not None else meter.first_reading
    title = _("抄表 %(code)s（上次 %(last)s）") % {"code": meter.code, "last": last}
    way_back = way(request, meter.place)
    return act(
        request, form, actions.read_meter, meter, about=meter, title=title, crumbs=way_back, back=link(meter.place), said=_("已抄表")
    )


@kit.signed_in
def replacement(request: HttpRequest, pk: int) -> HttpResponse:
    """Replace a meter."""
    meter = meter_of(request, pk)
    today = timezone.localtime(request.at).date()
    form = forms.ReplacementForm(request.POST or None, initial={"multiplier": meter.multiplier, "on": today, "seen": meter.version})
    title = _("换表 %(code)s") % {"code": meter.code}
    way_back = way(request, meter.place)
    return act(
        request, form, actions.replace_meter, meter, about=meter, title=title, crumbs=way_back, back=link(meter.place), said=_("已换表")
    )


@kit.signed_in
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a meter down for good."""
    meter = meter_of(request, pk)
    today = timezone.localtime(request.at).date()
    form = forms.MeterEndForm(request.POST or None, initial={"on": today, "seen": meter.version})
    title = _("拆表 %(code)s") % {"code": meter.code}
    way_back = way(request, meter.place)
    return act(
        request, form, actions.end_meter, meter, about=meter, title=title, crumbs=way_back, back=link(meter.place), said=_("已拆表"),
        button=_("拆表"), danger=True,
    )  # fmt: skip
