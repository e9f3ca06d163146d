"""The rows that a person is shown before confirming: every row that is refused, as far as they fit, and the first good ones."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from guanjia.kernel import masks

from .grid import ErrorCell, Grid, letter
from .verdicts import ERROR, Judged

REFUSED_ROWS = 200
GOOD_ROWS = 20
_MASKED = {"owner_phone": "phone", "phone": "phone", "owner_id": "id", "id_number": "id", "plate": "plate"}


def sample(grid: Grid, result: Judged) -> dict[str, Any]:
    """Return {"columns": [[letter, title]], "rows": [[number, [[text, message]]]]}; `message` is "" for a good cell.

    Only columns that were read are shown, in the order of the file. Numbers of people are masked where they are good; where
    they are refused, the person who has to correct them sees them.
    """
    keys = sorted(result.columns, key=lambda key: result.columns[key])
    wrong: dict[tuple[int, str], str] = {}
    for fault in result.faults:
        if fault.level == ERROR:
            wrong.setdefault((fault.row, fault.column), fault.message)
    bad = sorted(result.bad)[:REFUSED_ROWS]
    good = result.good()[:GOOD_ROWS]
    rows = []
    for index in sorted({*bad, *good}):
        number = result.numbers[index]
        cells = []
        for key in keys:
            position = result.columns[key]
            value = grid.rows[number][position] if position < len(grid.rows[number]) else ""
            message = wrong.get((number + 1, letter(position)), "")
            text = shown(value)
            cells.append([text if message else mask(key, text), message])
        whole = wrong.get((number + 1, ""), "")
        rows.append([number + 1, cells, whole])
    return {"columns": [[letter(result.columns[key]), result.sheet.column(key).title] for key in keys], "rows": rows}


def shown(value: Any) -> str:
    """Return a cell as the spreadsheet shows it."""
    if isinstance(value, ErrorCell):
        return value.text
    if isinstance(value, float):
        return f"{value:.15g}"
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}" if value.hour or value.minute else f"{value:%Y-%m-%d}"
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else str(value)[:60]


def mask(key: str, text: str) -> str:
    """Return a number of a person masked."""
    kind = _MASKED.get(key)
    if not kind or not text:
        return text
    return masks.phone(text) if kind == "phone" else masks.identity(text) if kind == "id" else masks.plate(text)
