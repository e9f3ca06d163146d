"""Addresses of scanning and of one checkpoint."""

from django.urls import path

from guanjia.faces.field.checkpoints import views

urlpatterns = [
    path("scan/", views.scan, name="scan"),
    path("checkpoints/<int:pk>/", views.checkpoint, name="checkpoint"),
]
