"""Addresses of the portal face."""

from django.urls import include, path

from guanjia.faces.portal import navigation as navigation

app_name = "portal"
urlpatterns = [
    path("", include("guanjia.faces.portal.accounts.urls")),
    path("", include("guanjia.faces.portal.home.urls")),
    path("", include("guanjia.faces.portal.standards.urls")),
]
