"""The page of all components; mounted only while developing and testing."""

from django.urls import path

from guanjia.faces.kit import samples

app_name = "kit"
urlpatterns = [path("", samples.components, name="components"), path("phone/", samples.phone, name="phone")]
