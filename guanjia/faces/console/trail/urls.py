"""Address of the log of acts."""

from django.urls import path

from guanjia.faces.console.trail import views

urlpatterns = [path("settings/trail/", views.log, name="trail")]
