from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TrailConfig(AppConfig):
    name = "guanjia.domain.trail"
    verbose_name = _("轨迹")

    def ready(self) -> None:
        from guanjia.domain.trail import actions, permissions  # noqa: F401
        from guanjia.kernel import commands, events

        events.register_sink(actions.record)
        commands.register_store(actions.CommandStore())
