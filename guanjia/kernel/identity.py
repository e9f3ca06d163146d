"""Identity papers of people and credit codes of firms: which kind, is it sound, what does it say. Pure.

Only the check digit, the birth date and the form are judged. Whether the paper exists is known to the police alone.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from stdnum import exceptions as stdnum_errors
from stdnum.cn import uscc
from stdnum.iso7064 import mod_11_2

from guanjia.kernel.errors import Refusal


class Kind(TextChoices):
    """Papers that people bring to the desk."""

    RESIDENT = "resident", gettext_lazy("居民身份证")
    RESIDENCE = "residence", gettext_lazy("港澳台居民居住证")
    FOREIGNER = "foreigner", gettext_lazy("外国人永久居留身份证")
    PERMIT = "permit", gettext_lazy("港澳台通行证")
    PASSPORT = "passport", gettext_lazy("护照")
    CREDIT = "credit", gettext_lazy("统一社会信用代码")
    OTHER = "other", gettext_lazy("其他证件")


@dataclass(frozen=True)
class Paper:
    """One judged number; `born_on` and `sex` where the number tells them."""

    kind: str
    number: str
    born_on: date | None = None
    sex: str = ""


class BadIdentity(Refusal):
    """The number cannot be right."""

    code, field = "bad_identity", "id_number"


class IdentityCut(BadIdentity):
    """A spreadsheet kept fifteen digits and filled the rest with zeros."""

    code = "identity_cut"


_EIGHTEEN = re.compile(r"\d{17}[\dX]")
_LEGACY = re.compile(r"\d{15}")
_PERMIT = re.compile(r"[HM]\d{8}(?:\d{2})?|\d{8}(?:\d{2})?")
_OLD_FOREIGNER = re.compile(r"[A-Z]{3}\d{12}")
_PASSPORT = re.compile(r"[A-Z]{1,2}\d{6,9}|[A-Z]\d{8}")


def judge(text: str, kind: str = "") -> Paper:
    """Return the kind, the one spelling and the facts of an identity number.

    Without `kind` it is read from the form: eighteen digits is a resident's card (81–83 first: a residence permit, 9 first: a
    foreigner's card), fifteen digits the card of before 1999, eighteen letters and digits a firm's credit code.

    Raises BadIdentity, IdentityCut.
    """
    number = re.sub(r"[\s\-‐-―]", "", unicodedata.normalize("NFKC", text)).upper().lstrip("'")
    if not number:
        raise BadIdentity(_("请填写证件号码"))
    if re.fullmatch(r"\d(?:\.\d+)?E\+?\d+", number):
        raise IdentityCut(_("证件号码被表格软件改成了科学计数，后几位已丢失。请把该列设为文本后重新填写"))
    kind = kind or _kind_of(number)
    if kind in {Kind.RESIDENT, Kind.RESIDENCE}:
        return _card(kind, number)
    if kind == Kind.FOREIGNER:
        return _card(kind, number) if _EIGHTEEN.fullmatch(number) else _formed(kind, number, _OLD_FOREIGNER)
    if kind == Kind.CREDIT:
        return _credit(number)
    if kind == Kind.PERMIT:
        return _formed(kind, number, _PERMIT)
    if kind == Kind.PASSPORT:
        return _formed(kind, number, _PASSPORT)
    if len(number) > 32 or not re.fullmatch(r"[\w()\u4e00-\u9fff]+", number):
        raise BadIdentity(_("证件号码里有不该出现的字符"))
    return Paper(Kind.OTHER, number)


def tail(number: str) -> str:
    """Return the last four characters, which people read out at the desk."""
    return number[-4:]


def _kind_of(number: str) -> str:
    if _EIGHTEEN.fullmatch(number):
        if number.startswith(("81", "82", "83")):
            return Kind.RESIDENCE
        # A credit code may be eighteen digits too; its second and first digits name the registrar.
        if number.startswith("91") and not mod_11_2.is_valid(number):
            return Kind.CREDIT
        return Kind.FOREIGNER if number.startswith("9") else Kind.RESIDENT
    if _LEGACY.fullmatch(number):
        return Kind.RESIDENT
    if len(number) == 18:
        return Kind.CREDIT
    if re.fullmatch(r"[HM]\d{8}(?:\d{2})?", number):
        return Kind.PERMIT
    if _OLD_FOREIGNER.fullmatch(number):
        return Kind.FOREIGNER
    if re.fullmatch(r"\d{16,17}|\d{19,}", number):
        raise BadIdentity(_("身份证号应为 18 位，这里是 %(count)d 位") % {"count": len(number)})
    return Kind.PASSPORT if _PASSPORT.fullmatch(number) else Kind.OTHER


def _card(kind: str, number: str) -> Paper:
    if _LEGACY.fullmatch(number) and kind == Kind.RESIDENT:
        born_on = _birth_date("19" + number[6:12])
        return Paper(kind, number, born_on, "m" if int(number[14]) % 2 else "f")
    if not _EIGHTEEN.fullmatch(number):
        raise BadIdentity(_("身份证号应为 18 位数字，最后一位可以是 X"))
    sound = mod_11_2.is_valid(number)
    if not sound and number.endswith("000"):
        raise IdentityCut(_("证件号码的后三位被表格软件改成了 000。请把该列设为文本后重新填写"))
    born_on = _birth_date(number[6:14])
    if not sound:
        raise BadIdentity(_("身份证号的校验位不对，请核对有没有抄错"))
    return Paper(kind, number, born_on, "m" if int(number[16]) % 2 else "f")


def _birth_date(digits: str) -> date:
    try:
        born_on = datetime.strptime(digits, "%Y%m%d").date()  # noqa: DTZ007 a civil date, no instant
    except ValueError:
        raise BadIdentity(_("身份证号里的出生日期不存在，请核对有没有抄错")) from None
    if born_on.year < 1880:
        raise BadIdentity(_("身份证号里的出生日期太早，请核对有没有抄错"))
    return born_on


def _credit(number: str) -> Paper:
    try:
        return Paper(Kind.CREDIT, uscc.validate(number))
    except stdnum_errors.ValidationError:
        raise BadIdentity(_("统一社会信用代码不对：应为 18 位字母和数字，请核对有没有抄错")) from None


def _formed(kind: str, number: str, form: re.Pattern[str]) -> Paper:
    if not form.fullmatch(number):
        raise BadIdentity(_("%(kind)s号码的样子不对，请核对有没有抄错") % {"kind": Kind(kind).label})
    return Paper(kind, number)
