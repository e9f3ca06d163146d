"""Addresses of the person's own page."""

from django.urls import path

from guanjia.faces.field.me import views

urlpatterns = [path("me/", views.me, name="me")]
