from django.apps import AppConfig


class KitConfig(AppConfig):
    name = "guanjia.faces.kit"
    label = "kit"
