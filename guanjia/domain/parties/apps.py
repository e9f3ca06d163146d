from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PartiesConfig(AppConfig):
    name = "guanjia.domain.parties"
    verbose_name = _("业户")
