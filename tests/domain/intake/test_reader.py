"""Files of every kind are read or refused; nothing else ever happens."""

from __future__ import annotations

import io
import pickle
import random
import re
import struct
import zipfile
from datetime import date

import pytest
import xlsxwriter
import xlwt
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guanjia.domain.intake.rules import judging, limits, reader, template
from guanjia.domain.intake.rules.grid import ErrorCell, Grid, Workbook
from guanjia.domain.intake.rules.limits import Unreadable

HEADER = ["楼栋", "单元", "房号", "建筑面积", "交付日期"]
ROW = ["3", "2", "0301", "118.62", "2024.1.5"]


def xlsx(rows, **options) -> bytes:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True, **options}) as book:
        tab = book.add_worksheet("房屋")
        for number, row in enumerate(rows):
            tab.write_row(number, 0, row)
    return buffer.getvalue()


def xls(rows) -> bytes:
    book = xlwt.Workbook(encoding="utf-8")
    tab = book.add_sheet("房屋")
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            tab.write(number, column, value)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def refusal(data: bytes, name: str = "房屋.xlsx") -> Unreadable:
    with pytest.raises(Unreadable) as caught:
        reader.read(name, data)
    return caught.value


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_text_files_are_read_in_every_usual_encoding(encoding, separator):
    text = "\r\n".join(separator.join(row) for row in (HEADER, ROW))
    (result,), _ = judging.judge(reader.read("房屋.csv", text.encode(encoding)))
    assert [str(where) for where in result.where] == ["3-2-0301"]
    assert result.faults == []


def test_a_text_file_with_quotes_and_line_breaks_in_cells():
    text = '楼栋,房号,户型,建筑面积\n3,301,"三室\n两厅","1,118.62"\n'
    (result,), _ = judging.judge(reader.read("房屋.csv", text.encode("gbk")))
    assert result.values("layout") == ["三室 两厅"]
    assert result.values("area_m2") == [111862]


def test_old_xls_files_are_read_like_new_ones():
    assert reader.read("房屋.xls", xls([HEADER, ROW])).sheets[0].rows == reader.read("房屋.xlsx", xlsx([HEADER, ROW])).sheets[0].rows


def test_failed_formulas_are_seen_in_both_formats():
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        tab = book.add_worksheet("房屋")
        tab.write_row(0, 0, HEADER)
        tab.write_formula(1, 3, "=A1/0", None, "#DIV/0!")
    assert reader.read("a.xlsx", buffer.getvalue()).sheets[0].rows[1][3] == ErrorCell("#DIV/0!")
    old = bytearray(xls([HEADER, ["3", "2", "301", 5.4321, "x"]]))
    at = bytes(old).index(struct.pack("<d", 5.4321)) - 10
    assert old[at : at + 4] == b"\x03\x02\x0e\x00"  # NUMBER record, made a BOOLERR record of the same length here
    old[at : at + 2] = b"\x05\x02"
    old[at + 10 : at + 12] = b"\x17\x01"
    assert reader.read("a.xls", bytes(old)).sheets[0].rows[1][3] == ErrorCell("#REF!")


def test_serial_numbers_count_from_the_base_that_the_file_names():
    for options, serial in (({}, 45296), ({"date_1904": True}, 45296 - 1462)):
        (result,), _ = judging.judge(reader.read("a.xlsx", xlsx([HEADER, ["3", "2", "301", 1, serial]], **options)))
        assert result.values("delivered_on") == [date(2024, 1, 5)]


def test_a_password_is_named():
    locked = bytearray(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504))
    struct.pack_into("<HHHH", locked, 24, 0x3E, 3, 0xFFFE, 9)
    struct.pack_into("<H", locked, 32, 6)
    struct.pack_into("<I", locked, 44, 1)
    struct.pack_into("<II", locked, 48, 0, 0)
    struct.pack_into("<IIII", locked, 56, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE)
    struct.pack_into("<109I", locked, 76, 1, *[0xFFFFFFFF] * 108)
    directory = bytearray(512)
    for number, (name, kind) in enumerate([("Root Entry", 5), ("EncryptedPackage", 2), ("EncryptionInfo", 2)]):
        encoded = name.encode("utf-16-le")
        directory[number * 128 : number * 128 + len(encoded)] = encoded
        struct.pack_into("<HB", directory, number * 128 + 64, len(encoded) + 2, kind)
    table = struct.pack("<128I", 0xFFFFFFFE, 0xFFFFFFFD, *[0xFFFFFFFF] * 126)
    assert refusal(bytes(locked + directory + table)).code == "locked"


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"", "a.xlsx", "empty"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "a.xls", "web_page"),
        (b"%PDF-1.7 ...", "a.csv", "not_a_workbook"),
        (b"\x89PNG\r\n", "a.xlsx", "not_a_workbook"),
        (b"PK\x03\x04 cut short", "a.xlsx", "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 cut short", "a.xls", "damaged"),
        (b"\xff\xfe\x00", "a.csv", "damaged"),
        (bytes(range(128, 256)) * 4, "a.csv", "encoding"),
        (b"a\x00b,c\n", "a.csv", "not_a_workbook"),
    ],
)
def test_what_is_no_workbook_is_refused_with_a_sentence(data, name, code):
    said = refusal(data, name)
    assert said.code == code
    assert len(str(said)) > 4


def packed(parts: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return buffer.getvalue()


def with_sheet(content: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(xlsx([HEADER, ROW]))) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    parts["xl/worksheets/sheet1.xml"] = content
    return packed(parts)


def sheet_of(cells: str) -> bytes:
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'<?xml version="1.0"?><worksheet xmlns="{space}"><sheetData>{cells}</sheetData></worksheet>'.encode()


def test_too_large_packed_and_unpacked():
    assert refusal(b"x" * (limits.PACKED_BYTES + 1)).code == "too_large"
    assert refusal(packed({"xl/workbook.xml": b"<workbook/>", "xl/media/a": bytes(limits.UNPACKED_BYTES + 1)})).code == "too_large"
    assert refusal(packed({"xl/workbook.xml": b"<workbook/>", "xl/sharedStrings.xml": bytes(5 * 2**20)})).code == "too_large"


def test_a_zip_that_lies_about_its_sizes_is_refused():
    honest = packed({"xl/workbook.xml": b"<workbook/>", "xl/worksheets/sheet1.xml": bytes(5 * 2**20)})
    lying = honest.replace(struct.pack("<I", 5 * 2**20), struct.pack("<I", 10))
    assert lying != honest
    assert refusal(lying).code == "too_large"


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ('<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>', "too_many_rows"),
        ('<row r="1"><c r="A1"><v>1</v></c><c r="XFD1"><v>1</v></c></row>', "too_wide"),
        ('<row r="1"><c r="A1"><v>1</v></c></row><row r="190000"><c r="IV190000"><v>1</v></c></row>', "too_wide"),
        ("<row>" + "<c><v>1</v></c>" * 300 + "</row>", "too_wide"),
        ("<row/>" * 50_000 + "<row>" + "<c><v>1</v></c>" * 200 + "</row>", "too_wide"),
        ("<row r='9'><c r='XFD1048576'><v>1</v></c></row>", "too_many_rows"),
        ('<row r="1"><c r="A1"><v>1</v></c><c s="1" r="&#88;FD900000"><v>1</v></c></row>', "damaged"),
        ('<row r="200201"><c r="A200201"><v>1</v></c></row>', "too_many_rows"),
    ],
)
def test_one_cell_far_away_is_refused_before_memory_is_taken(cells, code):
    """The native reader would allocate the rectangle and abort the process."""
    assert refusal(with_sheet(sheet_of(cells))).code == code


def test_cells_without_addresses_and_with_prefixes_are_read():
    bare = "<row>" + "".join(f'<c t="inlineStr"><is><t>{text}</t></is></c>' for text in HEADER) + "</row>"
    assert reader.read("a.xlsx", with_sheet(sheet_of(bare))).sheets[0].rows == [HEADER]


def test_entities_are_not_expanded():
    bomb = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "' + b"x" * 1000 + b'"><!ENTITY b "' + b"&a;" * 1000 + b'">]>'
    content = sheet_of('<row r="1"><c r="A1" t="inlineStr"><is><t>&b;</t></is></c></row>').replace(b'<?xml version="1.0"?>', bomb)
    try:
        rows = reader.read("a.xlsx", with_sheet(content)).sheets[0].rows
    except Unreadable:
        return
    assert all(len(str(value)) < 1000 for row in rows for value in row)


TEMPLATE = template.make(rows={"premises": [["一期", "3", "2", "15", "1501", "118.62"]]})
OLD = xls([HEADER, ROW])


def survives(name: str, data: bytes) -> None:
    try:
        book = reader.read(name, data)
    except Unreadable:
        return
    judging.judge(book)


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.binary(max_size=2000), st.sampled_from(["a.xlsx", "a.xls", "a.csv", ""]))
def test_any_bytes_are_read_or_refused(data, name):
    survives(name, data)


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(st.lists(st.text(max_size=12), max_size=6), max_size=8),
    st.sampled_from([HEADER, ["车牌号", "房号"], ["工号", "姓名", "岗位"]]),
)
def test_any_text_in_any_table_is_judged(rows, header):
    text = "\n".join(",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in [header, *rows])
    survives("a.csv", text.encode("utf-8", "surrogatepass"))


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data(), st.booleans())
def test_a_damaged_workbook_is_read_or_refused(data, old):
    broken = bytearray(OLD if old else TEMPLATE)
    for _ in range(data.draw(st.integers(1, 8))):
        broken[data.draw(st.integers(0, len(broken) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, 3))
    survives("a.xls" if old else "a.xlsx", bytes(broken[: len(broken) // 2] if cut == 0 else broken))


cells = st.one_of(
    st.none(),
    st.booleans(),
    st.text(max_size=20),
    st.floats(allow_nan=False, allow_infinity=False),
    st.integers(-(10**15), 10**18),
    st.dates(),
    st.datetimes(),
)


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(template.SHEETS), st.data())
def test_any_value_in_any_column_gets_a_verdict(sheet, data):
    rows = [[data.draw(cells) for _ in sheet.columns] for _ in range(data.draw(st.integers(0, 4)))]
    grid = Grid(
        sheet.title, [[column.title for column in sheet.columns], *[["" if value is None else value for value in row] for row in rows]]
    )
    judged, _ = judging.judge(Workbook("xlsx", [grid]))
    for result in judged:
        assert result.read == result.accepted + result.refused
        assert set(result.bad) <= set(range(result.read))
        if result.bad:
            assert result.errors


def test_a_count_that_would_take_all_memory_costs_only_a_child():
    with zipfile.ZipFile(io.BytesIO(TEMPLATE)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    parts["xl/sharedStrings.xml"] = re.sub(rb'ount="\d+"', b'ount="4294967295"', parts["xl/sharedStrings.xml"])
    assert refusal(packed(parts)).code == "damaged"


def test_seeded_damage_of_old_workbooks():
    """Among these the native reader aborts its process."""
    dice = random.Random(20261121)
    for _ in range(60):
        broken = bytearray(OLD)
        for _ in range(dice.randint(1, 30)):
            broken[dice.randrange(len(broken))] = dice.randrange(256)
        survives("a.xls", bytes(broken))


def test_the_child_may_only_hand_back_plain_values():
    with pytest.raises(pickle.UnpicklingError):
        reader._PlainValues(io.BytesIO(pickle.dumps(print))).load()


def test_positions_are_absolute_when_the_first_cell_is_not_a1() -> None:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        tab = book.add_worksheet("房屋")
        tab.write(3, 2, "楼栋")
        tab.write(5, 4, "2")
    [grid] = reader.read("a.xlsx", buffer.getvalue()).sheets
    assert grid.rows == [[""] * 5, [""] * 5, [""] * 5, ["", "", "楼栋", "", ""], [""] * 5, ["", "", "", "", "2"]]


def test_a_sheet_of_several_portions_arrives_whole_and_in_order() -> None:
    numbers = [[str(number), "x"] for number in range(2_345)]
    assert reader.read("a.xlsx", xlsx(numbers)).sheets[0].rows == numbers
