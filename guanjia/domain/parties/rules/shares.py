"""Shares of ownership as people write them: 1/2, 50%, 0.5, 五五 is not one. Pure."""

from __future__ import annotations

import re
import unicodedata
from decimal import ROUND_DOWN, Decimal, InvalidOperation

from django.utils.translation import gettext as _

from guanjia.kernel.errors import Refusal

MILLIONTH = Decimal("0.000001")


class BadShare(Refusal):
    """No share of a property: not a number, or not more than nothing and at most the whole."""

    code, field = "bad_share", "share"


def parse(text: str) -> Decimal | None:
    """Return the share rounded down to a millionth, so that equal parts never add up to more than the whole; "" is unknown.

    Raises BadShare.
    """
    plain = unicodedata.normalize("NFKC", text).replace(" ", "")
    if not plain:
        return None
    try:
        if fraction := re.fullmatch(r"(\d{1,9})/(\d{1,9})", plain):
            exact = Decimal(fraction.group(1)) / Decimal(fraction.group(2))
        elif plain.endswith("%"):
            exact = Decimal(plain[:-1]) / 100
        else:
            exact = Decimal(plain)
        if not (exact.is_finite() and 0 < exact <= 1):
            raise BadShare(_("份额应大于 0、不超过 1，例如 1/2、50% 或 0.5"))
        share = exact.quantize(MILLIONTH, ROUND_DOWN)
    except (InvalidOperation, ZeroDivisionError):
        raise BadShare(_("份额写成 1/2、50% 或 0.5")) from None
    if share == 0:
        raise BadShare(_("份额应大于 0、不超过 1，例如 1/2、50% 或 0.5"))
    return share


def shown(share: Decimal | None) -> str:
    """Return a share as people read it: `50%`, `33.33%`; "" when it is unknown."""
    if share is None:
        return ""
    return f"{(share * 100).quantize(Decimal('0.01')):f}".rstrip("0").rstrip(".") + "%"
