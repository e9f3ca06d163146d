"""Addresses of the field face's own pages."""

from django.urls import path

from guanjia.faces.field.home import views

urlpatterns = [path("manifest.webmanifest", views.manifest, name="manifest")]
