"""What parties allow (个人信息保护法 第十三条至第十六条): given for one purpose on one basis, withdrawn as easily."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from guanjia.domain.parties.actions.reach import require
from guanjia.domain.parties.events import ConsentGiven, ConsentWithdrawn
from guanjia.domain.parties.models import Consent, Party
from guanjia.domain.parties.permissions import EDIT
from guanjia.domain.parties.states import Basis, Purpose
from guanjia.kernel.actor import Actor
from guanjia.kernel.errors import IllegalMove, Refusal
from guanjia.kernel.events import announce

SENSITIVE = frozenset({Purpose.FACE, Purpose.SHARING})
"""Purposes that need a separate consent (第二十三条、第二十九条)."""
OPTIONAL = frozenset({Purpose.GREETING, Purpose.MARKETING, Purpose.SURVEY})
"""Purposes that no contract makes necessary."""


class ConsentHeld(Refusal):
    code, field = "consent_held", "purpose"


class WrongBasis(Refusal):
    """The basis does not carry the purpose."""

    code, field = "wrong_basis", "basis"


class NothingShown(Refusal):
    """Nobody consents to what was not put before him."""

    code, field = "nothing_shown", "wording"


@transaction.atomic
def give_consent(party: Party, *, purpose: str, basis: str, wording: str, actor: Actor, at: datetime) -> Consent:
    """Put on record what a party allowed, in the words that were put before it. A resident consents for himself.

    Raises NotAllowed, ConsentHeld, WrongBasis, NothingShown.
    """
    if party.pk not in actor.party_ids:
        require(actor, EDIT, party)
    if not wording.strip():
        raise NothingShown(_("请写明向本人说明的内容"))
    if purpose in SENSITIVE and basis in {Basis.CONTRACT, Basis.CONSENT}:
        raise WrongBasis(_("「%(purpose)s」须取得单独同意") % {"purpose": Purpose(purpose).label})
    if purpose in OPTIONAL and basis not in {Basis.CONSENT, Basis.SEPARATE}:
        raise WrongBasis(_("「%(purpose)s」不是服务所必需，须本人同意") % {"purpose": Purpose(purpose).label})
    if party.consents.filter(purpose=purpose, withdrawn_at=None).exists():
        raise ConsentHeld(_("「%(purpose)s」已有同意在案") % {"purpose": Purpose(purpose).label})
    made = Consent.objects.create(
        estate_id=party.estate_id, party=party, purpose=purpose, basis=basis, wording=wording.strip()[:200], given_at=at
    )
    announce(ConsentGiven(party.pk, made.pk, purpose, basis), about=party, actor=actor, at=at)
    return made


@transaction.atomic
def withdraw_consent(consent: Consent, *, actor: Actor, at: datetime) -> None:
    """Withdraw a consent from now on; what was done before stays lawful. Raises NotAllowed, IllegalMove."""
    party = consent.party
    if party.pk not in actor.party_ids:
        require(actor, EDIT, party)
    if not Consent.objects.filter(pk=consent.pk, withdrawn_at=None).update(withdrawn_at=at):
        raise IllegalMove(_("这项同意已经撤回"))
    consent.withdrawn_at = at
    announce(ConsentWithdrawn(party.pk, consent.pk, consent.purpose), about=party, actor=actor, at=at)
