"""What a person without the right to know is shown in place of a name, a number, a plate. Pure.

Masking happens on the server, in queries; a template never receives what it must not print.
"""

from __future__ import annotations

import re


def phone(number: str) -> str:
    """`138****5678`; a landline keeps its area and the last three digits, a foreign number its country and the last four."""
    if not number:
        return ""
    if re.fullmatch(r"1\d{10}", number):
        return f"{number[:3]}****{number[-4:]}"
    if number.startswith("+"):
        return f"{number[:3]}****{number[-4:]}" if len(number) > 7 else "****"
    area, dash, rest = number.split("转")[0].partition("-")
    if dash:
        return f"{area}-{'*' * max(len(rest) - 3, 1)}{rest[-3:]}"
    return f"{'*' * max(len(number) - 3, 1)}{number[-3:]}" if len(number) > 5 else number


def identity(number: str) -> str:
    """First and last character only: `1****************X`."""
    if len(number) < 3:
        return "*" * len(number)
    return f"{number[0]}{'*' * (len(number) - 2)}{number[-1]}"


def name(text: str) -> str:
    """The surname and two stars, whatever the length: `张**`. A name of several parts keeps the first character of all."""
    return f"{text[0]}**" if text else ""


def plate(text: str) -> str:
    """`粤B·**345`: the place and the last three characters."""
    bare = text.replace("·", "")
    if len(bare) < 6:
        return "*" * len(bare)
    return f"{bare[:2]}·{'*' * (len(bare) - 5)}{bare[-3:]}"
