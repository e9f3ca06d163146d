"""Addresses of the field face."""

app_name = "field"
urlpatterns: list[object] = []
