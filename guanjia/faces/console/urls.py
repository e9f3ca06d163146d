"""Addresses of the console: nouns, named after the domain apps."""

from django.urls import include, path

app_name = "console"
urlpatterns = [
    path("", include("guanjia.faces.console.home.urls")),
]
