from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from guanjia.kernel.actor import Actor


class EstateConfig(AppConfig):
    name = "guanjia.domain.estate"
    verbose_name = _("房屋")

    def ready(self) -> None:
        from guanjia.domain.files import ports as files
        from guanjia.domain.trail import ports as trail

        trail.register_company_of(_company_of)
        files.register("estate.Place", _place, _may_edit)
        files.register("estate.Equipment", _equipment, _may_edit)


def _company_of(estate_id: int) -> int | None:
    from guanjia.domain.estate.models import Estate

    return Estate.objects.filter(pk=estate_id).values_list("company_id", flat=True).first()


def _place(actor: Actor, about_id: int) -> Any:
    from guanjia.domain.estate import queries

    return queries.places(actor).filter(pk=about_id).first()


def _equipment(actor: Actor, about_id: int) -> Any:
    from guanjia.domain.estate import queries

    return queries.equipment(actor).filter(pk=about_id).first()


def _may_edit(actor: Actor, about: Any) -> bool:
    from guanjia.domain.estate.permissions import EDIT

    return actor.may(EDIT, about)
