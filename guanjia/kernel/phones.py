"""Telephone numbers: one spelling, what is wrong with a bad one. Pure.

A mainland mobile is kept as eleven digits, a landline as `0571-87654321` (an extension after `转`), a number of another
country as `+852 9123 4567` without the blanks. Hotlines (`400…`, `95…`) are kept as their digits.
"""

from __future__ import annotations

import re
import unicodedata

import phonenumbers
from django.utils.translation import gettext as _

from guanjia.kernel.errors import Refusal

_MOBILE = re.compile(r"1[3-9]\d{9}")
_HOTLINE = re.compile(r"(?:[48]00\d{7}|95\d{3,6}|1(?:10|12|14|19|20|22)|1[02]\d{3}|96\d{3,4})")
_EXTENSION = re.compile(r"(?:转|分机|[#xX])\s*(\d{1,6})$|(?<=\d{7})-(\d{1,6})$")
_FLOAT = re.compile(r"\d(?:\.\d+)?[eE]\+?\d+|\d{11}\.0+")


class BadPhone(Refusal):
    """The text is no telephone number."""

    code, field = "bad_phone", "phone"


class PhoneAsFloat(BadPhone):
    """A spreadsheet turned the number into a floating-point figure and lost digits."""

    code = "phone_as_float"


def clean(text: str) -> str:
    """Return the one spelling in which a telephone number is kept, compared and searched. Raises BadPhone, PhoneAsFloat."""
    raw = unicodedata.normalize("NFKC", text).strip().lstrip("'")
    if not raw:
        raise BadPhone(_("请填写电话号码"))
    if _FLOAT.fullmatch(raw):
        if raw.endswith("0") and "." in raw and _MOBILE.fullmatch(raw.split(".")[0]):
            return raw.split(".")[0]
        raise PhoneAsFloat(_("电话被表格软件改成了科学计数，位数已丢失。请把该列设为文本后重新填写"))
    plain = re.sub(r"[\s().‐-―-]", "", raw)
    plain = re.sub(r"^(?:\+|00)86", "", plain)
    if _MOBILE.fullmatch(plain):
        return plain
    if _HOTLINE.fullmatch(plain):
        return plain
    return _landline_or_foreign(raw)


def is_mobile(number: str) -> bool:
    """Tell whether a cleaned number is a mainland mobile, which alone can receive a code."""
    return _MOBILE.fullmatch(number) is not None


def tail(number: str) -> str:
    """Return the last four digits of a cleaned number, without its extension; what people say on the telephone."""
    return re.sub(r"\D", "", number.split("转")[0])[-4:]


def _landline_or_foreign(raw: str) -> str:
    extension = ""
    found = _EXTENSION.search(raw)
    if found:
        extension = found.group(1) or found.group(2)
        raw = raw[: found.start()].rstrip(" -,")
    try:
        number = phonenumbers.parse(re.sub(r"^00", "+", raw), "CN")
    except phonenumbers.NumberParseException:
        raise BadPhone(_("电话号码不对：手机号应为 11 位数字，座机请带区号")) from None
    if not phonenumbers.is_valid_number(number):
        digits = re.sub(r"\D", "", raw)
        if len(digits) in {7, 8}:
            raise BadPhone(_("座机请带区号，例如 0571-87654321"))
        raise BadPhone(_("电话号码不对：手机号应为 11 位数字，座机请带区号"))
    if number.country_code == 86:
        national = str(number.national_number)
        area = phonenumbers.length_of_geographical_area_code(number)
        spelled = f"0{national[:area]}-{national[area:]}" if area else national
    else:
        spelled = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return f"{spelled}转{extension}" if extension else spelled
