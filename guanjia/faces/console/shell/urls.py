"""Addresses of the console's frame."""

from django.urls import path

from guanjia.faces.console.shell import views

urlpatterns = [
    path("estate-choice/", views.estate_choice, name="estate-choice"),
    path("settings/", views.settings, name="settings"),
]
