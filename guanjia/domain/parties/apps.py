from datetime import datetime
from zoneinfo import ZoneInfo

from django.apps import AppConfig
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from guanjia.kernel import vault


class PartiesConfig(AppConfig):
    name = "guanjia.domain.parties"
    verbose_name = _("业户")

    def ready(self) -> None:
        from guanjia.domain.accounts import ports as accounts

        accounts.register_residents(Residents())


class Residents:
    """Answers what `accounts` asks about the people behind phones and users (accounts.ports.Residents)."""

    def parties_of(self, user_id: int, *, at: datetime) -> frozenset[int]:
        from guanjia.domain.parties.models import Party

        present = Party.objects.filter(self._present(at), user_id=user_id)
        return frozenset(present.values_list("pk", flat=True))

    def name_behind(self, phone: str, *, at: datetime) -> str | None:
        from guanjia.domain.parties.models import Party

        return Party.objects.filter(self._present(at), self._has(phone)).order_by("pk").values_list("name", flat=True).first()

    def bind(self, phone: str, *, user_id: int, at: datetime) -> None:
        from guanjia.domain.parties.models import Party

        found = list(Party.objects.filter(self._present(at), self._has(phone), user=None).values_list("pk", flat=True))
        Party.objects.filter(pk__in=found).update(user_id=user_id)

    @staticmethod
    def _has(phone: str) -> Q:
        return Q(phones__number_index=vault.blind(phone, context="parties.Phone.number"), phones__ended_on=None)

    @staticmethod
    def _present(at: datetime) -> Q:
        day = at.astimezone(ZoneInfo("Asia/Shanghai")).date()
        holds = Q(occupancies__ended_on=None) | Q(occupancies__ended_on__gt=day)
        return holds & Q(occupancies__isnull=False, ended_on=None, merged_into=None)
