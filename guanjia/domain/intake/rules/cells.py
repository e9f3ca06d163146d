"""Judge one cell: turn what people type into what is stored, or say in one sentence why not.

Every judge takes a raw value and the 1904 flag and returns the stored value (`None` for an empty cell), or raises
`Bad`. Money is whole fen; areas, prices, ratios come back as integers in hundredths, ten-thousandths, millionths, the
form in which `kernel.fields.Scaled` keeps them. Numbers are never rounded silently.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from .grid import ErrorCell

Judge = Callable[[Any, bool], Any]


class Bad(Exception):
    """One cell is refused: `code` for machines, the sentence for people."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code, self.message = code, message


_FULL_WIDTH = {0xFF01 + i: 0x21 + i for i in range(94)}
_LETTERS = {code: plain for code, plain in _FULL_WIDTH.items() if chr(plain).isalnum()}
_SPACES = dict.fromkeys([0x00A0, 0x3000, 0x2002, 0x2003, 0x2009, 0x202F, 0x09, 0x0A, 0x0D], 0x20)
_UNSEEN = dict.fromkeys([0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0xFEFF, 0x00AD, *range(0x202A, 0x202F)])
WORDS = {**_LETTERS, **_SPACES, **_UNSEEN}
SIGNS = {
    **_FULL_WIDTH,
    **_SPACES,
    **_UNSEEN,
    0x2014: 0x2D,
    0x2013: 0x2D,
    0x2212: 0x2D,
    0x2010: 0x2D,
    0x301C: 0x7E,
    0x3001: 0x2C,
    0x3002: 0x2E,
}
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")
_NOTHING = frozenset(["", "-", "--", "/", "\\", "无", "暂无", "空", "N/A", "n/a", "#N/A N/A", "null", "NULL", "None", "—", "——"])
_PLAIN_CODE = re.compile(r"\d[0-9A-Z-]{0,15}").fullmatch
_SCIENTIFIC = re.compile(r"^-?\d(?:\.\d+)?[eE]\+?\d{1,2}$")


def refuse_strange(value: Any) -> None:
    """Refuse what no column wants: a failed formula, a truth value where words are expected."""
    if isinstance(value, ErrorCell):
        raise Bad("formula_error", _("公式出错（%(error)s），请改成具体的值") % {"error": value.text})
    if isinstance(value, bool):
        raise Bad("wrong_type", _("这里是逻辑值 TRUE/FALSE，请填写文字或数字"))


def words(value: Any) -> str:
    """Return free text with full-width letters and strange spaces made plain; Chinese punctuation stays."""
    if type(value) is not str:
        value = _as_text(value)
    value = value.translate(WORDS)
    if _CONTROL.search(value):
        raise Bad("strange_character", _("有看不见的控制字符，请重新输入这一格"))
    return " ".join(value.split())


def signs(value: Any) -> str:
    """Return a code or a number as text, every full-width sign made plain."""
    if type(value) is not str:
        value = _as_text(value)
    value = value.translate(SIGNS)
    if _CONTROL.search(value):
        raise Bad("strange_character", _("有看不见的控制字符，请重新输入这一格"))
    if value[:1] == "'":  # the apostrophe with which people force text
        value = value[1:]
    return str(value.strip())


def _as_text(value: Any) -> str:
    refuse_strange(value)
    if isinstance(value, float):
        if value != value or value in (float("inf"), float("-inf")):
            raise Bad("not_a_number", _("不是有效的数字"))
        return str(int(value)) if value == int(value) and abs(value) < 1e18 else f"{value:.15g}"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, datetime | date | time | timedelta):
        raise Bad("looks_like_date", _("像是日期：Excel 可能把 3-2 这样的编号自动改成了日期。请把这一列设为“文本”后重填"))
    return str(value)


def is_empty(value: Any) -> bool:
    return value == "" or value is None or (isinstance(value, str) and value.translate(WORDS).strip() in _NOTHING)


def text(longest: int) -> Judge:
    """Return a judge of free text of at most so many characters."""

    def judge(value: Any, _epoch: bool) -> str | None:
        found = words(value)
        if found in _NOTHING:
            return None
        if len(found) > longest:
            raise Bad("too_long", _("太长（%(length)d 字），最多 %(limit)d 字") % {"length": len(found), "limit": longest})
        return found

    return judge


def code(longest: int) -> Judge:
    """Return a judge of codes and numbers that are names: text, leading zeros kept, no spaces inside."""

    def judge(value: Any, _epoch: bool) -> str | None:
        if type(value) is str and _PLAIN_CODE(value):  # the short way for most codes
            return value
        found = signs(value)
        if found in _NOTHING:
            return None
        found = found.replace(" ", "")
        if type(value) is float and value != int(value):
            raise Bad("not_a_code", _("编号不能是小数"))
        if _SCIENTIFIC.match(found) and "+" in found:
            raise Bad("cut_number", _("编号被 Excel 存成了科学计数，后面的数字已丢失。请把这一列设为“文本”后重填"))
        if len(found) > longest:
            raise Bad("too_long", _("太长（%(length)d 字），最多 %(limit)d 字") % {"length": len(found), "limit": longest})
        return found

    return judge


_NUMBER = re.compile(r"^[¥￥$]?\s*([+-]?)[¥￥$]?\s*(\d{1,3}(?:,\d{3})+|\d*)(\.\d+)?(?:[eE]\+?(\d{1,2}))?\s*(.*)$")


def scaled(places: int, *, units: tuple[str, ...] = (), low: int | None = 0, high: int, what: str, positive: bool = False) -> Judge:
    """Return a judge of exact numbers with so many places, as an integer in the smallest unit.

    `units` may follow the number ("118.62㎡"); any other word after it is refused. `low` and `high` bound the value in
    whole units, ends included; `positive` refuses nothing at all.
    """
    factor = 10**places
    known = frozenset(unit.translate(SIGNS).replace(" ", "").lower() for unit in units) | {""}

    def bounded(number: int) -> int:
        if positive and number == 0:
            raise Bad("out_of_range", _("%(what)s要大于 0，不知道就留空") % {"what": what})
        if (low is not None and number < low * factor) or number > high * factor:
            raise Bad(
                "out_of_range", _("%(what)s应在 %(low)s 到 %(high)s 之间") % {"what": what, "low": "" if low is None else low, "high": high}
            )
        return number

    def judge(value: Any, _epoch: bool) -> int | None:
        if type(value) is float or type(value) is int:
            try:
                number = round(value * factor)
            except (OverflowError, ValueError):
                raise Bad("not_a_number", _("%(what)s不是有效的数字") % {"what": what}) from None
            if number / factor != value:
                number = _exact(Decimal(f"{value:.15g}"), places, what)
            return bounded(number)
        found = signs(value)
        if found in _NOTHING:
            return None
        negative = found.startswith("(") and found.endswith(")")
        match = _NUMBER.match(found[1:-1] if negative else found)
        if match is None or not (match[2] or match[3]):
            raise Bad("not_a_number", _("%(what)s应为数字，这里是“%(found)s”") % {"what": what, "found": found[:20]})
        sign, whole, fraction, exponent, unit = match.groups()
        if unit.replace(" ", "").lower() not in known:
            raise Bad("unknown_unit", _("%(what)s后面的“%(unit)s”认不出来，请只填数字") % {"what": what, "unit": unit[:12]})
        try:
            exact = Decimal((whole or "0").replace(",", "") + (fraction or "")) * (Decimal(10) ** int(exponent or 0))
        except InvalidOperation:
            raise Bad("not_a_number", _("%(what)s不是有效的数字") % {"what": what}) from None
        return bounded(_exact(-exact if negative != (sign == "-") else exact, places, what))

    return judge


def _exact(number: Decimal, places: int, what: str) -> int:
    """Return the number in its smallest unit; refuse digits that would have to be dropped."""
    try:
        shifted = number.scaleb(places)
        if shifted != shifted.to_integral_value():
            raise Bad("too_many_places", _("%(what)s最多 %(places)d 位小数，请先四舍五入") % {"what": what, "places": places})
        return int(shifted)
    except (InvalidOperation, OverflowError, ValueError):
        raise Bad("not_a_number", _("%(what)s不是有效的数字") % {"what": what}) from None


_FRACTION = re.compile(r"^(\d{1,6})/(\d{1,6})$")
_MILLION = 1_000_000


def share(value: Any, _epoch: bool) -> int | None:
    """Judge a share of ownership: 0.5, 50%, 50, 1/2 are all half. The result is in millionths, more than 0, at most 1."""
    if type(value) is float or type(value) is int:
        ratio = Decimal(f"{value:.15g}")
    else:
        found = signs(value).replace(" ", "")
        if found in _NOTHING:
            return None
        if fraction := _FRACTION.match(found):
            if not int(fraction[2]):
                raise Bad("not_a_share", _("份额的分母不能是 0"))
            ratio = Decimal(int(fraction[1])) / Decimal(int(fraction[2]))
        else:
            try:
                ratio = Decimal(found.rstrip("%")) / (100 if found.endswith("%") else 1)
            except InvalidOperation:
                raise Bad("not_a_share", _("份额写成 50%%、0.5 或 1/2，这里是“%(found)s”") % {"found": found[:20]}) from None
    if not ratio.is_finite():
        raise Bad("not_a_share", _("份额不是有效的数字"))
    if 1 < ratio <= 100:
        ratio /= 100
    millionths = int((ratio * _MILLION).to_integral_value()) if abs(ratio) < 1000 else -1
    if not 0 < millionths <= _MILLION:
        raise Bad("out_of_range", _("份额应大于 0，最多 100%"))
    return millionths


def whole(low: int, high: int, what: str, units: tuple[str, ...] = ()) -> Judge:
    """Return a judge of whole numbers between two bounds, ends included."""
    return scaled(0, units=units, low=low, high=high, what=what)


def choice(names: dict[str, tuple[str, ...]], what: str) -> Judge:
    """Return a judge of one of several words. `names` maps the stored value to everything people write for it."""
    known = {spelling: stored for stored, spellings in names.items() for spelling in (*spellings, stored)}
    offered = "、".join(spellings[0] for spellings in names.values())

    def judge(value: Any, _epoch: bool) -> str | None:
        found = words(value)
        if found in _NOTHING:
            return None
        stored = known.get(found) or known.get(found.replace(" ", "").strip("()（）"))
        if stored is None:
            raise Bad(
                "unknown_choice", _("%(what)s没有“%(found)s”，可填：%(offered)s") % {"what": what, "found": found[:20], "offered": offered}
            )
        return stored

    return judge


_DAY = re.compile(r"^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?(?:[ T]+0{1,2}:00(?::00(?:\.0+)?)?)?$")
_COMPACT = re.compile(r"^(\d{4})(\d{2})(\d{2})$")
_MONTH = re.compile(r"^(\d{4})\s*(?:[-/.年]\s*(\d{1,2})\s*月?|(\d{2}))$")
_OPEN_END = frozenset(["长期", "至今", "永久", "不限", "无限期"])
_FIRST, _LAST = date(1900, 1, 1), date(2100, 12, 31)


def _from_serial(number: float, epoch_1904: bool) -> date:
    """Return the day of a serial number; 60 is the day that never was in the 1900 system."""
    days = int(number)
    if epoch_1904:
        return date(1904, 1, 1) + timedelta(days=days)
    return date(1899, 12, 30 if days > 60 else 31) + timedelta(days=days)


def day(*, month_means: str = "") -> Judge:
    """Return a judge of dates. `month_means` ("first" or "last") also takes a month alone as its first or last day."""

    def judge(value: Any, epoch_1904: bool) -> date | None:
        if type(value) is date:
            found: date | None = value
        elif type(value) is datetime:
            found = value.date()
        elif type(value) is float or type(value) is int:
            found = _day_of_number(value, epoch_1904)
        else:
            written = signs(value) if type(value) is str else words(value)
            if written in _NOTHING or written in _OPEN_END:
                return None
            found = _day_of_text(written, month_means)
        if found is None:
            raise Bad("not_a_date", _("日期认不出来，请写成 2024-01-05"))
        if not _FIRST <= found <= _LAST:
            raise Bad("out_of_range", _("日期 %(day)s 不合常理") % {"day": found.isoformat()})
        return found

    return judge


def _day_of_number(value: float, epoch_1904: bool) -> date | None:
    if value != value or abs(value) > 1e8:
        return None
    if 15_000 <= value < 75_000:
        return _from_serial(value, epoch_1904)
    if value == int(value) and (match := _COMPACT.match(str(int(value)))):
        return _checked(int(match[1]), int(match[2]), int(match[3]))
    if 1900 <= value < 2101:
        raise Bad("not_a_date", _("只有年份或小数，请写全年月日，如 2024-01-05"))
    return None


def _day_of_text(written: str, month_means: str) -> date | None:
    if match := _DAY.match(written) or _COMPACT.match(written):
        return _checked(int(match[1]), int(match[2]), int(match[3]))
    if match := _MONTH.match(written):
        year, month = int(match[1]), int(match[2] or match[3])
        if not month_means:
            raise Bad("day_missing", _("只有年月，请写全年月日，如 2024-01-05"))
        first = _checked(year, month, 1)
        return (
            first if month_means == "first" else first.replace(day=28) + timedelta(days=4 - (first.replace(day=28) + timedelta(days=4)).day)
        )
    if re.match(r"^\d{5}(?:\.0+)?$", written):
        return _day_of_number(float(written), False)
    if re.match(r"^\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}$", written):
        raise Bad("ambiguous_date", _("“%(found)s”分不清年月日，请写成 2024-01-05") % {"found": written})
    return None


def _checked(year: int, month: int, number: int) -> date:
    try:
        return date(year, month, number)
    except ValueError:
        raise Bad(
            "no_such_day", _("没有 %(year)d 年 %(month)d 月 %(day)d 日这一天") % {"year": year, "month": month, "day": number}
        ) from None


def month(value: Any, epoch_1904: bool) -> date | None:
    """Judge a month, as its first day."""
    found = day(month_means="first")(value, epoch_1904)
    return found.replace(day=1) if isinstance(found, date) else None
