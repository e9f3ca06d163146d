from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RequestsConfig(AppConfig):
    name = "guanjia.domain.requests"
    verbose_name = _("受理")

    def ready(self) -> None:
        from guanjia.domain.requests import queries, reactions
        from guanjia.domain.shifts.ports import register_objection

        register_objection(queries.urgent_in_charge)
        assert reactions
