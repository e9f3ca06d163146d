"""Addresses of the promises: the library of clauses, and one clause."""

from django.urls import path, re_path

from guanjia.faces.console.standards import clauses

urlpatterns = [
    path("standards/", clauses.library, name="clauses"),
    re_path(r"^standards/(?P<code>[A-Z][A-Z0-9.\-]*)/$", clauses.clause, name="clause"),
]
