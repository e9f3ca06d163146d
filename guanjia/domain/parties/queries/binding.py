"""What signing in asks this app: who lives behind a phone (`accounts.ports.Residents`)."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from guanjia.domain.parties.models import Occupancy, Party, Phone
from guanjia.domain.parties.queries.people import current
from guanjia.domain.parties.rules import indexes
from guanjia.domain.parties.states import Relation
from guanjia.kernel import phones

SHANGHAI = ZoneInfo("Asia/Shanghai")


def parties_of(user_id: int, *, at: datetime) -> frozenset[int]:
    """Return the parties that a user is, as long as each lives or owns somewhere on that day."""
    own = Party.objects.filter(user_id=user_id, merged_into=None)
    return frozenset(own.filter(pk__in=holding(day_of(at))).values_list("pk", flat=True))


def behind(phone: str, *, at: datetime) -> QuerySet[Party]:
    """Return the people with this phone who live or own somewhere on that day."""
    try:
        index = indexes.phone(phones.clean(phone))
    except phones.BadPhone:
        return Party.objects.none()
    lines = Phone.objects.filter(number_index=index, ended_on=None).values("party_id")
    return Party.objects.filter(pk__in=lines, kind="person", merged_into=None).filter(pk__in=holding(day_of(at))).order_by("pk")


def holding(on: date) -> QuerySet[Occupancy, int]:
    """Return the keys of parties who hold a place on the day; being somebody's emergency contact opens no door."""
    return Occupancy.objects.filter(current(on)).exclude(relation=Relation.EMERGENCY).values_list("party_id", flat=True)


def day_of(at: datetime) -> date:
    """Return the Shanghai day of an instant."""
    return at.astimezone(SHANGHAI).date()
