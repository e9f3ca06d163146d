"""Addresses of the import wizard in the settings."""

from django.urls import path

from guanjia.faces.console.intake import views

urlpatterns = [
    path("settings/intake/", views.intake, name="intake"),
    path("settings/intake/template/", views.workbook, name="intake-template"),
    path("settings/intake/<int:pk>/", views.batch, name="intake-batch"),
    path("settings/intake/<int:pk>/annotated/", views.annotated, name="intake-annotated"),
    path("settings/intake/<int:pk>/confirmation/", views.confirmation, name="intake-confirmation"),
    path("settings/intake/<int:pk>/drop/", views.drop, name="intake-drop"),
    path("settings/intake/<int:pk>/restart/", views.restart, name="intake-restart"),
    path("settings/intake/<int:pk>/undo/", views.undo, name="intake-undo"),
]
