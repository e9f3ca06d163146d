from django.apps import AppConfig


class CliConfig(AppConfig):
    name = "guanjia.faces.cli"
    label = "cli"
