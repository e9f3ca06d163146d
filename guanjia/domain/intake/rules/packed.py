"""Look into the zip of an .xlsx before the reader may: its size, its reach, failed formulas, hidden columns.

The reader allocates the rectangle that a sheet spans, and ends the whole process when memory is short: one cell
in the last corner of an empty sheet is enough. So every part is unpacked here once under limits, never trusting
the sizes that the zip claims, and a sheet that spans too much is refused.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from typing import NoReturn

from django.utils.translation import gettext as _

from . import limits
from .grid import Asides, column_number
from .limits import Unreadable

# Both begin with plain bytes: the engine then leaps from cell to cell instead of trying every byte.
_WIDE = re.compile(rb'r="[A-Z]{2}')
_DEEP = re.compile(rb'r="[A-Z]?(?:[2-9]\d{5}|\d{7})')
_UNNAMED_CELL = re.compile(rb'<(?:\w+:)?c(?:>|/>| (?!r="))')
_CELL = re.compile(rb"<(?:\w+:)?c[ >/]")
_ROW = re.compile(rb"<(?:\w+:)?row\b")
_REF = re.compile(rb'\br="([A-Z]{0,4})(\d{1,9})"')
_FAILED = re.compile(rb'<(?:\w+:)?c\b([^>]*\bt="e"[^>]*)>(?:(?!</(?:\w+:)?c>).)*?<(?:\w+:)?v>([^<]{1,20})</', re.DOTALL)
_NAMED = re.compile(rb'\br="([A-Z]{1,3})(\d{1,7})"')
_COLUMN = re.compile(rb"<(?:\w+:)?col\b([^>]*)>")
_HIDDEN_ROW = re.compile(rb'<(?:\w+:)?row\b[^>]*\bhidden="(?:1|true)"')
_ATTRIBUTE = re.compile(rb'(\w+)="([^"]*)"')
_SHEET = re.compile(rb"<(?:\w+:)?sheet\b([^>]*)>")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\b([^>]*)>")
_EPOCH = re.compile(rb'date1904="(?:1|true)"')


def inspect(data: bytes) -> Asides:
    """Return what the package tells beside the values.

    Raises Unreadable when it is damaged, locked, not an .xlsx, or larger than the limits when unpacked.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = package.infolist()
    except (zipfile.BadZipFile, struct.error, ValueError, NotImplementedError, OSError, UnicodeError, OverflowError):
        _damaged()
    names = {part.filename for part in parts}
    if len(parts) > limits.PARTS:
        _too_large()
    if "xl/workbook.xml" not in names:
        raise Unreadable(
            "not_a_workbook", _("这不是 .xlsx 表格（可能是改了后缀的别的文件，或 .xlsb、.ods）。请用 Excel 或 WPS 另存为 .xlsx 再上传")
        )
    if any(part.flag_bits & 1 for part in parts):
        _locked()
    unpacked = 0
    kept: dict[str, bytes] = {}
    spans: dict[str, tuple[dict[tuple[int, int], str], frozenset[int], int]] = {}
    for part in parts:
        content = _unpack(data, part, limits.UNPACKED_BYTES - unpacked)
        unpacked += len(content)
        if part.filename in ("xl/workbook.xml", "xl/_rels/workbook.xml.rels"):
            kept[part.filename] = content
        elif part.filename.startswith("xl/worksheets/") and part.filename.endswith(".xml"):
            _refuse_far_cells(content)
            spans[part.filename] = (_failed_formulas(content), _hidden_columns(content), _hidden_rows(content))
    return _by_sheet_name(kept, spans)


def _unpack(data: bytes, part: zipfile.ZipInfo, left: int) -> bytes:
    """Unpack one part, at most the bytes that are left and at most the ratio, whatever its header claims."""
    start = part.header_offset
    header = data[start : start + 30]
    if len(header) < 30 or header[:4] != b"PK\x03\x04":
        _damaged()
    start += 30 + int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little")
    packed = data[start : start + part.compress_size]
    if part.compress_type == zipfile.ZIP_STORED:
        content = packed
    elif part.compress_type == zipfile.ZIP_DEFLATED:
        try:
            content = zlib.decompressobj(-15).decompress(packed, left + 1)
        except zlib.error:
            _damaged()
    else:
        _damaged()
    if len(content) > left:
        _too_large()
    if len(content) > limits.SMALL_PART_BYTES and len(content) > limits.RATIO * max(len(packed), 1):
        _too_large()
    return content


def _refuse_far_cells(content: bytes) -> None:
    """Refuse a sheet whose outermost cells span more than the reader may allocate."""
    if not (_WIDE.search(content) or _DEEP.search(content) or _has_unnamed_cells(content)):
        return  # at most 26 columns and 200,000 rows
    last_row = last_column = 0
    for letters, digits in _REF.findall(content):
        last_row = max(last_row, int(digits))
        if letters:
            last_column = max(last_column, column_number(letters.decode()) + 1)
    rows = max(last_row, len(_ROW.findall(content)))
    if _UNNAMED_CELL.search(content):
        widest = max((len(_CELL.findall(row)) for row in _ROW.split(content)), default=0)
        last_column, rows = last_column + widest, rows + len(_ROW.findall(content))
    if rows > limits.ROWS + 100:
        raise Unreadable("too_many_rows", _("表格超过 %(rows)d 行。请拆成几个文件再导入") % {"rows": limits.ROWS})
    if last_column > limits.COLUMNS or rows * last_column > limits.CELLS:
        raise Unreadable("too_wide", _("表格里有离得很远的单元格（多半是误填）。请删掉表格右边和下边的空白行列再上传"))


def _has_unnamed_cells(content: bytes) -> bool:
    """Tell whether cells may stand there without their address, or under a prefix; then the cells have to be counted."""
    return content.count(b"<c") != content.count(b'<c r="') + content.count(b"<col") or b":c" in content


def _failed_formulas(content: bytes) -> dict[tuple[int, int], str]:
    if b't="e"' not in content:
        return {}
    failed = {}
    for attributes, text in _FAILED.findall(content):
        if named := _NAMED.search(attributes):
            failed[int(named[2]) - 1, column_number(named[1].decode())] = text.decode("utf-8", "replace")
    return failed


def _hidden_columns(content: bytes) -> frozenset[int]:
    hidden: set[int] = set()
    for attributes in _COLUMN.findall(content[:200_000]):
        found = dict(_ATTRIBUTE.findall(attributes))
        if found.get(b"hidden") in (b"1", b"true") and found.get(b"min", b"").isdigit() and found.get(b"max", b"").isdigit():
            hidden.update(range(int(found[b"min"]) - 1, min(int(found[b"max"]), limits.COLUMNS)))
    return frozenset(hidden)


def _hidden_rows(content: bytes) -> int:
    return len(_HIDDEN_ROW.findall(content)) if b'hidden="' in content else 0


def _by_sheet_name(kept: dict[str, bytes], spans: dict[str, tuple[dict[tuple[int, int], str], frozenset[int], int]]) -> Asides:
    targets = {}
    for attributes in _RELATION.findall(kept.get("xl/_rels/workbook.xml.rels", b"")):
        found = dict(_ATTRIBUTE.findall(attributes))
        target = found.get(b"Target", b"").decode("utf-8", "replace").lstrip("/")
        targets[found.get(b"Id")] = target if target.startswith("xl/") else "xl/" + target
    book = kept["xl/workbook.xml"]
    asides = Asides(epoch_1904=bool(_EPOCH.search(book)), errors={}, hidden_columns={}, hidden_rows={})
    for attributes in _SHEET.findall(book):
        found = dict(_ATTRIBUTE.findall(attributes))
        name = _unescape(found.get(b"name", b"").decode("utf-8", "replace"))
        failed, columns, rows = spans.get(targets.get(found.get(b"id"), ""), ({}, frozenset(), 0))
        asides.errors[name], asides.hidden_columns[name], asides.hidden_rows[name] = failed, columns, rows  # type: ignore[index]
    return asides


def _unescape(text: str) -> str:
    for entity, character in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"), ("&amp;", "&")):
        text = text.replace(entity, character)
    return text


def _damaged() -> NoReturn:
    raise Unreadable("damaged", _("文件已损坏，打不开。请用 Excel 或 WPS 打开后另存为 .xlsx 再上传")) from None


def _locked() -> NoReturn:
    raise Unreadable("locked", _("文件有打开密码。请先去掉密码再上传"))


def _too_large() -> NoReturn:
    raise Unreadable(
        "too_large", _("文件解开后太大（上限 %(limit)d MB）。请拆成几个文件再导入") % {"limit": limits.UNPACKED_BYTES // 2**20}
    )
