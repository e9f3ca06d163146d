from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class TrailConfig(AppConfig):
    name = "guanjia.domain.trail"
    verbose_name = _("轨迹")

    def ready(self) -> None:
        from guanjia.domain.trail import actions
        from guanjia.kernel import commands, events

        events.register_sink(actions.record)
        commands.register_store(actions.CommandStore())
        autodiscover_modules("permissions")  # so that every permission has its label in every process
