"""The template is made from the descriptions and understood by them."""

from __future__ import annotations

from pathlib import Path

import pytest

from guanjia.domain.intake.rules import judging, reader, template
from guanjia.domain.intake.rules.sheets import SHEETS
from guanjia.domain.intake.rules.tables import GUIDE, names_of, plain

FILLED = {sheet.kind: [template.example(sheet)] for sheet in SHEETS}


def test_every_sheet_of_the_filled_template_comes_back_without_a_fault():
    book = reader.read("模板.xlsx", template.make(rows=FILLED))
    judged, remarks = judging.judge(book)
    assert remarks == []
    assert [(result.sheet.kind, result.name, result.read, result.faults) for result in judged] == [
        (sheet.kind, sheet.title, 1, []) for sheet in SHEETS
    ]


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.kind)
def test_every_column_of_the_template_is_found_where_it_was_put(sheet):
    (judged,), _ = judging.judge(reader.read("模板.xlsx", template.make([sheet], rows=FILLED)))
    assert judged.columns == {column.key: number for number, column in enumerate(sheet.columns)}


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.kind)
def test_every_example_is_judged_as_its_column_says(sheet):
    for column in sheet.columns:
        if column.example:
            assert column.judge(column.example, False) is not None, column.title
        for choice in column.choices:
            assert column.judge(choice, False) is not None, choice


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.kind)
def test_no_header_means_two_columns_of_one_sheet(sheet):
    meanings: dict[str, set[str]] = {}
    for column in sheet.columns:
        for name in (column.title, *column.names):
            meanings.setdefault(plain(name), set()).add(column.key)
    assert {name: keys for name, keys in meanings.items() if len(keys) > 1} == {}
    assert names_of(sheet.kind)


def test_an_empty_template_is_a_file_without_data():
    judged, remarks = judging.judge(reader.read("模板.xlsx", template.make()))
    assert [result.read for result in judged] == [0] * len(SHEETS)
    assert remarks == []
    assert reader.read("模板.xlsx", template.make()).sheets[0].name == GUIDE


def test_the_documentation_of_the_columns_is_current():
    assert (Path(__file__).parents[3] / "docs" / "import-sheets.md").read_text("utf-8") == template.document()
