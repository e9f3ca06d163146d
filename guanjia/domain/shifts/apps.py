from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ShiftsConfig(AppConfig):
    name = "guanjia.domain.shifts"
    verbose_name = _("排班")
