"""The Jinja2 environment of all our pages: autoescape, strict undefined, translations, and the words of dates and money."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import segno
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from guanjia.faces.kit import drawing, navigation

WEEKDAYS = tuple(map(gettext_noop, ("周一", "周二", "周三", "周四", "周五", "周六", "周日")))


def build(**options: Any) -> Environment:
    """Return the environment that Django's Jinja2 back end asks for."""
    environment = Environment(**{**options, "undefined": StrictUndefined, "autoescape": True, "trim_blocks": True, "lstrip_blocks": True})
    environment.add_extension("jinja2.ext.i18n")
    environment.add_extension("jinja2.ext.do")
    environment.install_gettext_callables(translation.gettext, translation.ngettext, newstyle=True, pgettext=translation.pgettext)  # type: ignore[attr-defined]
    environment.globals.update(static=static, url=url, draw=drawing, qr_svg=qr_svg, language=translation.get_language)
    environment.globals.update(menu=navigation.menu, known=navigation.known)
    environment.filters.update(hm=hm, md=md, ymd=ymd, day=day, moment=moment, yuan=yuan, number=number)
    return environment


def url(name: str, *args: Any, **kwargs: Any) -> str:
    """Return the address of a named view."""
    return reverse(name, args=args, kwargs=kwargs)


def local(value: datetime | date) -> datetime | date:
    return timezone.localtime(value) if isinstance(value, datetime) and timezone.is_aware(value) else value


def hm(value: datetime) -> str:
    """Return the wall time: 09:05."""
    return f"{local(value):%H:%M}"


def md(value: datetime | date) -> str:
    """Return month and day: 11-21."""
    return f"{local(value):%m-%d}"


def ymd(value: datetime | date) -> str:
    """Return the full date: 2026-11-21."""
    return f"{local(value):%Y-%m-%d}"


def moment(value: datetime) -> str:
    """Return date and wall time: 2026-11-21 10:16."""
    return f"{local(value):%Y-%m-%d %H:%M}"


def day(value: datetime | date) -> str:
    """Return the day as it is spoken: 11月21日 周六."""
    given = local(value)
    return _("%(month)d月%(day)d日 %(weekday)s") % {"month": given.month, "day": given.day, "weekday": weekday(given)}


def weekday(value: datetime | date) -> str:
    return _(WEEKDAYS[value.weekday()])


def yuan(fen: int) -> str:
    """Return whole fen as money: ¥1,234.50."""
    sign = "-" if fen < 0 else ""
    return f"{sign}¥{abs(fen) // 100:,}.{abs(fen) % 100:02d}"


def number(value: int | float | Decimal) -> str:
    """Return a number with its thousands parted."""
    return f"{value:,}"


def qr_svg(content: str) -> Markup:
    """Return a QR code as inline SVG without colours of its own; content is encoded, never shown as markup."""
    return Markup(segno.make(content, error="m", micro=False).svg_inline(scale=1, border=2, omitsize=True, svgclass="qr", lineclass=None))
