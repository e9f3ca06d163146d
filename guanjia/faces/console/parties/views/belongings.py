"""Vehicles and pets of a household."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from guanjia.domain.estate import queries as estates
from guanjia.domain.parties import actions
from guanjia.domain.parties.permissions import EDIT
from guanjia.domain.parties.queries import rooms
from guanjia.faces.console.estate.acts import act
from guanjia.faces.console.parties import forms
from guanjia.faces.console.parties.views.household import link, place_of, way
from guanjia.faces.console.parties.views.people import today
from guanjia.faces.kit import views as kit
from guanjia.kernel.errors import Refusal


class NoSuchSpace(Refusal):
    """No parking space of the estate is called so."""

    code, field = "no_such_space", "space"


def _space(request: HttpRequest, place: Any, label: str) -> Any:
    """Return the parking space that was typed, none for nothing."""
    if not label.strip():
        return None
    found = estates.present(request.actor, place.estate).filter(kind="parking", label__iexact=label.strip()).first()
    if found is None:
        raise NoSuchSpace(_("没有叫「%(label)s」的车位") % {"label": label.strip()})
    return found


@kit.signed_in
def vehicle(request: HttpRequest, pk: int) -> HttpResponse:
    place = place_of(request, pk, EDIT)
    form = forms.VehicleForm(request.POST or None)

    def register(*, space: str, **facts: Any) -> Any:
        return actions.register_vehicle(place, space=_space(request, place, space), **facts)

    return act(request, form, register, title=_("登记车辆"), crumbs=way(request, place), back=link(place), said=_("已登记"))


@kit.signed_in
def vehicle_facts(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(rooms.vehicles(request.actor), pk=pk)
    place = place_of(request, row.place_id, EDIT)
    initial = {"kind": row.kind, "space": row.space.label if row.space else "", "model": row.model, "colour": row.colour}
    form = forms.VehicleFactsForm(request.POST or None, initial=initial | {"seen": row.version})

    def change(*, space: str, plate: str, **facts: Any) -> None:
        actions.change_vehicle(row, space=_space(request, place, space), plate=plate or None, **facts)

    return act(request, form, change, about=row, title=_("车辆"), crumbs=way(request, place), back=link(place), said=_("已保存"))


@kit.signed_in
def vehicle_end(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(rooms.vehicles(request.actor), pk=pk)
    place = place_of(request, row.place_id, EDIT)
    form = forms.Versioned(request.POST or None, initial={"seen": row.version})
    return act(
        request,
        form,
        actions.end_vehicle,
        row,
        about=row,
        title=_("注销车辆"),
        crumbs=way(request, place),
        back=link(place),
        said=_("已注销"),
        button=_("注销"),
        warn=_("注销后，这块车牌可以重新登记。"),
    )


@kit.signed_in
def pet(request: HttpRequest, pk: int) -> HttpResponse:
    place = place_of(request, pk, EDIT)
    form = forms.PetForm(request.POST or None)
    return act(
        request, form, actions.register_pet, place, title=_("登记宠物"), crumbs=way(request, place), back=link(place), said=_("已登记")
    )


@kit.signed_in
def pet_end(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(rooms.pets(request.actor), pk=pk)
    place = place_of(request, row.place_id, EDIT)
    form = forms.EndForm(request.POST or None, initial={"ended_on": today(request), "seen": row.version})
    return act(
        request,
        form,
        actions.end_pet,
        row,
        about=row,
        title=_("注销宠物"),
        crumbs=way(request, place),
        back=link(place),
        said=_("已注销"),
        button=_("注销"),
    )
