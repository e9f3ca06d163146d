"""Addresses of the portal face."""

app_name = "portal"
urlpatterns: list[object] = []
