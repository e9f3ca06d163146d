"""Addresses of what is due. They stand before those of the clauses, whose codes would swallow them."""

from django.urls import path

from guanjia.faces.console.occurrences import acts, day, month

urlpatterns = [
    path("standards/month/", month.month, name="month"),
    path("standards/day/", day.day, name="day"),
    path("standards/completions/", acts.completion, name="completions"),
    path("standards/assignments/", acts.assignment, name="assignments"),
    path("standards/excuses/", acts.excuse, name="excuses"),
]
