"""Vehicles and pets of a household."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from guanjia.domain.parties.actions.knowing import note_as_evidence
from guanjia.domain.parties.actions.reach import AnotherEstate, BackToFront, today
from guanjia.domain.parties.events import PetEnded, PetRegistered, VehicleChanged, VehicleEnded, VehicleRegistered
from guanjia.domain.parties.models import Party, Pet, Vehicle
from guanjia.domain.parties.permissions import EDIT
from guanjia.domain.parties.rules import indexes, plates
from guanjia.domain.parties.states import Fact, VehicleKind
from guanjia.kernel.actor import Actor
from guanjia.kernel.errors import Refusal
from guanjia.kernel.events import announce
from guanjia.kernel.states import revise

if TYPE_CHECKING:
    from guanjia.domain.estate.models import Place


class PlateTaken(Refusal):
    """One plate stands for one present vehicle of an estate."""

    code, field = "plate_taken", "plate"


@transaction.atomic
def register_vehicle(
    place: Place,
    *,
    plate: str,
    kind: str = VehicleKind.CAR,
    party: Party | None = None,
    space: Place | None = None,
    model: str = "",
    colour: str = "",
    actor: Actor,
    at: datetime,
) -> Vehicle:
    """Register a vehicle of a household, with the space where it stands. Only an electric bicycle may go without a plate.

    Raises NotAllowed, BadPlate, PlateTaken, AnotherEstate.
    """
    actor.require(EDIT, place)
    for tied in (party, space):
        if tied is not None and tied.estate_id != place.estate_id:
            raise AnotherEstate(_("住户、车位与房屋不在同一个小区"))
    vehicle = Vehicle.objects.create(
        estate_id=place.estate_id,
        place=place,
        party=party,
        space=space,
        kind=kind,
        model=model.strip(),
        colour=colour.strip(),
        began_on=today(at),
        **_plate(place.estate_id, plate, kind),
    )
    note_as_evidence(place, [Fact.VEHICLES], actor, at)
    announce(VehicleRegistered(vehicle.pk), about=vehicle, actor=actor, at=at)
    return vehicle


@transaction.atomic
def change_vehicle(
    vehicle: Vehicle,
    *,
    plate: str | None,
    kind: str,
    space: Place | None = None,
    model: str = "",
    colour: str = "",
    seen: int,
    actor: Actor,
    at: datetime,
) -> None:
    """Correct a vehicle, or give it a new plate; `plate` None leaves the plate as it is. Raises as `register_vehicle`, and Stale."""
    actor.require(EDIT, vehicle.place or vehicle)
    if space is not None and space.estate_id != vehicle.estate_id:
        raise AnotherEstate(_("住户、车位与房屋不在同一个小区"))
    facts: dict[str, Any] = {"kind": kind, "space": space, "model": model.strip(), "colour": colour.strip()}
    if plate is not None:
        facts |= _plate(vehicle.estate_id, plate, kind, other_than=vehicle.pk)
    fields = sorted(name for name, value in facts.items() if getattr(vehicle, name) != value)
    revise(vehicle, seen=seen, **facts)
    announce(VehicleChanged(vehicle.pk, fields), about=vehicle, actor=actor, at=at)


@transaction.atomic
def end_vehicle(vehicle: Vehicle, *, seen: int, actor: Actor, at: datetime) -> None:
    """Take a vehicle off the list from today on; the plate is free again. Raises NotAllowed, Stale."""
    actor.require(EDIT, vehicle.place or vehicle)
    revise(vehicle, seen=seen, ended_on=today(at))
    announce(VehicleEnded(vehicle.pk, today(at)), about=vehicle, actor=actor, at=at)


@transaction.atomic
def register_pet(
    place: Place,
    *,
    species: str,
    name: str = "",
    breed: str = "",
    licence: str = "",
    vaccinated_until: date | None = None,
    party: Party | None = None,
    actor: Actor,
    at: datetime,
) -> Pet:
    """Register an animal of a household. Raises NotAllowed, AnotherEstate."""
    actor.require(EDIT, place)
    if party is not None and party.estate_id != place.estate_id:
        raise AnotherEstate(_("住户与房屋不在同一个小区"))
    pet = Pet.objects.create(
        estate_id=place.estate_id,
        place=place,
        party=party,
        species=species,
        name=name.strip(),
        breed=breed.strip(),
        licence=licence.strip(),
        vaccinated_until=vaccinated_until,
        began_on=today(at),
    )
    note_as_evidence(place, [Fact.PETS], actor, at)
    announce(PetRegistered(pet.pk), about=pet, actor=actor, at=at)
    return pet


@transaction.atomic
def end_pet(pet: Pet, *, ended_on: date, seen: int, actor: Actor, at: datetime) -> None:
    """Take an animal off the list from a day on. Raises NotAllowed, BackToFront, Stale."""
    actor.require(EDIT, pet.place)
    if ended_on < pet.began_on:
        raise BackToFront(_("结束日期不能早于开始日期"))
    revise(pet, seen=seen, ended_on=ended_on)
    announce(PetEnded(pet.pk, ended_on), about=pet, actor=actor, at=at)


def _plate(estate_id: int, text: str, kind: str, other_than: int = 0) -> dict[str, str]:
    if not text.strip() and kind == VehicleKind.EBIKE:
        return {"plate": "", "plate_index": "", "plate_tail_index": "", "plate_form": ""}
    plate = plates.judge(text)
    index = indexes.plate(plate.text)
    if Vehicle.objects.filter(estate_id=estate_id, plate_index=index, ended_on=None).exclude(pk=other_than).exists():
        raise PlateTaken(_("%(plate)s 已经登记过") % {"plate": plate})
    return {"plate": plate.text, "plate_index": index, "plate_tail_index": indexes.plate_tail(plate.text), "plate_form": plate.form}
