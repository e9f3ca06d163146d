"""Addresses of the portal's own pages."""

from django.urls import path

from guanjia.faces.portal.home import views

urlpatterns = [
    path("", views.home, name="home"),
    path("home-choice/", views.home_choice, name="home-choice"),
    path("manifest.webmanifest", views.manifest, name="manifest"),
    path("me/", views.me, name="me"),
]
