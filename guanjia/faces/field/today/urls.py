"""Addresses of one's day and of what is due in it."""

from django.urls import path

from guanjia.faces.field.today import views

urlpatterns = [
    path("", views.first, name="first"),
    path("today/", views.today, name="today"),
    path("today/<str:clause>/", views.clause, name="today-clause"),
    path("occurrence/", views.occurrence, name="occurrence"),
]
