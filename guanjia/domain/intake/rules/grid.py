"""What a reader hands over: sheets as rows of plain values, and what else the file said about itself.

Positions are absolute and start at 0 here; people see rows from 1 and columns as letters (`letter`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Value = Any  # str | float | int | bool | date | datetime | time | timedelta; "" is an empty cell
Rows = list[list[Value]]

PLAIN_TEXT = "csv"


@dataclass(frozen=True)
class ErrorCell:
    """A cell whose formula failed, e.g. `#REF!`; readers show it as empty, so that it would get lost unseen."""

    text: str


@dataclass
class Grid:
    """One sheet. `merged` holds (first row, first column, last row, last column), ends included."""

    name: str
    rows: Rows
    visible: bool = True
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_columns: frozenset[int] = frozenset()
    hidden_rows: int = 0


@dataclass
class Workbook:
    """A file that could be read. `epoch_1904` says on which day serial number 0 falls."""

    kind: str
    sheets: list[Grid]
    sha256: str = ""
    epoch_1904: bool = False
    encoding: str = ""


@dataclass
class Asides:
    """What the container tells beside the values, per sheet position: failed formulas, hidden columns."""

    epoch_1904: bool = False
    errors: Mapping[str, dict[tuple[int, int], str]] = field(default_factory=dict)
    hidden_columns: Mapping[str, frozenset[int]] = field(default_factory=dict)
    hidden_rows: Mapping[str, int] = field(default_factory=dict)


def letter(column: int) -> str:
    """Return the spreadsheet letters of a column counted from 0: 0 → A, 27 → AB."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """Return the column counted from 0 of spreadsheet letters: A → 0, AB → 27."""
    number = 0
    for character in letters:
        number = number * 26 + ord(character) - 64
    return number - 1
