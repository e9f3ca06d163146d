"""Parties are registered and corrected; telephones come and go."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from guanjia.domain.parties.actions.reach import IsMerged, require, today
from guanjia.domain.parties.events import Changed, PhoneAdded, PhoneEnded, Registered
from guanjia.domain.parties.models import Party, Phone
from guanjia.domain.parties.permissions import EDIT
from guanjia.domain.parties.rules import indexes
from guanjia.domain.parties.states import PartyKind
from guanjia.kernel import identity, names
from guanjia.kernel import phones as numbers
from guanjia.kernel.actor import Actor
from guanjia.kernel.commands import once
from guanjia.kernel.errors import Refusal
from guanjia.kernel.events import announce
from guanjia.kernel.states import revise

if TYPE_CHECKING:
    from guanjia.domain.estate.models import Estate


class PhoneKnown(Refusal):
    code, field = "phone_known", "phone"


class TooYoung(Refusal):
    """Born after the day of the act."""

    code, field = "too_young", "born_on"


@transaction.atomic
def register(
    estate: Estate,
    *,
    name: str,
    kind: str = PartyKind.PERSON,
    client_type: str = "",
    phones: Sequence[str] = (),
    id_number: str = "",
    id_kind: str = "",
    sex: str = "",
    born_on: date | None = None,
    key: UUID | None = None,
    where: Any = None,
    actor: Actor,
    at: datetime,
) -> Party:
    """Register a person, a firm or an outside body at an estate.

    `where` is the place that the party is registered for, when the actor's post covers a part of the estate only. With
    `key` the same form sent twice registers once. The birthday and sex of a sound identity card go before what was typed.

    Clause: A-001, B-080, C-009, E-003. Raises NotAllowed, BadName, BadPhone, BadIdentity, TooYoung, KeyReused.
    """
    actor.require(EDIT, where or estate)
    facts = {
        **names.columns(name),
        "kind": kind,
        "client_type": client_type,
        **_paper(id_number, id_kind, sex=sex, born_on=born_on, on=today(at)),
    }
    kept = list(dict.fromkeys(numbers.clean(phone) for phone in phones if phone.strip()))

    def do() -> int:
        party = Party.objects.create(estate=estate, **facts)
        for rank, number in enumerate(kept, start=1):
            _new_phone(party, number, "", rank)
        announce(Registered(party.pk), about=party, actor=actor, at=at)
        return party.pk

    pk = do() if key is None else once(key, actor=actor, at=at, body=[estate.pk, facts, kept], do=do)
    return Party.objects.get(pk=pk)


@transaction.atomic
def change(
    party: Party,
    *,
    name: str,
    client_type: str,
    id_number: str | None,
    id_kind: str = "",
    sex: str = "",
    born_on: date | None = None,
    seen: int,
    actor: Actor,
    at: datetime,
) -> None:
    """Correct a party's own facts. `id_number` None leaves the number as it is: the form never shows it in full.

    Clause: A-001, E-003. Raises NotAllowed, IsMerged, BadName, BadIdentity, TooYoung, Stale.
    """
    require(actor, EDIT, party)
    if party.merged_into_id is not None:
        raise IsMerged(_("这条记录已并入另一条，请改那一条"))
    facts: dict[str, Any] = {**names.columns(name), "client_type": client_type}
    if id_number is None:
        facts |= {"sex": sex, "born_on": _born(born_on, today(at))}
    else:
        facts |= _paper(id_number, id_kind, sex=sex, born_on=born_on, on=today(at))
    fields = sorted(field for field, value in facts.items() if getattr(party, field) != value)
    revise(party, seen=seen, **facts)
    announce(Changed(party.pk, fields), about=party, actor=actor, at=at)


@transaction.atomic
def add_phone(party: Party, *, phone: str, note: str = "", first: bool = False, actor: Actor, at: datetime) -> Phone:
    """Add a number, or bring one back that had ended; `first` puts it in front. Raises NotAllowed, BadPhone, PhoneKnown."""
    require(actor, EDIT, party)
    number = numbers.clean(phone)
    known = party.phones.filter(number_index=indexes.phone(number)).first()
    if known is not None and known.ended_on is None:
        raise PhoneKnown(_("这个号码已经登记在 %(name)s 名下") % {"name": party.name})
    ranks = list(party.phones.filter(ended_on=None).order_by("rank").values_list("rank", flat=True))
    rank = (ranks[0] - 1 if first else ranks[-1] + 1) if ranks else 1
    if rank < 0:
        party.phones.update(rank=_shifted())
        rank = 0
    if known is not None:
        party.phones.filter(pk=known.pk).update(ended_on=None, rank=rank, note=note.strip())
        made = party.phones.get(pk=known.pk)
    else:
        made = _new_phone(party, number, note.strip(), rank)
    announce(PhoneAdded(party.pk, made.pk), about=party, actor=actor, at=at)
    return made


@transaction.atomic
def end_phone(phone: Phone, *, actor: Actor, at: datetime) -> None:
    """Let a number be used no more; it stays on record. Raises NotAllowed."""
    require(actor, EDIT, phone.party)
    if not Phone.objects.filter(pk=phone.pk, ended_on=None).update(ended_on=today(at)):
        return
    phone.ended_on = today(at)
    announce(PhoneEnded(phone.party_id, phone.pk), about=phone.party, actor=actor, at=at)


def _paper(text: str, kind: str, *, sex: str, born_on: date | None, on: date) -> dict[str, Any]:
    """Return the columns of an identity number, with the birthday and sex that it tells."""
    if not text.strip():
        return {"id_kind": "", "id_number": "", "id_index": "", "id_tail_index": "", "sex": sex, "born_on": _born(born_on, on)}
    paper = identity.judge(text, kind)
    return {
        "id_kind": paper.kind,
        "id_number": paper.number,
        "id_index": indexes.id_number(paper.number),
        "id_tail_index": indexes.id_tail(paper.number),
        "sex": paper.sex or sex,
        "born_on": _born(paper.born_on or born_on, on),
    }


def _born(born_on: date | None, on: date) -> date | None:
    if born_on is not None and born_on > on:
        raise TooYoung(_("出生日期还没到"))
    return born_on


def _new_phone(party: Party, number: str, note: str, rank: int) -> Phone:
    return Phone.objects.create(
        estate_id=party.estate_id,
        party=party,
        number=number,
        number_index=indexes.phone(number),
        tail_index=indexes.phone_tail(number),
        note=note,
        rank=rank,
    )


def _shifted() -> Any:
    from django.db.models import F

    return F("rank") + 1
