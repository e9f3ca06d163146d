"""Judge the numbers that name a person, a firm, a telephone, a car, as they come out of a spreadsheet.

What a sound number is, `kernel.identity`, `kernel.phones` and `parties.rules.plates` know. Here stands what only
spreadsheets do: Excel keeps fifteen digits of a number, so an identity number typed as a number has lost its last three
for ever, and a telephone shown as 1.38E+10 may have. Both are refused, never repaired. The short ways for the two commonest
shapes give the same verdict as the kernel's judges (a test compares them), a hundred thousand times faster.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Any, NoReturn

from django.utils.translation import gettext as _

from guanjia.domain.parties.rules import plates
from guanjia.kernel import identity as papers
from guanjia.kernel import names
from guanjia.kernel import phones as telephones
from guanjia.kernel.errors import Refusal

from .cells import Bad, is_empty, refuse_strange, signs, words

_MOBILE = re.compile(r"1[3-9]\d{9}").fullmatch
_SEPARATED = re.compile(r"[/,;|\n]|(?<=\d{11})\s+(?=\d)|(?<=\d{11})(?=1[3-9]\d{9}(?!\d))")
_LISTED = {0x3001: ",", 0xFF0F: "/", 0xFF1B: ";", 0xFF0C: ",", 0xFF5C: "|"}


def phones(value: Any, _epoch: bool) -> tuple[str, ...] | None:
    """Judge one or several telephone numbers in a cell, in the spelling of `kernel.phones`, at most five."""
    if type(value) is str:
        if _MOBILE(value):
            return (value,)
        parts = [part for part in (signs(part) for part in _SEPARATED.split(value.translate(_LISTED))) if part]
    elif is_empty(value):
        return None
    else:
        refuse_strange(value)
        if isinstance(value, float | int) and value >= 1e9 and value % 1_000_000 == 0:
            raise Bad("phone_as_float", _("电话被 Excel 存成了科学计数，后几位已丢失。请把这一列设为“文本”后重填"))
        parts = [signs(value)]
    numbers = tuple(dict.fromkeys(_phone(part) for part in parts if not is_empty(part)))
    if len(numbers) > 5:
        raise Bad("too_many", _("一格最多 5 个电话"))
    return numbers or None


def _phone(written: str) -> str:
    if re.fullmatch(r"[\d\s-]+", written) and written.startswith("1") and not _MOBILE(re.sub(r"\D", "", written)):
        digits = sum(character.isdigit() for character in written)
        if 9 <= digits <= 14 and digits != 11:
            raise Bad("bad_phone", _("手机号应为 11 位数字，这里是 %(digits)d 位") % {"digits": digits})
    try:
        return telephones.clean(written)
    except Refusal as refusal:
        raise Bad(refusal.code, str(refusal)) from None


_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_RESIDENT = re.compile(r"[1-8]\d{16}[\dX]").fullmatch


class _Sums(dict[str, int]):
    """Weighted digit sums of a stretch of an identity number: few districts and days exist, so each is summed once."""

    def __init__(self, begin: int, end: int) -> None:
        super().__init__()
        self.weights = _WEIGHTS[begin:end]

    def __missing__(self, digits: str) -> int:
        if len(self) > 100_000:
            self.clear()
        self[digits] = total = sum(weight * int(digit) for weight, digit in zip(self.weights, digits, strict=True))
        return total


class _Births(_Sums):
    """Birth dates: the sum of the eight digits, or -1 for a day that does not exist or lies before 1880."""

    def __missing__(self, digits: str) -> int:
        try:
            good = date(int(digits[:4]), int(digits[4:6]), int(digits[6:])).year >= 1880
        except ValueError:
            good = False
        total = super().__missing__(digits)
        if not good:
            self[digits] = total = -1
        return total


_DISTRICT, _BIRTH, _TAIL = _Sums(0, 6), _Births(6, 14), _Sums(14, 17)


def identity(value: Any, _epoch: bool) -> str | None:
    """Judge the number of an identity document or the credit code of a firm, as `kernel.identity` spells it."""
    if type(value) is str:
        if _RESIDENT(value):
            birth = _BIRTH[value[6:14]]
            if birth >= 0 and _CHECKS[(_DISTRICT[value[:6]] + birth + _TAIL[value[14:17]]) % 11] == value[17]:
                return value
    elif is_empty(value):
        return None
    else:
        refuse_strange(value)
        if isinstance(value, float | int) and value >= 1e15:
            _cut()
    written = signs(value)
    if is_empty(written):
        return None
    if re.fullmatch(r"\d(?:\.\d+)?[eE]\+?\d+", written):
        _cut()
    try:
        paper = papers.judge(written)
    except papers.IdentityCut:
        _cut()
    except Refusal as refusal:
        raise Bad(refusal.code, str(refusal)) from None
    if paper.kind == papers.Kind.OTHER and not re.search(r"\d{4}", paper.number):
        raise Bad("bad_identity", _("证件号码认不出来，请核对"))
    return paper.number


def _cut() -> NoReturn:
    raise Bad("identity_cut", _("证件号被 Excel 截断（末三位变成 000）。请把这一列设为“文本”，按证件重新填写"))


_PLAIN_NAME = re.compile(r"[一-龥]{2,12}").fullmatch


def name(value: Any, _epoch: bool) -> str | None:
    """Judge the name of a person or firm, in the spelling of `kernel.names`."""
    if type(value) is str and _PLAIN_NAME(value) and value not in ("暂无",):
        return value
    if is_empty(value):
        return None
    refuse_strange(value)
    written = words(value)
    if isinstance(value, float | int) or re.fullmatch(r"[\d\s.+-]+", written):
        raise Bad("bad_name", _("姓名不能只是数字，列是不是错位了"))
    try:
        return names.clean(written)
    except Refusal as refusal:
        raise Bad(refusal.code, str(refusal)) from None


def plate(value: Any, _epoch: bool) -> str | None:
    """Judge a number plate, in the spelling of `parties.rules.plates`."""
    if is_empty(value):
        return None
    refuse_strange(value)
    try:
        return plates.judge(signs(value)).text
    except Refusal as refusal:
        raise Bad(refusal.code, str(refusal)) from None
