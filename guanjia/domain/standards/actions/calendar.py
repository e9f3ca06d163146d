"""Days off and made-up working days that a company enters."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from guanjia.domain.standards.events import DaysDeclared
from guanjia.domain.standards.models import Holiday
from guanjia.domain.standards.permissions import ADOPT
from guanjia.kernel.actor import Actor
from guanjia.kernel.errors import Refusal
from guanjia.kernel.events import announce

if TYPE_CHECKING:
    from guanjia.domain.estate.models import Estate


class NoDays(Refusal):
    code, field = "no_days", "days"


@transaction.atomic
def declare_days(days: Sequence[tuple[date, str, str]], *, estate: Estate, notice: str = "", actor: Actor, at: datetime) -> None:
    """Enter `(day, "off" | "work", name)` rows for the company of the estate, over what was entered for the same days.

    With `notice` (文号) the rows are the whole arrangement of their years; those years are known from now on.
    """
    actor.require(ADOPT, estate)
    if not days or any(kind not in Holiday.Kind.values for _day, kind, _name in days):
        raise NoDays(_("请至少填写一天，并写明放假或调休上班"))
    company_id = estate.company_id
    rows = [Holiday(company_id=company_id, day=day, kind=kind, name=name, notice=notice) for day, kind, name in days]
    Holiday.objects.bulk_create(rows, update_conflicts=True, update_fields=["kind", "name", "notice"], unique_fields=["company", "day"])
    years = tuple(sorted({day.year for day, _kind, _name in days}))
    announce(DaysDeclared(company_id, len(rows), years, notice), about=estate, actor=actor, at=at)
