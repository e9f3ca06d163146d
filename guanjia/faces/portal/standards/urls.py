"""Address of what was promised and done."""

from django.urls import path

from guanjia.faces.portal.standards import views

urlpatterns = [path("standards/", views.standards, name="standards")]
