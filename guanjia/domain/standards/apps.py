from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StandardsConfig(AppConfig):
    name = "guanjia.domain.standards"
    verbose_name = _("服务标准")

    def ready(self) -> None:
        from guanjia.domain.standards import queries
        from guanjia.domain.trail.ports import register_check

        register_check("standards.clocks", queries.prove_clocks)
