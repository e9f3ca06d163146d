from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from guanjia.kernel.actor import Actor


class StaffConfig(AppConfig):
    name = "guanjia.domain.staff"
    verbose_name = _("员工")

    def ready(self) -> None:
        from guanjia.domain.accounts import ports as accounts

        accounts.register_employer(Employer())


class Employer:
    """Answers what `accounts` asks about users at work (accounts.ports.Employer)."""

    def asks_second_factor(self, user_id: int, *, at: datetime) -> bool:
        from guanjia.domain.staff import queries

        return queries.totp_required(user_id, at=at)

    def company_of(self, user_id: int) -> int | None:
        from guanjia.domain.staff.models import Member

        return Member.objects.filter(user_id=user_id).values_list("company_id", flat=True).first()

    def reaches(self, actor: Actor, permission: str, user_id: int, *, at: datetime) -> bool:
        from guanjia.domain.staff import queries

        return queries.reaches(actor, permission, user_id, at=at)

    def words_about(self, user_id: int) -> list[str]:
        from guanjia.domain.staff.models import Member

        found = Member.objects.filter(user_id=user_id).values_list("company__name", "company__short_name", "company__estates__name")
        return sorted({word for row in found for word in row if word})
