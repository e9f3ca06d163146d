from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TrailConfig(AppConfig):
    name = "guanjia.domain.trail"
    verbose_name = _("轨迹")
