from django.apps import AppConfig
from django.conf import settings


class CliConfig(AppConfig):
    name = "guanjia.faces.cli"
    label = "cli"

    def ready(self) -> None:
        from guanjia.domain.intake import ports
        from guanjia.faces.cli import handing_over

        if not settings.TESTING:
            ports.register_runner(handing_over.import_work)
