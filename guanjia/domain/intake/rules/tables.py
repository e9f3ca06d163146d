"""Find the table in a sheet: which kind it is, where its header ends, which column is which, which rows are records.

People put titles above, a second header row below, totals at the end, remarks beside. None of it may be read as a record,
and none of it may vanish unseen: every row that is left out is listed with its reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from .cells import SIGNS
from .describe import Sheet
from .grid import ErrorCell, Grid
from .sheets import SHEETS
from .verdicts import LeftOut

SEARCHED_ROWS = 60
GUIDE = "填写说明"

_TOTAL = re.compile(r"^.{0,12}?(?:合\s*计|总\s*计|小\s*计|累\s*计|共\s*计)\s*[:：]?(?:$|[\s(（\d])")
_REMARK = re.compile(r"^(?:注|备注|说明|填表|制表|审核|打印|编制|填报|复核|日期|示例|提示|单位|第\d+页|—+|\*)\s*[:：.、）)]?")
_PARENTHESES = re.compile(r"\(.*?\)|\[.*?\]|【.*?】|<.*?>")
_IDLE = re.compile(r"[\s*:：·.。、_\-—'\"“”]+")


@dataclass
class Table:
    """A table that was found. `rows` are the records' row numbers, counted from 0; `unknown` are headers nobody knows."""

    sheet: Sheet
    header_rows: tuple[int, int]
    columns: dict[str, int]
    rows: list[int]
    left_out: list[LeftOut]
    unknown: dict[int, str]
    doubled: dict[int, str]


def find(grid: Grid) -> Table | None:
    """Return the table of a sheet, or None when no row of it looks like a header that is known."""
    best: tuple[float, Sheet, tuple[int, int], dict[str, int], dict[int, str], dict[int, str]] | None = None
    spans = _horizontal(grid)
    for number in range(min(len(grid.rows), SEARCHED_ROWS)):
        single = [_shown(value) for value in grid.rows[number]]
        if sum(1 for text in single if text) < 2:
            continue
        below = [_shown(value) for value in grid.rows[number + 1]] if number + 1 < len(grid.rows) else []
        for depth, spelled in ((1, [(text,) for text in single]), (2, _two_rows(single, below, spans.get(number, {})))):
            headers = _compared(spelled)
            for sheet in SHEETS:
                columns, unknown, doubled = _map(sheet, headers)
                if len(columns) < 2 or any(mark not in columns for mark in sheet.marks):
                    continue
                score = len(columns) + _hint(sheet, grid.name) - number * 0.01 - (depth - 1) * 0.5
                if best is None or score > best[0]:
                    best = (score, sheet, (number, number + depth - 1), columns, unknown, doubled)
    if best is None:
        return None
    _score, sheet, header_rows, columns, unknown, doubled = best
    rows, left_out = _records(grid, header_rows, columns)
    return Table(sheet, header_rows, columns, rows, left_out, unknown, doubled)


def plain(text: str) -> str:
    """Return a header as it is compared: no spaces, stars, colons; full-width signs made plain; lower case."""
    return _IDLE.sub("", text.translate(SIGNS)).lower()


@cache
def names_of(sheet_kind: str) -> dict[str, str]:
    """Return every header that a sheet knows, as compared, with the column it means."""
    sheet = next(sheet for sheet in SHEETS if sheet.kind == sheet_kind)
    known: dict[str, str] = {}
    for column in sheet.columns:
        known[plain(column.title)] = column.key
    for column in sheet.columns:
        for name in column.names:
            known.setdefault(plain(name), column.key)
    return known


def _shown(value: Any) -> str:
    if isinstance(value, str):
        return value.strip() if len(value) <= 60 else ""
    if isinstance(value, float):
        return f"{value:.15g}"
    return "" if value is None or isinstance(value, ErrorCell | bool) else str(value)


def _two_rows(above: list[str], below: list[str], spans: dict[int, int]) -> list[tuple[str, ...]]:
    """Return for each column what a header of two rows may say: both together, the lower alone, the upper alone."""
    width = max(len(above), len(below))
    above, below = above + [""] * (width - len(above)), below + [""] * (width - len(below))
    headers: list[tuple[str, ...]] = []
    group = ""
    for column in range(width):
        if above[column]:
            group = above[column]
        elif column not in spans and not below[column]:
            group = ""
        parent = above[spans[column]] if column in spans else (above[column] or group)
        if below[column]:
            headers.append((f"{parent}/{below[column]}", f"{parent}{below[column]}", below[column]))
        else:
            headers.append((above[column],))
    return headers


def _horizontal(grid: Grid) -> dict[int, dict[int, int]]:
    """Return per row the columns that a merged cell covers, each with the column where it begins."""
    spans: dict[int, dict[int, int]] = {}
    for first_row, first, last_row, last in grid.merged[:5000]:
        for row in range(first_row, min(last_row, first_row + 3, SEARCHED_ROWS) + 1):
            spans.setdefault(row, {}).update(dict.fromkeys(range(first, min(last, 300) + 1), first))
    return spans


def _compared(spelled: Iterable[tuple[str, ...]]) -> list[tuple[int, str, list[tuple[str, str]]]]:
    """Return the headers that say something: position, last spelling, each spelling as compared with and without parentheses."""
    headers = []
    for number, spellings in enumerate(spelled):
        said = [spelling for spelling in spellings if spelling]
        if said:
            compared = [(plain(spelling), plain(_PARENTHESES.sub("", spelling.translate(SIGNS)))) for spelling in said]
            headers.append((number, said[-1], compared))
    return headers


def _map(sheet: Sheet, headers: Iterable[tuple[int, str, list[tuple[str, str]]]]) -> tuple[dict[str, int], dict[int, str], dict[int, str]]:
    """Return column key → position, the headers nobody knows, and the headers that mean a column that is taken."""
    known = names_of(sheet.kind)
    columns: dict[str, int] = {}
    unknown: dict[int, str] = {}
    doubled: dict[int, str] = {}
    for number, last, compared in headers:
        keys = (known.get(whole) or known.get(bare) for whole, bare in compared)
        key = next((key for key in keys if key), None)
        if key is None:
            unknown[number] = last
        elif key in columns:
            doubled[number] = last
        else:
            columns[key] = number
    return columns, unknown, doubled


def _hint(sheet: Sheet, tab: str) -> float:
    """Return what the tab's name says for a kind of sheet."""
    name = plain(tab)
    spellings = [plain(sheet.title), *(plain(spelling) for spelling in sheet.names)]
    if name in spellings:
        return 3
    return 1.5 if any(spelling in name for spelling in spellings) else 0


def _records(grid: Grid, header_rows: tuple[int, int], columns: dict[str, int]) -> tuple[list[int], list[LeftOut]]:
    """Sort the rows of the sheet into records and those that are left out."""
    positions = list(columns.values())
    first, last = min(positions), max(positions)
    header = [{plain(_shown(_at(grid.rows[row], position))) for row in header_rows} - {""} for position in positions]
    first_header = {_at(grid.rows[row], position) for row in header_rows for position in (first, positions[0])}
    left_out = [
        LeftOut(number + 1, "title", text)
        for number in range(header_rows[0])
        if (text := " ".join(filter(None, map(_shown, grid.rows[number]))))
    ]
    rows: list[int] = []
    for number in range(header_rows[1] + 1, len(grid.rows)):
        row = grid.rows[number]
        filled = [value for value in row[first : last + 1] if value != "" and value is not None]
        if (
            len(filled) > 3
            and type(filled[0]) is str
            and filled[0][:1] not in "注备说"
            and "计" not in filled[0]
            and filled[0] not in first_header
        ):
            rows.append(number)  # the short way for the thousands of ordinary rows
            continue
        found = [_at(row, position) for position in positions]
        texts = [text for text in (_shown(value) if not isinstance(value, ErrorCell) else value.text for value in row) if text]
        long = [value for value in row if isinstance(value, str) and len(value) > 60]
        if not texts and not long:
            continue
        mapped = [value for value in found if not _blank(value)]
        if not mapped:
            left_out.append(LeftOut(number + 1, "beside", " ".join([*texts, *long])[:200]))
        elif _TOTAL.match(texts[0] if texts else ""):
            left_out.append(LeftOut(number + 1, "total", " ".join(texts)[:200]))
        elif len(mapped) >= 2 and all(_blank(value) or plain(_shown(value)) in titles for value, titles in zip(found, header, strict=True)):
            left_out.append(LeftOut(number + 1, "header", " ".join(texts)[:200]))
        elif (
            len(mapped) == 1
            and isinstance(mapped[0], str)
            and len(positions) > 2
            and (_REMARK.match(mapped[0].strip()) or len(mapped[0].strip()) > 24)
        ):
            left_out.append(LeftOut(number + 1, "remark", mapped[0].strip()[:200]))
        else:
            rows.append(number)
    return rows, left_out


def _at(row: list[Any], position: int) -> Any:
    return row[position] if position < len(row) else ""


def _blank(value: Any) -> bool:
    return value is None or (isinstance(value, str) and not value.translate(SIGNS).strip())
