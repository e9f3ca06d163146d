"""Confirming what is known about a household, and what counts as knowing one."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from guanjia.domain.parties.actions.reach import today
from guanjia.domain.parties.events import Confirmed, FamiliaritySet
from guanjia.domain.parties.models import Confirmation, FamiliarityStandard
from guanjia.domain.parties.permissions import EDIT, FAMILIARITY
from guanjia.domain.parties.states import Fact, Manner
from guanjia.domain.staff.rules.scopes import Scope
from guanjia.kernel.actor import Actor
from guanjia.kernel.errors import Refusal
from guanjia.kernel.events import announce

if TYPE_CHECKING:
    from guanjia.domain.estate.models import Estate, Place


class NothingConfirmed(Refusal):
    code, field = "nothing_confirmed", "facts"


class NotYet(Refusal):
    """Nobody confirms what will be."""

    code, field = "not_yet", "confirmed_on"


class BadDefinition(Refusal):
    """The definition demands nothing, something unknown, or an impossible time."""

    code, field = "bad_definition", "facts"


@transaction.atomic
def confirm(place: Place, *, facts: Collection[str], manner: str, confirmed_on: date, actor: Actor, at: datetime) -> None:
    """Record that the acting member made sure of facts about a household on a day; also that there is none of something.

    Clause: D-117, D-130. Raises NotAllowed, NothingConfirmed, NotYet.
    """
    actor.require(EDIT, place)
    known = [fact for fact in Fact if fact in set(facts)]
    if not known:
        raise NothingConfirmed(_("请勾选已核实的内容"))
    if confirmed_on > today(at):
        raise NotYet(_("核实日期不能晚于今天"))
    _write(place, known, manner, confirmed_on, actor)
    announce(Confirmed(place.pk, [fact.value for fact in known], manner, confirmed_on), about=place, actor=actor, at=at)


def note_as_evidence(place: Place, facts: Collection[Fact], actor: Actor, at: datetime) -> None:
    """Count an entry that a member made about a household as a confirmation of what it is about."""
    if actor.member_id is not None:
        _write(place, list(facts), Manner.RECORD, today(at), actor)


@transaction.atomic
def set_familiarity(
    estate: Estate, *, facts: Mapping[str, int], target: Decimal, began_on: date, for_company: bool = False, actor: Actor, at: datetime
) -> FamiliarityStandard:
    """Say what counts as knowing a household from a day on, for the estate or, with `for_company`, for all of the company's.

    `facts` maps each demanded fact to the months that a confirmation stays fresh (1 to 60). What was judged on earlier days stays.

    Clause: D-130. Raises NotAllowed, BadDefinition.
    """
    actor.require(FAMILIARITY, estate)
    if for_company:
        actor.require(FAMILIARITY, Scope(estate.company_id))
    wanted = {fact.value: int(facts[fact]) for fact in Fact if fact in facts}
    if not wanted or len(wanted) != len(facts) or not all(1 <= months <= 60 for months in wanted.values()):
        raise BadDefinition(_("请至少选一项，有效期 1 至 60 个月"))
    if not 0 < target <= 1:
        raise BadDefinition(_("目标应大于 0、不超过 100%"), field="target")
    made, _new = FamiliarityStandard.objects.update_or_create(
        company_id=estate.company_id,
        estate=None if for_company else estate,
        began_on=began_on,
        defaults={"facts": wanted, "target": target},
    )
    announce(FamiliaritySet(made.pk, began_on), about=made, actor=actor, at=at)
    return made


def _write(place: Place, facts: Collection[str], manner: str, confirmed_on: date, actor: Actor) -> None:
    Confirmation.objects.bulk_create(
        Confirmation(estate_id=place.estate_id, place=place, fact=fact, manner=manner, member_id=actor.member_id, confirmed_on=confirmed_on)
        for fact in facts
    )
