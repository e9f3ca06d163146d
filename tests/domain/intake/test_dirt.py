"""Every kind of dirt is named at its cell, and nothing is lost."""

from __future__ import annotations

import io

import pytest
from python_calamine import CalamineWorkbook

from guanjia.domain.intake.rules import annotate, judging, reader
from guanjia.domain.intake.rules.grid import column_number
from tests.domain.intake import dirt
from tests.domain.intake.dirt import DIRT, Dirt


@pytest.fixture(scope="module")
def book():
    return reader.read("旧系统导出.xlsx", dirt.build())


@pytest.fixture(scope="module")
def verdicts(book):
    judged, remarks = judging.judge(book)
    return {result.name: result for result in judged}, remarks


def test_there_are_at_least_forty_kinds():
    assert len({kind.what for kind in DIRT}) >= 40


def test_exactly_the_bad_cells_are_refused(verdicts):
    judged, _ = verdicts
    named = sorted((fault.sheet, f"{fault.column}{fault.row}", fault.code) for result in judged.values() for fault in result.errors)
    assert named == sorted((kind.sheet, kind.cell, kind.refused) for kind in DIRT if kind.refused)


@pytest.mark.parametrize("kind", [kind for kind in DIRT if kind.stored], ids=lambda kind: kind.what)
def test_what_can_be_understood_is_stored(verdicts, kind: Dirt):
    result = verdicts[0][kind.sheet]
    key, value = kind.stored
    column = "".join(sign for sign in kind.cell if sign.isalpha())
    row = int(kind.cell[len(column) :]) - 1
    assert result.columns[key] == column_number(column)
    record = result.records[result.numbers.index(max(row, result.numbers[0]))]
    assert record[result.sheet.position[key]] == value


@pytest.mark.parametrize("kind", [kind for kind in DIRT if kind.noted], ids=lambda kind: kind.what)
def test_what_was_passed_over_is_noted(verdicts, kind: Dirt):
    judged, remarks = verdicts
    faults = [*(judged[kind.sheet].notes if kind.sheet in judged else []), *remarks]
    assert kind.noted in {fault.code for fault in faults if not fault.column or kind.cell.startswith(fault.column)}


def test_rows_that_are_no_records_are_listed_with_their_reason(verdicts):
    left = {(name, row.row, row.why) for name, result in verdicts[0].items() for row in result.left_out}
    expected = {(kind.sheet, int(kind.cell[1:]), kind.left) for kind in DIRT if kind.left}
    assert left == expected


def test_nothing_is_lost(book, verdicts):
    for grid in book.sheets:
        result = verdicts[0].get(grid.name)
        if result is None:
            continue
        accounted = {*result.numbers, *(row.row - 1 for row in result.left_out), *range(result.header_rows[0], result.header_rows[1] + 1)}
        filled = {number for number, row in enumerate(grid.rows) if any(value not in ("", None) for value in row)}
        assert filled - accounted == set()


def test_an_address_in_one_cell_and_in_three_is_the_same_kind_of_place(verdicts):
    rooms = verdicts[0][dirt.ROOMS]
    named = {str(where) for where in rooms.where if where}
    assert {"3-2-1501", "3-2-1502", "4-1-0301", "5-1-302"} <= named


def test_the_annotated_copy_marks_the_cells_says_why_and_keeps_every_value(book, verdicts):
    judged, remarks = verdicts
    copy = CalamineWorkbook.from_filelike(io.BytesIO(annotate.annotate(book, list(judged.values()), remarks)))
    for grid in book.sheets:
        rows = copy.get_sheet_by_name(grid.name).to_python(skip_empty_area=False)
        for number, row in enumerate(grid.rows):
            for column, value in enumerate(row):
                if value not in ("", None) and isinstance(value, str | float):
                    assert rows[number][column] == value
        result = judged.get(grid.name)
        for fault in result.errors if result else []:
            assert fault.message in rows[fault.row - 1][-1]


def test_the_annotated_copy_can_be_corrected_and_comes_back_with_the_same_verdicts(book, verdicts):
    judged, remarks = verdicts
    again, _ = judging.judge(reader.read("改过.xlsx", annotate.annotate(book, list(judged.values()), remarks)))
    for result in again:
        before = judged[result.name]
        assert [(fault.row, fault.column, fault.code) for fault in result.errors if fault.code != "not_a_number"] == [
            (fault.row, fault.column, fault.code) for fault in before.errors if fault.code != "not_a_number"
        ] or "#DIV/0!" in str([fault.message for fault in before.errors])
