from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EstateConfig(AppConfig):
    name = "guanjia.domain.estate"
    verbose_name = _("房屋")

    def ready(self) -> None:
        from guanjia.domain.trail import ports as trail

        trail.register_company_of(_company_of)


def _company_of(estate_id: int) -> int | None:
    from guanjia.domain.estate.models import Estate

    return Estate.objects.filter(pk=estate_id).values_list("company_id", flat=True).first()
