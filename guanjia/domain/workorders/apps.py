from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WorkordersConfig(AppConfig):
    name = "guanjia.domain.workorders"
    verbose_name = _("工单")

    def ready(self) -> None:
        from guanjia.domain.shifts.ports import register_objection
        from guanjia.domain.workorders import queries

        register_objection(queries.urgent_in_hand)
