"""Meters: hung, read, replaced, taken down."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from guanjia.domain.estate.actions.estates import CodeTaken, clean_code
from guanjia.domain.estate.actions.places import Ended
from guanjia.domain.estate.events import MeterAdded, MeterEnded, MeterRead, MeterReplaced
from guanjia.domain.estate.models import Meter, Place
from guanjia.domain.estate.permissions import METERS
from guanjia.domain.estate.states import Bearer
from guanjia.kernel.actor import Actor
from guanjia.kernel.commands import once
from guanjia.kernel.errors import Refusal
from guanjia.kernel.events import announce
from guanjia.kernel.states import revise


class BadReading(Refusal):
    """The dial cannot show that."""

    code, field = "bad_reading", "reading"


class Backwards(Refusal):
    """The reading lies below the last one, and nobody said that the dial rolled over."""

    code, field = "backwards", "reading"


class TooEarly(Refusal):
    """The day lies before the last reading."""

    code, field = "too_early", "read_on"


class BadMultiplier(Refusal):
    """A multiplier is above zero."""

    code, field = "bad_multiplier", "multiplier"


def add_meter(
    place: Place,
    *,
    code: str,
    medium: str,
    multiplier: Decimal = Decimal(1),
    first_reading: Decimal = Decimal(0),
    digits: int = 6,
    bearer: str = Bearer.HOUSEHOLD,
    began_on: date | None = None,
    key: UUID,
    actor: Actor,
    at: datetime,
) -> Meter:
    """Hang a meter. `bearer` carries what it counts. Raises NotAllowed, Ended, BadCode, BadMultiplier, BadReading, CodeTaken."""
    actor.require(METERS, place)

    def do() -> int:
        if place.ended_on is not None:
            raise Ended(_("%(label)s 已停用") % {"label": place.label})
        meter = _hang(
            place, code=code, medium=medium, multiplier=multiplier, first=first_reading, digits=digits, bearer=bearer, on=began_on
        )
        announce(MeterAdded(meter.pk, meter.code, medium), about=meter, actor=actor, at=at)
        return meter.pk

    body = ["add_meter", place.pk, code, medium, multiplier, first_reading, digits, bearer, began_on]
    return Meter.objects.select_related("place", "estate").get(pk=once(key, actor=actor, at=at, body=body, do=do))


@transaction.atomic
def read_meter(meter: Meter, *, reading: Decimal, read_on: date, rolled_over: bool = False, seen: int, actor: Actor, at: datetime) -> None:
    """Note a reading. Below the last one it is refused unless the dial rolled over.

    Raises NotAllowed, Ended, BadReading, Backwards, TooEarly, Stale.
    """
    actor.require(METERS, meter)
    _present(meter)
    _check_reading(reading, meter.digits)
    last = meter.last_reading if meter.last_reading is not None else meter.first_reading
    if reading < Decimal(last) and not rolled_over:
        raise Backwards(_("比上次读数 %(last)s 小。表走过一圈请勾选，换过表请登记换表") % {"last": last})
    if meter.read_on is not None and read_on < meter.read_on:
        raise TooEarly(_("早于上次抄表日 %(day)s") % {"day": meter.read_on.isoformat()})
    revise(meter, seen=seen, last_reading=reading, read_on=read_on)
    announce(MeterRead(meter.pk, meter.code, str(reading), read_on), about=meter, actor=actor, at=at)


@transaction.atomic
def replace_meter(
    meter: Meter,
    *,
    end_reading: Decimal,
    code: str,
    first_reading: Decimal = Decimal(0),
    multiplier: Decimal | None = None,
    digits: int | None = None,
    on: date,
    seen: int,
    actor: Actor,
    at: datetime,
) -> Meter:
    """Take a meter down with its end reading and hang another one: consumption is counted across both.

    Raises NotAllowed, Ended, BadReading, Backwards, TooEarly, BadCode, BadMultiplier, CodeTaken, Stale.
    """
    actor.require(METERS, meter)
    factor = multiplier if multiplier is not None else Decimal(meter.multiplier)
    code = _check_new(meter.place, code=code, medium=meter.medium, multiplier=factor, first=first_reading, digits=digits or meter.digits)
    _take_down(meter, end_reading=end_reading, on=on, seen=seen)
    successor = _hang(
        meter.place,
        code=code,
        medium=meter.medium,
        multiplier=factor,
        first=first_reading,
        digits=digits or meter.digits,
        bearer=meter.bearer,
        on=on,
        replaces=meter,
    )
    event = MeterReplaced(meter.pk, successor.pk, meter.code, successor.code, str(end_reading), str(first_reading))
    announce(event, about=meter, actor=actor, at=at)
    return successor


@transaction.atomic
def end_meter(meter: Meter, *, end_reading: Decimal, on: date, seen: int, actor: Actor, at: datetime) -> None:
    """Take a meter down for good. Raises NotAllowed, Ended, BadReading, Backwards, TooEarly, Stale."""
    actor.require(METERS, meter)
    _take_down(meter, end_reading=end_reading, on=on, seen=seen)
    announce(MeterEnded(meter.pk, meter.code, str(end_reading)), about=meter, actor=actor, at=at)


def _take_down(meter: Meter, *, end_reading: Decimal, on: date, seen: int) -> None:
    _present(meter)
    _check_reading(end_reading, meter.digits, field="end_reading")
    last = meter.last_reading if meter.last_reading is not None else meter.first_reading
    if end_reading < Decimal(last):
        raise Backwards(_("止码比上次读数 %(last)s 小") % {"last": last}, field="end_reading")
    if meter.read_on is not None and on < meter.read_on:
        raise TooEarly(_("早于上次抄表日 %(day)s") % {"day": meter.read_on.isoformat()}, field="on")
    revise(meter, seen=seen, last_reading=end_reading, read_on=on, ended_on=on)


def _check_new(place: Place, *, code: str, medium: str, multiplier: Decimal, first: Decimal, digits: int) -> str:
    code = clean_code(code)
    if multiplier <= 0:
        raise BadMultiplier(_("倍率要大于 0"))
    _check_reading(first, digits, field="first_reading")
    if Meter.objects.filter(estate_id=place.estate_id, medium=medium, code=code).exists():
        raise CodeTaken(_("表号 %(code)s 已有") % {"code": code})
    return code


def _hang(
    place: Place,
    *,
    code: str,
    medium: str,
    multiplier: Decimal,
    first: Decimal,
    digits: int,
    bearer: str,
    on: date | None,
    replaces: Meter | None = None,
) -> Meter:
    return Meter.objects.create(
        estate_id=place.estate_id,
        place=place,
        code=code,
        medium=medium,
        multiplier=multiplier,
        first_reading=first,
        digits=digits,
        bearer=bearer,
        began_on=on,
        replaces=replaces,
    )


def _present(meter: Meter) -> None:
    if meter.ended_on is not None:
        raise Ended(_("表 %(code)s 已拆除") % {"code": meter.code})


def _check_reading(value: Decimal, digits: int, *, field: str = "reading") -> None:
    if not 0 <= value < Decimal(10) ** digits:
        raise BadReading(_("读数要在 0 到 %(limit)s 之间") % {"limit": 10**digits - 1}, field=field)
