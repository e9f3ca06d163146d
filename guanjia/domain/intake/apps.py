from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IntakeConfig(AppConfig):
    name = "guanjia.domain.intake"
    verbose_name = _("导入")
