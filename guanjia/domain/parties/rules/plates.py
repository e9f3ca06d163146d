"""Number plates of vehicles: which form, one spelling, colour. Pure. A plate is never a key: cars change plates."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guanjia.kernel.errors import Refusal

PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
# Theatre and service letters of the plates of 2012; V is the Central Military Commission.
_MILITARY = "BCDEGHJKLNSVYZ"
_SERIES = "A-HJ-NP-Z0-9"


class Form(TextChoices):
    """Which authority's plate, and what it says about the vehicle."""

    ORDINARY = "ordinary", gettext_lazy("普通")
    NEW_ENERGY = "new_energy", gettext_lazy("新能源")
    POLICE = "police", gettext_lazy("警车")
    LEARNER = "learner", gettext_lazy("教练车")
    TRAILER = "trailer", gettext_lazy("挂车")
    HONGKONG = "hongkong", gettext_lazy("香港入出境")
    MACAO = "macao", gettext_lazy("澳门入出境")
    EMBASSY = "embassy", gettext_lazy("使馆")
    CONSULATE = "consulate", gettext_lazy("领馆")
    ARMED_POLICE = "armed_police", gettext_lazy("武警")
    MILITARY = "military", gettext_lazy("军车")
    EMERGENCY = "emergency", gettext_lazy("应急救援")
    UNPLATED = "unplated", gettext_lazy("无牌")


class BadPlate(Refusal):
    """No plate of any authority looks like this."""

    code, field = "bad_plate", "plate"


@dataclass(frozen=True)
class Plate:
    """A judged plate: `text` without blanks and dots, `form` as the authority."""

    text: str
    form: str

    def __str__(self) -> str:
        return shown(self.text)


_FORMS: list[tuple[str, re.Pattern[str]]] = [
    (Form.ARMED_POLICE, re.compile(rf"WJ[{PROVINCES}]?\d{{4}}[\dA-Z]")),
    (Form.MILITARY, re.compile(rf"[{_MILITARY}][A-Z]\d{{5}}")),
    (Form.POLICE, re.compile(rf"[{PROVINCES}][A-Z][{_SERIES}]{{4}}警")),
    (Form.LEARNER, re.compile(rf"[{PROVINCES}][A-Z][{_SERIES}]{{4}}学")),
    (Form.TRAILER, re.compile(rf"[{PROVINCES}][A-Z][{_SERIES}]{{4}}挂")),
    (Form.HONGKONG, re.compile(rf"粤Z[{_SERIES}]{{4}}港")),
    (Form.MACAO, re.compile(rf"粤Z[{_SERIES}]{{4}}澳")),
    (Form.EMERGENCY, re.compile(rf"[{PROVINCES}][XS][{_SERIES}]{{4}}应急")),
    (Form.EMBASSY, re.compile(r"\d{6}使|使\d{6}")),
    (Form.CONSULATE, re.compile(rf"[{PROVINCES}][A-Z]\d{{4}}领|[{PROVINCES}]\d{{5}}领|领\d{{6}}")),
    # Small cars carry the energy letter third, large ones last; the letters since 2021 are A–K without I and O.
    (Form.NEW_ENERGY, re.compile(rf"[{PROVINCES}][A-Z](?:[A-HJK][{_SERIES}]\d{{4}}|\d{{5}}[A-HJK])")),
    (Form.ORDINARY, re.compile(rf"[{PROVINCES}][A-Z][{_SERIES}]{{5}}")),
]


def judge(text: str) -> Plate:
    """Return the plate in one spelling with its form; a vehicle without one carries a ticket number such as `无牌-0007`. Raises BadPlate."""
    plain = re.sub(r"[\s·•・.\-‐-―_]", "", unicodedata.normalize("NFKC", text)).upper()
    if not plain:
        raise BadPlate(_("请填写车牌号"))
    if plain.startswith("无牌"):
        ticket = plain.removeprefix("无牌")
        if not re.fullmatch(r"[A-Z0-9]{1,16}", ticket):
            raise BadPlate(_("无牌车请写「无牌」加临时编号，例如 无牌-0007"))
        return Plate(f"无牌{ticket}", Form.UNPLATED)
    for form, pattern in _FORMS:
        if pattern.fullmatch(plain):
            return Plate(plain, form)
    if re.match(rf"[{PROVINCES}]", plain) and re.search(r"[IO]", plain[2:]):
        raise BadPlate(_("车牌序号里没有字母 I 和 O，请核对是不是数字 1 和 0"))
    if not re.match(rf"[{PROVINCES}使领]|WJ|[{_MILITARY}][A-Z]|\d", plain):
        raise BadPlate(_("车牌应以省份简称开头，例如 浙A8K213"))
    raise BadPlate(_("车牌号不对：普通车 7 位，新能源车 8 位，例如 浙A8K213、浙AD12345"))


def shown(text: str) -> str:
    """Return the plate as people read it, `浙A·8K213`."""
    if text.startswith("无牌"):
        return f"无牌-{text[2:]}"
    if re.match(rf"[{PROVINCES}][A-Z]", text):
        return f"{text[:2]}·{text[2:]}"
    return text


def tail(text: str) -> str:
    """Return the last three characters, the part that stays unmasked and is said at the gate."""
    return text[-3:]
