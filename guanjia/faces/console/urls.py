"""Addresses of the console: nouns, named after the domain apps."""

from django.urls import include, path

from guanjia.faces.console import navigation as navigation

app_name = "console"
urlpatterns = [
    path("", include("guanjia.faces.console.accounts.urls")),
    path("", include("guanjia.faces.console.estate.urls")),
    path("", include("guanjia.faces.console.home.urls")),
    path("", include("guanjia.faces.console.intake.urls")),
    path("", include("guanjia.faces.console.occurrences.urls")),
    path("", include("guanjia.faces.console.parties.urls")),
    path("", include("guanjia.faces.console.plans.urls")),
    path("", include("guanjia.faces.console.shell.urls")),
    path("", include("guanjia.faces.console.trail.urls")),
    path("", include("guanjia.faces.console.staff.urls")),
    path("", include("guanjia.faces.console.standards.urls")),
]
