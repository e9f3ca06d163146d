"""Certificates: who holds which, which are ending, who should hold one and does not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet

from guanjia.domain.staff.models import Appointment, Certificate, Member
from guanjia.domain.staff.queries.members import members
from guanjia.domain.staff.rules.certificates import WARNED_DAYS, standing
from guanjia.domain.staff.states import CertificateKind
from guanjia.kernel.actor import Actor

MANAGING = (
    "项目经理",
    "管理处领导",
    "管理处主任",
    "管理处主任助理",
    "管理处经理",
    "管理处各主管",
    "管理人员",
    "客服管家主管",
    "客服部主管",
    "物业队队长",
)
"""Posts of managers, who must be certified; by the codes of the library."""
GUARDING = ("安管人员", "秩序维护员", "带班员", "门岗", "巡查岗", "监控岗", "保安")
"""Posts of guards."""


@dataclass(frozen=True)
class CertificateLine:
    """A certificate and how it stands on the day asked about; `days` is how many are left, the last one included."""

    certificate: Any
    standing: str
    days: int | None


@dataclass(frozen=True)
class Share:
    """A counted share: how many of how many, and the ratio (none when there is nobody to count)."""

    met: int
    of: int
    unknown: int

    @property
    def ratio(self) -> Decimal | None:
        return Decimal(self.met) / self.of if self.of else None


def certificates(member: Member, *, on: date) -> list[CertificateLine]:
    """Return a member's certificates with their standing, the ones that end first in front."""
    return [_line(each, on) for each in member.certificates.order_by("expires_on", "pk")]


def due_certificates(actor: Actor, *, on: date, within_days: int = WARNED_DAYS) -> list[CertificateLine]:
    """Return certificates of members whom the actor may see that have expired or end within the days, the first in front.

    A certificate that a later one of its kind replaces is left out. Clause: A-090.
    """
    seen = members(actor, on=on).values("pk")
    ending = Certificate.objects.filter(member__in=seen, revoked_on=None, expires_on__lte=on + timedelta(days=within_days))
    replaced = {
        (each.member_id, each.kind)
        for each in Certificate.objects.filter(member__in=seen, revoked_on=None).exclude(expires_on__lte=on + timedelta(days=within_days))
    }
    return [
        _line(each, on)
        for each in ending.select_related("member").order_by("expires_on", "pk")
        if (each.member_id, each.kind) not in replaced
    ]


def certified(member_ids: Iterable[int], kind: str, *, on: date) -> set[int]:
    """Return those members who hold a valid certificate of the kind on the day; an expired one blocks what needs it."""
    valid = Certificate.objects.filter(member__in=list(member_ids), kind=kind)
    valid = valid.filter(Q(expires_on=None) | Q(expires_on__gte=on)).filter(Q(revoked_on=None) | Q(revoked_on__gt=on))
    return set(valid.filter(Q(issued_on=None) | Q(issued_on__lte=on)).values_list("member_id", flat=True))


def uncertified_managers(actor: Actor, *, on: date) -> tuple[list[Member], Share]:
    """Return the managers without a valid 物业管理上岗证, and the certified share of all. Clause: A-090."""
    managers = list(_holding(actor, MANAGING, on))
    valid = certified((each.pk for each in managers), CertificateKind.PROPERTY, on=on)
    return [each for each in managers if each.pk not in valid], Share(len(valid), len(managers), 0)


def guards_of_age(actor: Actor, *, on: date, most: int) -> Share:
    """Return how many of the guards are at most `most` years old (the boundary included); unknown birthdays are counted apart.

    Those whose birthday nobody knows count as not met: a share must not look better for missing data.
    """
    guards = list(_holding(actor, GUARDING, on))
    young = sum(1 for each in guards if each.born_on is not None and _age(each.born_on, on) <= most)
    return Share(young, len(guards), sum(1 for each in guards if each.born_on is None))


def _holding(actor: Actor, codes: Iterable[str], on: date) -> QuerySet[Member]:
    held = Appointment.objects.filter(post__code__in=list(codes), began_on__lte=on).filter(Q(ended_on=None) | Q(ended_on__gt=on))
    return members(actor, on=on).filter(pk__in=held.values("member_id"))


def _line(certificate: Certificate, on: date) -> CertificateLine:
    days = None if certificate.expires_on is None else (certificate.expires_on - on).days
    return CertificateLine(certificate, standing(certificate.expires_on, certificate.revoked_on, on), days)


def _age(born_on: date, on: date) -> int:
    return on.year - born_on.year - ((on.month, on.day) < (born_on.month, born_on.day))
