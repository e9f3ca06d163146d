"""Checkpoints: plates on walls. A token on the plate is a name, not a secret: it opens nothing without signing in."""

from __future__ import annotations

import secrets
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from guanjia.domain.estate.actions.equipment import NotHere
from guanjia.domain.estate.actions.estates import CodeTaken, clean_code
from guanjia.domain.estate.actions.places import Ended
from guanjia.domain.estate.events import CheckpointAdded, CheckpointEnded, CheckpointReissued
from guanjia.domain.estate.models import Checkpoint, Equipment, Place
from guanjia.domain.estate.permissions import EDIT
from guanjia.kernel.actor import Actor
from guanjia.kernel.commands import once
from guanjia.kernel.events import announce
from guanjia.kernel.states import revise


def new_token() -> str:
    """Return a token for a plate: 16 signs that read well, 80 bits. Also for bulk work."""
    return "".join(secrets.choice("23456789abcdefghjkmnpqrstuvwxyz") for _index in range(16))


def add_checkpoint(
    place: Place, *, code: str, name: str, equipment: Equipment | None = None, key: UUID, actor: Actor, at: datetime
) -> Checkpoint:
    """Set a checkpoint at a place, maybe for one piece of equipment. Raises NotAllowed, Ended, BadCode, CodeTaken, NotHere."""
    actor.require(EDIT, place)

    def do() -> int:
        clean = clean_code(code, longest=20)
        if place.ended_on is not None:
            raise Ended(_("%(label)s 已停用") % {"label": place.label})
        if equipment is not None and equipment.estate_id != place.estate_id:
            raise NotHere(_("这台设备不在本小区"), field="equipment")
        if Checkpoint.objects.filter(estate_id=place.estate_id, code=clean).exists():
            raise CodeTaken(_("点位编号 %(code)s 已有") % {"code": clean})
        point = Checkpoint.objects.create(
            estate_id=place.estate_id, place=place, equipment=equipment, code=clean, name=name.strip() or clean, token=new_token()
        )
        announce(CheckpointAdded(point.pk, clean), about=point, actor=actor, at=at)
        return point.pk

    body = ["add_checkpoint", place.pk, code, name, equipment and equipment.pk]
    return Checkpoint.objects.select_related("place", "estate").get(pk=once(key, actor=actor, at=at, body=body, do=do))


@transaction.atomic
def reissue_checkpoint(point: Checkpoint, *, seen: int, actor: Actor, at: datetime) -> None:
    """Give a checkpoint a new plate; the old plate leads nowhere from now on. Raises NotAllowed, Ended, Stale."""
    actor.require(EDIT, point)
    _present(point)
    revise(point, seen=seen, token=new_token())
    announce(CheckpointReissued(point.pk, point.code), about=point, actor=actor, at=at)


@transaction.atomic
def end_checkpoint(point: Checkpoint, *, on: date, seen: int, actor: Actor, at: datetime) -> None:
    """Give a checkpoint up. Raises NotAllowed, Ended, Stale."""
    actor.require(EDIT, point)
    _present(point)
    revise(point, seen=seen, ended_on=on)
    announce(CheckpointEnded(point.pk, point.code), about=point, actor=actor, at=at)


def _present(point: Checkpoint) -> None:
    if point.ended_on is not None:
        raise Ended(_("点位 %(code)s 已撤销") % {"code": point.code})
