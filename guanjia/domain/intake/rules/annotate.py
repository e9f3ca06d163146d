"""Give the workbook back with what is wrong written beside it: bad cells marked, a 原因 column at the end of each table.

All sheets come back with all their values, so that a person can correct the copy and upload it again; the reasons stand in a
column that the importer does not know and therefore leaves alone.
"""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _

from .grid import ErrorCell, Grid, Workbook, column_number
from .verdicts import ERROR, Fault, Judged

REASON = "原因"
MARKED_NOTES = 5000  # comments beyond this make Excel crawl; the reason column has them all


def annotate(book: Workbook, judged: Sequence[Judged], remarks: Iterable[Fault] = ()) -> bytes:
    """Return an .xlsx copy. Values keep their type; telephone and identity numbers come back as text."""
    by_name = {result.name: result for result in judged}
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(
        buffer, {"in_memory": True, "strings_to_numbers": False, "strings_to_formulas": False, "strings_to_urls": False}
    ) as copy:
        formats = {
            "bad": copy.add_format({"bg_color": "#FDEBEB", "border": 1, "border_color": "#B4232B"}),
            "head": copy.add_format({"bold": True, "bg_color": "#F3F5F7"}),
            "why": copy.add_format({"font_color": "#B4232B"}),
            "note": copy.add_format({"font_color": "#8A5200"}),
            "day": copy.add_format({"num_format": "yyyy-mm-dd"}),
            "bad_day": copy.add_format({"num_format": "yyyy-mm-dd", "bg_color": "#FDEBEB", "border": 1, "border_color": "#B4232B"}),
        }
        loose = list(remarks)
        for grid in book.sheets:
            _copy_sheet(copy, formats, grid, by_name.get(grid.name), [fault for fault in loose if fault.sheet == grid.name])
        if not book.sheets:
            copy.add_worksheet("Sheet1")
    return buffer.getvalue()


def _copy_sheet(copy: xlsxwriter.Workbook, formats: dict[str, Any], grid: Grid, result: Judged | None, remarks: Sequence[Fault]) -> None:
    tab = copy.add_worksheet(grid.name[:31])
    if not grid.visible:
        tab.hide()
    faults: dict[int, list[Fault]] = defaultdict(list)
    for fault in [*(result.faults if result else ()), *remarks]:
        faults[max(fault.row - 1, 0)].append(fault)
    width = max((len(row) for row in grid.rows), default=0)
    reason_at = max([width, *(column + 1 for column in (result.columns.values() if result else ()))])
    header = result.header_rows if result else (0, 0)
    notes = 0
    for number, row in enumerate(grid.rows):
        wrong = faults.get(number, ())
        marked = {column_number(fault.column) for fault in wrong if fault.column and fault.level == ERROR}
        for column, value in enumerate(row):
            if value == "" or value is None:
                if column in marked:
                    tab.write_blank(number, column, None, formats["bad"])
                continue
            _put(tab, number, column, value, formats, bad=column in marked, head=header[0] <= number <= header[1] and result is not None)
        for fault in wrong:
            if fault.column and fault.level == ERROR and notes < MARKED_NOTES:
                tab.write_comment(number, column_number(fault.column), fault.message)
                notes += 1
        if number == header[1] and (faults or result):
            tab.write_string(number, reason_at, REASON, formats["head"])
        elif wrong:
            worst = any(fault.level == ERROR for fault in wrong)
            said = "；".join(dict.fromkeys(fault.message for fault in wrong))
            tab.write_string(number, reason_at, said[:30_000], formats["why" if worst else "note"])
    about_header = [fault.message for fault in faults.get(header[1], ()) if fault.level == ERROR]
    if about_header:
        tab.write_comment(header[1], reason_at, "；".join(about_header))
        tab.write_string(header[1], reason_at + 1, "；".join(about_header), formats["why"])
    tab.set_column(reason_at, reason_at, 60)
    if result:
        tab.freeze_panes(header[1] + 1, 0)


def _put(tab: Any, row: int, column: int, value: Any, formats: dict[str, Any], *, bad: bool, head: bool) -> None:
    look = formats["bad"] if bad else formats["head"] if head else None
    if isinstance(value, ErrorCell):
        tab.write_string(row, column, value.text, look)
    elif isinstance(value, str):
        tab.write_string(row, column, value[:32_000], look)
    elif isinstance(value, bool):
        tab.write_boolean(row, column, value, look)
    elif isinstance(value, float | int):
        if value == value and abs(value) < 1e300:
            tab.write_number(row, column, value, look)
        else:
            tab.write_string(row, column, str(value), look)
    elif isinstance(value, datetime | date) and value.year >= 1900:
        instant = value if isinstance(value, datetime) else datetime.combine(value, time())
        tab.write_datetime(row, column, instant.replace(tzinfo=None), formats["bad_day" if bad else "day"])
    elif isinstance(value, time | timedelta | date):
        tab.write_string(row, column, str(value), look)
    else:
        tab.write_string(row, column, _("（读不出的值）"), look)
