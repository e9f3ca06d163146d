"""The faces, each under its own prefix; the console owns the root."""

from django.urls import include, path

urlpatterns = [
    path("field/", include("guanjia.faces.field.urls")),
    path("portal/", include("guanjia.faces.portal.urls")),
    path("", include("guanjia.faces.console.urls")),
]
