"""Judge a whole workbook: every row, every cell; what is wrong is named, nothing is dropped."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

from . import relations
from .annotate import REASON
from .cells import Bad
from .describe import Column
from .grid import Grid, Value, Workbook, letter
from .tables import GUIDE, Table, find
from .verdicts import ERROR, NOTE, Fault, Judged

Progress = Callable[[int, int], None]


def judge(book: Workbook, progress: Progress | None = None) -> tuple[list[Judged], list[Fault]]:
    """Return the judged sheets and what is to be said about the file itself.

    A sheet that nobody knows is an error when the file has no other, else a note; hidden sheets are left out with a note.
    """
    judged: list[Judged] = []
    remarks: list[Fault] = []
    strangers: list[Fault] = []
    for number, grid in enumerate(book.sheets):
        if progress:
            progress(number, len(book.sheets))
        if grid.name == GUIDE or not any(value not in ("", None) for row in grid.rows for value in row):
            continue
        if not grid.visible:
            remarks.append(Fault(grid.name, 0, "", "hidden_sheet", _("工作表“%(name)s”是隐藏的，没有读") % {"name": grid.name}, NOTE))
            continue
        table = find(grid)
        if table is None:
            said = _("没有认出工作表“%(name)s”：前 60 行里找不到表头。请用模板里的列名") % {"name": grid.name}
            strangers.append(Fault(grid.name, 0, "", "unknown_sheet", said))
            continue
        judged.append(judge_table(grid, table, epoch_1904=book.epoch_1904))
    if judged:
        strangers = [Fault(fault.sheet, 0, "", fault.code, fault.message, NOTE) for fault in strangers]
    elif not strangers:
        strangers = [Fault("", 0, "", "empty", _("文件里没有数据"), ERROR)]
    relations.across(judged)
    return judged, remarks + strangers


def judge_table(grid: Grid, table: Table, *, epoch_1904: bool = False) -> Judged:
    """Judge the cells of one table column by column, then its rows, then its keys."""
    sheet = table.sheet
    result = Judged(sheet, grid.name, table.columns, table.header_rows, table.rows, left_out=table.left_out)
    _about_columns(result, grid, table)
    fill = _vertical(grid, table)
    missing = [column for column in sheet.columns if column.required and column.key not in table.columns]
    if sheet.either and not any(key in table.columns for key in sheet.either):
        missing.append(sheet.column(sheet.either[0]))
    for column in missing:
        said = _("表里没有“%(title)s”列") % {"title": column.title}
        result.faults.append(Fault(grid.name, table.header_rows[1] + 1, "", "missing_column", said))
    judged = []
    for column in sheet.columns:
        position = table.columns.get(column.key)
        if position is None:
            judged.append([None] * len(table.rows))
            continue
        values = _column(grid, table.rows, position, fill.get(position))
        judged.append(_judge_column(result, column, values, epoch_1904))
    result.records = list(zip(*judged, strict=True))
    if missing:
        result.bad.update(range(len(result.records)))
    relations.within(result)
    return result


def _column(grid: Grid, rows: list[int], position: int, filled: dict[int, Value] | None) -> list[Value]:
    try:
        values = [grid.rows[row][position] for row in rows]
    except IndexError:  # text files have ragged rows
        values = [grid.rows[row][position] if position < len(grid.rows[row]) else "" for row in rows]
    if filled:
        values = [filled[row] if value == "" and row in filled else value for row, value in zip(rows, values, strict=True)]
    return values


def _judge_column(result: Judged, column: Column, values: list[Value], epoch_1904: bool) -> list[Any]:
    judge = column.judge
    stored: list[Any] = []
    remembered: dict[Any, Any] = {}
    keep = stored.append
    for index, value in enumerate(values):
        if value == "" or value is None:
            keep(None)
            if column.required:
                result.refuse(index, column.key, "required", _("请填写%(title)s") % {"title": column.title})
            continue
        if column.few:
            key = value if value.__class__ is str else (value.__class__, value)  # True == 1 == 1.0, but not to a judge
            if key in remembered:
                keep(remembered[key])
                continue
        try:
            found = judge(value, epoch_1904)
        except Bad as bad:
            result.refuse(index, column.key, bad.code, bad.message)
            keep(None)
            continue
        if column.few:
            remembered[key] = found
        if found is None and column.required:
            result.refuse(index, column.key, "required", _("请填写%(title)s") % {"title": column.title})
        keep(found)
    return stored


def _vertical(grid: Grid, table: Table) -> dict[int, dict[int, Value]]:
    """Return per column the rows that a merged cell covers, with its value: 3 栋 merged over its sixty rooms."""
    used = set(table.columns.values())
    fill: dict[int, dict[int, Value]] = {}
    for first_row, first, last_row, last in grid.merged:
        if first_row <= table.header_rows[1] or first not in used or last_row == first_row or first != last:
            continue
        if first_row < len(grid.rows) and first < len(grid.rows[first_row]):
            value = grid.rows[first_row][first]
            fill.setdefault(first, {}).update(dict.fromkeys(range(first_row + 1, min(last_row + 1, len(grid.rows))), value))
    return fill


def _about_columns(result: Judged, grid: Grid, table: Table) -> None:
    """Note what a person should know about the columns: hidden but read, unknown and not read, named twice."""
    header = table.header_rows[1]
    for key, position in table.columns.items():
        if position in grid.hidden_columns:
            result.note(header, key, "hidden_column", _("隐藏的列“%(title)s”也读了") % {"title": table.sheet.column(key).title})
    for position, text in table.unknown.items():
        if text == REASON:  # an annotated copy that comes back
            continue
        said = _("列“%(title)s”没有用到") % {"title": text[:30]}
        result.faults.append(Fault(grid.name, header + 1, letter(position), "unknown_column", said, NOTE))
    for position, text in table.doubled.items():
        said = _("列“%(title)s”和前面的列是同一个意思，只读了前面那列") % {"title": text[:30]}
        result.faults.append(Fault(grid.name, header + 1, letter(position), "doubled_column", said, NOTE))
    taken = {*table.columns.values(), *table.unknown, *table.doubled}
    width = max((len(row) for row in grid.rows[header : header + 200]), default=0)
    for position in range(min(width, 100)):
        if position not in taken and any(
            position < len(grid.rows[row]) and grid.rows[row][position] not in ("", None) for row in table.rows
        ):
            said = _("%(column)s 列没有表头，没有读") % {"column": letter(position)}
            result.faults.append(Fault(grid.name, header + 1, letter(position), "unheaded_column", said, NOTE))
    if grid.hidden_rows:
        result.note(header, "", "hidden_rows", _("有 %(count)d 个隐藏的行，也读了") % {"count": grid.hidden_rows})
