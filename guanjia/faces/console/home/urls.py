"""Addresses of the console's first page."""

from django.urls import path

from guanjia.faces.console.home import views

urlpatterns = [path("", views.home, name="home")]
