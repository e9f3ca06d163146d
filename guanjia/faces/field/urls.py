"""Addresses of the field face."""

from django.urls import include, path

from guanjia.faces.field import navigation as navigation

app_name = "field"
urlpatterns = [
    path("", include("guanjia.faces.field.checkpoints.urls")),
    path("", include("guanjia.faces.field.home.urls")),
    path("", include("guanjia.faces.field.me.urls")),
    path("", include("guanjia.faces.field.today.urls")),
]
