"""Pages for what goes wrong: what happened, what is kept, what to do."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader


def refused(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """403 without a permission's name: Django's own refusals, such as a stale form token."""
    return render(request, "kit/403.html", {"refusal": None}, status=403)


def no_token(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 of a form whose token is missing or old: most often an expired sign-in."""
    return render(request, "kit/expired.html", status=403)


def missing(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """404, the same whether a thing does not exist or is out of reach."""
    return render(request, "kit/404.html", status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """500, without the database: whatever broke may be the database."""
    context = {"number": getattr(request, "number", ""), "support": settings.GUANJIA_SUPPORT}
    return HttpResponse(loader.get_template("kit/500.html").render(context), status=500)
