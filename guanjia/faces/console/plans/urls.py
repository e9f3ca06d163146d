"""Addresses of service plans in the settings."""

from django.urls import path

from guanjia.faces.console.plans import views

urlpatterns = [
    path("settings/plans/", views.plans, name="plans"),
    path("settings/plans/<int:pk>/", views.plan, name="plan"),
    path("settings/plans/<int:pk>/file/", views.file, name="plan-file"),
    path("settings/plans/diff/", views.comparison, name="plan-diff"),
    path("settings/plans/values/", views.values, name="plan-values"),
    path("settings/plans/values/<str:code>/", views.value, name="plan-value"),
]
