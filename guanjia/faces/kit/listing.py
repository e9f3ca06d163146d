"""Lists of rows: sorted, paged, filtered by their address, and given out as a workbook with the same filters."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import quote

import xlsxwriter
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

PER_PAGE = 50
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its head, what it shows of a row, and the database column it sorts by ("" for not sortable).

    `value` also feeds the workbook: numbers stay numbers, text that looks like a number (phones, room codes) stays text.
    """

    label: Any
    value: Callable[[Any], Any]
    sort: str = ""
    num: bool = False


class Listing:
    """One page of rows for one request. `sort` in the address is one of the columns' sort keys, "-" before it reverses."""

    def __init__(self, request: HttpRequest, rows: Any, columns: Sequence[Column], *, per_page: int = PER_PAGE, default: str = "") -> None:
        self.request = request
        self.columns = list(columns)
        known = {column.sort for column in columns if column.sort}
        asked = request.GET.get("sort", default)
        self.sort = asked if asked.removeprefix("-") in known else default
        self.rows = rows.order_by(self.sort, "pk") if self.sort else rows
        self.per_page = per_page

    @property
    def page(self) -> Page[Any]:
        """The page that the address asks for; a number out of range gives the nearest one."""
        return Paginator(self.rows, self.per_page).get_page(self.request.GET.get("page"))

    def direction(self, key: str) -> str:
        return {key: "ascending", f"-{key}": "descending"}.get(self.sort, "")

    def link(self, **changes: Any) -> str:
        """Return this list's address with some of its query changed; None removes."""
        query = self.request.GET.copy()
        for name, value in changes.items():
            query.pop(name, None)
            if value is not None:
                query[name] = str(value)
        return f"{self.request.path}?{query.urlencode()}" if query else self.request.path

    def link_to_sort(self, key: str) -> str:
        return self.link(sort=f"-{key}" if self.sort == key else key, page=None)

    def link_to_page(self, number: int) -> str:
        return self.link(page=number)

    def workbook(self, name: str) -> HttpResponse:
        """Answer all rows of the list, not only this page, as an .xlsx file."""
        return workbook(
            name, [column.label for column in self.columns], ([column.value(row) for column in self.columns] for row in self.rows)
        )


def workbook(name: str, heads: Iterable[Any], rows: Iterable[Sequence[Any]]) -> HttpResponse:
    """Answer one sheet with a frozen head. Text stays text: nothing a person typed is read as a formula or a number."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet(name[:31])
    bold, day, moment = (
        book.add_format(form) for form in ({"bold": True}, {"num_format": "yyyy-mm-dd"}, {"num_format": "yyyy-mm-dd hh:mm"})
    )
    sheet.freeze_panes(1, 0)
    widths = [str(head) for head in heads]
    for column, head in enumerate(widths):
        sheet.set_column(column, column, max(10, 2 * len(head) + 4))
        sheet.write_string(0, column, head, bold)
    for number, row in enumerate(rows, start=1):
        for column, value in enumerate(row):
            if value is None or value == "":
                continue
            if isinstance(value, datetime):
                sheet.write_datetime(number, column, timezone.localtime(value).replace(tzinfo=None), moment)
            elif isinstance(value, date):
                sheet.write_datetime(number, column, value, day)
            elif isinstance(value, (int, float)) or type(value).__name__ == "Decimal":
                sheet.write_number(number, column, value)
            else:
                sheet.write_string(number, column, str(value))
    book.close()
    response = HttpResponse(buffer.getvalue(), content_type=EXCEL)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(f'{name}.xlsx')}"
    return response
