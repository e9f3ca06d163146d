from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FilesConfig(AppConfig):
    name = "guanjia.domain.files"
    verbose_name = _("实据")

    def ready(self) -> None:
        from guanjia.domain.files import queries
        from guanjia.domain.trail import ports as trail

        trail.register_check("files.hashes", queries.hashes)
        trail.register_check("files.orphans", queries.orphans)
