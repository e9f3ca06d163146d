from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IntakeConfig(AppConfig):
    name = "guanjia.domain.intake"
    verbose_name = _("导入")

    def ready(self) -> None:
        from guanjia.domain.intake import jobs, ports

        ports.register_runner(jobs.work)
