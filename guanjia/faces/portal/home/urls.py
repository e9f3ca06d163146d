"""Addresses of the portal's own pages."""

from django.urls import path

from guanjia.faces.portal.home import views

urlpatterns = [path("manifest.webmanifest", views.manifest, name="manifest")]
