"""Lists sort, page and filter by their address, and give out the same rows as a workbook."""

import io
from datetime import date
from decimal import Decimal

import pytest
from django.apps import apps
from django.test import RequestFactory
from python_calamine import CalamineWorkbook

from guanjia.faces.kit.listing import Column, Listing, workbook
from tests import make

COLUMNS = [
    Column("编号", lambda e: e.code, sort="code"),
    Column("名称", lambda e: e.name, sort="name"),
    Column("公司", lambda e: e.company.name),
]


@pytest.fixture
def listing(world):
    for number in range(5):
        make.estate(world.company, f"E{number}", f"小区 {5 - number}")
    rows = apps.get_model("estate.Estate").objects.filter(code__startswith="E").select_related("company")

    def at(query: str) -> Listing:
        return Listing(RequestFactory().get(f"/estates/{query}"), rows, COLUMNS, per_page=2, default="code")

    return at


def codes(listing):
    return [row.code for row in listing.page]


def test_the_default_order_and_the_first_page(listing):
    assert (codes(listing("")), listing("").direction("code")) == (["E0", "E1"], "ascending")


def test_an_order_from_the_address_and_its_reverse(listing):
    assert codes(listing("?sort=name")) == ["E4", "E3"]
    assert (codes(listing("?sort=-name")), listing("?sort=-name").direction("name")) == (["E0", "E1"], "descending")


@pytest.mark.parametrize("sort", ["company__name", "-password", "--code", "?"])
def test_an_order_that_is_no_column_is_not_taken(listing, sort):
    assert codes(listing(f"?sort={sort}")) == ["E0", "E1"]


@pytest.mark.parametrize(("page", "expected"), [("2", ["E2", "E3"]), ("99", ["E4"]), ("x", ["E0", "E1"]), ("-3", ["E4"])])
def test_a_page_number_out_of_range_gives_the_nearest(listing, page, expected):
    assert codes(listing(f"?page={page}")) == expected


def test_links_keep_the_filters_and_forget_the_page_when_the_order_changes(listing):
    shown = listing("?q=锦&page=2&sort=code")
    assert shown.link_to_page(3) == "/estates/?q=%E9%94%A6&sort=code&page=3"
    assert shown.link_to_sort("code") == "/estates/?q=%E9%94%A6&sort=-code"
    assert shown.link(q=None, page=None, sort=None) == "/estates/"


def test_the_workbook_holds_every_row_not_only_the_page(listing):
    response = listing("?page=2").workbook("小区")
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(response.content)).get_sheet_by_index(0)
    assert response["Content-Disposition"] == "attachment; filename*=UTF-8''%E5%B0%8F%E5%8C%BA.xlsx"
    assert [row[0] for row in sheet.to_python()] == ["编号", "E0", "E1", "E2", "E3", "E4"]


def test_numbers_are_numbers_dates_are_dates_and_text_stays_text():
    rows = [[118.62, Decimal("2.80"), date(2026, 11, 21), "13800138000", "=1+1", "3-2", None]]
    response = workbook("表", "甲乙丙丁戊己庚", rows)
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(response.content)).get_sheet_by_index(0)
    assert sheet.to_python()[1] == [118.62, 2.8, date(2026, 11, 21), "13800138000", "=1+1", "3-2", ""]
