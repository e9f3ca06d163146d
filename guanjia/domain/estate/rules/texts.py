"""How people type: full-width digits, Chinese numerals, every kind of dash. Nothing here knows an estate."""

import re
import unicodedata

_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−－~～_/\\·、，,;；", "-"))
_BLANK = re.compile(r"\s+")
_DIGITS = {"零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_NUMERAL = re.compile(r"[零〇一二两三四五六七八九十百]+(?=号|栋|幢|座|单元|梯|门|期|区|层|楼|#|组团)")
_NATURAL = re.compile(r"\d+|\D+")


def plain(text: str) -> str:
    """Return the text as half-width capitals without blanks, with one kind of dash and digits for counted numerals.

    Full-width forms, ＃ and № shapes fold by NFKC. Numerals change only before a word that counts (三号楼, 二单元),
    so that names such as 三里屯 stay.
    """
    folded = _BLANK.sub("", unicodedata.normalize("NFKC", text)).upper().translate(_DASHES)
    folded = folded.replace("（", "(").replace("）", ")")
    return _NUMERAL.sub(lambda match: str(number(match.group())), folded)


def number(numeral: str) -> int:
    """Return the value of a Chinese numeral below one thousand: 三 3, 十二 12, 二十 20, 一百零一 101, 一二 12."""
    if not any(unit in numeral for unit in "十百"):
        return int("".join(str(_DIGITS[sign]) for sign in numeral))
    total, digit = 0, 0
    for sign in numeral:
        if sign in _DIGITS:
            digit = _DIGITS[sign]
        else:
            total += (digit or 1) * (100 if sign == "百" else 10)
            digit = 0
    return total + digit


def natural(text: str) -> str:
    """Return a text that sorts as people count: digit runs padded to eight, 2 before 10, 3 before 3A, B floors first.

    Basements (B1, B2, -1) sort below the ground and the deepest first.
    """
    key = []
    for index, run in enumerate(_NATURAL.findall(plain(text))):
        if index == 0 and (deep := re.fullmatch(r"B|-", run)):
            key.append("!" if deep else run)
        elif run.isdecimal():
            below = key == ["!"]
            key.append(f"{99_999_999 - int(run):08d}" if below else f"{int(run):08d}")
        else:
            key.append(run)
    return "".join(key)
