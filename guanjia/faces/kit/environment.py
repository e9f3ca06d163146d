"""The Jinja2 environment of all our pages: autoescape, strict undefined, translations."""

from __future__ import annotations

from typing import Any

from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from jinja2 import Environment, StrictUndefined


def build(**options: Any) -> Environment:
    """Return the environment that Django's Jinja2 back end asks for."""
    environment = Environment(**{**options, "undefined": StrictUndefined, "autoescape": True, "trim_blocks": True, "lstrip_blocks": True})
    environment.add_extension("jinja2.ext.i18n")
    environment.install_gettext_callables(translation.gettext, translation.ngettext, newstyle=True, pgettext=translation.pgettext)  # type: ignore[attr-defined]
    environment.globals.update(static=static, url=url)
    return environment


def url(name: str, *args: Any, **kwargs: Any) -> str:
    """Return the address of a named view."""
    return reverse(name, args=args, kwargs=kwargs)
