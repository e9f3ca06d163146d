"""Make the workbook that people download and fill in, from the same descriptions that judge it when it comes back."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _

from .cells import SIGNS
from .describe import Column, Sheet
from .sheets import SHEETS
from .tables import GUIDE

BLANK_ROWS = 2000
_LIST_LENGTH = 255  # Excel takes no longer list of choices inside a validation


def make(sheets: Iterable[Sheet] = SHEETS, *, rows: dict[str, Sequence[Sequence[Any]]] | None = None) -> bytes:
    """Return an .xlsx with one tab per sheet: header with notes, text columns as text, choices to pick, and a guide in front.

    `rows` fills tabs with values, for tests and for examples.
    """
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_numbers": False}) as book:
        look = _Look(book)
        chosen = list(sheets)
        _guide(book, look, chosen)
        for sheet in chosen:
            _tab(book, look, sheet, (rows or {}).get(sheet.kind, ()))
    return buffer.getvalue()


class _Look:
    """The formats of the template."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        base = {"border": 1, "border_color": "#CCD4DC", "valign": "vcenter"}
        self.title = book.add_format({"bold": True, "font_size": 16, "font_color": "#084E68"})
        self.needed = book.add_format({**base, "bold": True, "bg_color": "#0B6485", "font_color": "#FFFFFF"})
        self.free = book.add_format({**base, "bold": True, "bg_color": "#D6EAF1", "font_color": "#131C26"})
        self.text = book.add_format({"num_format": "@"})
        self.plain = book.add_format({"text_wrap": True, "valign": "top"})
        self.strong = book.add_format({"bold": True})


def _guide(book: xlsxwriter.Workbook, look: _Look, sheets: Sequence[Sheet]) -> None:
    tab = book.add_worksheet(GUIDE)
    tab.hide_gridlines(2)
    tab.set_column(0, 0, 14)
    tab.set_column(1, 1, 16)
    tab.set_column(2, 2, 90)
    tab.write_string(0, 0, _("管家 · 导入模板"), look.title)
    said = (
        _("深色表头必填。列的先后随意，不用的列可以删，多出的列不会读。"),
        _("用不到的工作表可以删掉，也可以只填其中一张。"),
        _("电话、证件号、房号、表号的列已设为文本，请不要改成数字：Excel 会把身份证号的后三位变成 000。"),
        _("日期写 2024-01-05；金额只写数字；有错的文件一行也不会导入，错在哪一格会标出来。"),
    )
    for number, sentence in enumerate(said, start=1):
        tab.write_string(number, 0, f"{number}. {sentence}")
    row = len(said) + 2
    tab.write_row(row, 0, [_("工作表"), _("列"), _("怎么填")], look.free)
    for sheet in sheets:
        row += 1
        tab.write_string(row, 0, sheet.title, look.strong)
        tab.write_string(row, 2, sheet.purpose, look.plain)
        for column in sheet.columns:
            row += 1
            tab.write_string(row, 1, column.title)
            tab.write_string(row, 2, explain(column), look.plain)


def _tab(book: xlsxwriter.Workbook, look: _Look, sheet: Sheet, rows: Sequence[Sequence[Any]]) -> None:
    tab = book.add_worksheet(sheet.title)
    tab.freeze_panes(1, 0)
    last = max(len(rows), BLANK_ROWS)
    for number, column in enumerate(sheet.columns):
        tab.set_column(number, number, max(column.width, len(column.title) * 2 + 2), look.text if column.as_text else None)
        tab.write_string(0, number, column.title, look.needed if column.required else look.free)
        tab.write_comment(0, number, explain(column), {"x_scale": 1.6, "font_size": 9})
        if column.choices and len(",".join(column.choices)) <= _LIST_LENGTH:
            tab.data_validation(
                1,
                number,
                last,
                number,
                {
                    "validate": "list",
                    "source": list(column.choices),
                    "error_type": "information",
                    "error_title": column.title[:30],
                    "error_message": _("不在列表里，导入时会再核对一次"),
                },
            )
    for row, values in enumerate(rows, start=1):
        for number, value in enumerate(values):
            if isinstance(value, str) and value:
                tab.write_string(row, number, value, look.text if sheet.columns[number].as_text else None)
            elif value is not None and value != "":
                tab.write(row, number, value)


def explain(column: Column) -> str:
    """Return in one line how a column is filled in: needed or not, the rule, the choices, an example."""
    parts = [_("必填") if column.required else _("选填")]
    if column.rule:
        parts.append(column.rule)
    if column.choices:
        parts.append(_("可填：%(choices)s") % {"choices": "、".join(column.choices)})
    if column.example:
        parts.append(_("例：%(example)s") % {"example": column.example})
    return "；".join(parts)


def document(sheets: Iterable[Sheet] = SHEETS) -> str:
    """Return the documentation of all sheets as Markdown; `docs/import-sheets.md` is this text."""
    lines = [
        "# 导入表格的列",
        "",
        "<!-- Made from guanjia/domain/intake/rules/sheets by rules.template.document; a test compares. -->",
        "",
        "列的先后随意；表头认得下面“也认”的叫法，全角半角、空格、星号、括号里的单位都不影响。",
    ]
    for sheet in sheets:
        lines += ["", f"## {sheet.title}", "", sheet.purpose, "", "| 列 | 怎么填 | 也认 |", "|---|---|---|"]
        lines += [f"| {column.title} | {_cell(explain(column))} | {_cell('、'.join(column.names))} |" for column in sheet.columns]
    return "\n".join(lines) + "\n"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").translate({ord("\n"): " "})


def example(sheet: Sheet) -> list[str]:
    """Return one row of examples, as a person would type them."""
    return [column.example.translate(SIGNS) for column in sheet.columns]
