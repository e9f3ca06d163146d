from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "guanjia.domain.accounts"
    verbose_name = _("账号")

    def ready(self) -> None:
        from guanjia.domain.accounts import queries
        from guanjia.domain.trail import ports as trail

        trail.register_check("accounts.actors", queries.actors)
