from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StandardsConfig(AppConfig):
    name = "guanjia.domain.standards"
    verbose_name = _("服务标准")
