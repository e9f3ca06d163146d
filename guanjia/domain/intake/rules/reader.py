"""Read an .xlsx, .xls or .csv into plain rows, or refuse it with a sentence that a person can act on.

Nothing but `Unreadable` ever leaves `read`: the file comes from outside and may be anything.
"""

from __future__ import annotations

import csv
import datetime
import hashlib
import io
import pickle
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from guanjia.kernel.errors import Refusal

from . import biff, limits, packed, sandbox
from .grid import Asides, ErrorCell, Grid, Rows, Workbook
from .limits import Unreadable

SECONDS = 300
_ENCODINGS = ("utf-8-sig", "gb18030")


def read(name: str, data: bytes) -> Workbook:
    """Return the sheets of a file. The content decides what it is; the name only helps to tell text files apart.

    Raises Unreadable, and nothing else.
    """
    if not data:
        raise Unreadable("empty", _("文件是空的"))
    if len(data) > limits.PACKED_BYTES:
        raise Unreadable(
            "too_large",
            _("文件太大（%(size)d MB），最大 %(limit)d MB") % {"size": len(data) // 2**20, "limit": limits.PACKED_BYTES // 2**20},
        )
    try:
        book = _read(name, data)
    except Refusal:
        raise
    except Exception:
        raise Unreadable("damaged", _("文件已损坏，打不开。请用 Excel 或 WPS 打开后另存为 .xlsx 再上传")) from None
    book.sha256 = hashlib.sha256(data).hexdigest()
    return book


def _read(name: str, data: bytes) -> Workbook:
    if data[:4] == b"PK\x03\x04":
        return _workbook("xlsx", data, packed.inspect(data))
    if data[:8] == biff.MAGIC:
        return _workbook("xls", data, biff.inspect(data))
    head = data[:2000].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if head.startswith((b"<html", b"<!doctype", b"<table", b"<?xml", b"<meta", b"<style")):
        raise Unreadable("web_page", _("这是网页格式的假 Excel（系统导出常见）。请用 Excel 或 WPS 打开后另存为 .xlsx 再上传"))
    if head.startswith((b"%pdf", b"\x89png", b"\xff\xd8\xff", b"rar!", b"7z\xbc", b"pk", b"{\\rtf")) or name.lower().endswith(
        (".xlsx", ".xls")
    ):
        raise Unreadable("not_a_workbook", _("这不是 Excel 表格。请上传 .xlsx、.xls 或 .csv"))
    return _text(name, data)


def _workbook(kind: str, data: bytes, asides: Asides) -> Workbook:
    sheets = []
    for name, visible, rows, merged in _open_in_child(data):
        width = len(rows[0]) if rows else 0
        for (row, column), text in asides.errors.get(name, {}).items():
            while len(rows) <= row < limits.ROWS:
                rows.append([""] * width)
            if row < len(rows):
                rows[row] += [""] * (column + 1 - len(rows[row]))
                rows[row][column] = ErrorCell(text)
        hidden = asides.hidden_columns.get(name, frozenset())
        sheets.append(Grid(name, rows, visible, merged, hidden_columns=hidden, hidden_rows=asides.hidden_rows.get(name, 0)))
    return Workbook(kind, sheets, epoch_1904=asides.epoch_1904)


def _open_in_child(data: bytes) -> list[tuple[str, bool, Rows, list[tuple[int, int, int, int]]]]:
    """Let a confined child open the workbook (see `sandbox`); whatever happens to the child, this process goes on."""
    bounds = (limits.SHEETS, limits.ROWS + 100, limits.COLUMNS, limits.CELLS)
    command = [sys.executable, "-I", str(Path(sandbox.__file__)), *map(str, bounds)]
    sheets: list[tuple[str, bool, Rows, list[tuple[int, int, int, int]]]] = []
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as child:
        assert child.stdin is not None
        assert child.stdout is not None
        watch = threading.Timer(SECONDS, child.kill)
        watch.start()
        try:
            with suppress(BrokenPipeError), child.stdin:  # it reads all before it answers, or is dead
                child.stdin.write(data)
            answers = _PlainValues(child.stdout)
            verdict, told = answers.load()
            while verdict in ("sheet", "rows"):
                if verdict == "sheet":
                    name, visible, merged = told
                    sheets.append((name, visible, [], merged))
                else:
                    sheets[-1][2].extend(told)
                verdict, told = answers.load()
        except (pickle.UnpicklingError, EOFError, ValueError, TypeError, IndexError, OSError):
            verdict = "damaged"
        finally:
            watch.cancel()
            child.kill()
    if verdict == "locked":
        raise Unreadable("locked", _("文件有打开密码。请先去掉密码再上传"))
    if verdict == "too_many_rows":
        raise Unreadable("too_many_rows", _("表格超过 %(rows)d 行。请拆成几个文件再导入") % {"rows": limits.ROWS})
    if verdict == "too_wide":
        raise Unreadable("too_wide", _("表格里有离得很远的单元格（多半是误填）。请删掉表格右边和下边的空白行列再上传"))
    if verdict != "ok":
        raise Unreadable("damaged", _("文件已损坏，打不开。请用 Excel 或 WPS 打开后另存为 .xlsx 再上传"))
    return sheets


class _PlainValues(pickle.Unpickler):
    """Takes dates besides plain values, and nothing else, from a child that had a stranger's file in its hands."""

    def find_class(self, module: str, name: str) -> Any:
        if module == "datetime" and name in ("date", "datetime", "time", "timedelta"):
            return getattr(datetime, name)
        raise pickle.UnpicklingError(f"{module}.{name}")


def _text(name: str, data: bytes) -> Workbook:
    text, encoding = _decode(data)
    if "\0" in text:
        raise Unreadable("not_a_workbook", _("这不是 Excel 表格。请上传 .xlsx、.xls 或 .csv"))
    sample = "\n".join(text.splitlines()[:20])
    delimiter = max(",\t;，|", key=sample.count)
    rows: Rows = []
    for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter if sample.count(delimiter) else ",", strict=False):
        if len(rows) >= limits.ROWS + 100:
            raise Unreadable("too_many_rows", _("表格超过 %(rows)d 行。请拆成几个文件再导入") % {"rows": limits.ROWS})
        if len(row) > limits.COLUMNS:
            raise Unreadable("too_wide", _("表格里有离得很远的单元格（多半是误填）。请删掉表格右边和下边的空白行列再上传"))
        rows.append(row)
    stem = name.replace("\\", "/").rsplit("/", 1)[-1].rsplit(".", 1)[0]
    return Workbook("csv", [Grid(stem or "CSV", rows)], encoding=encoding)


def _decode(data: bytes) -> tuple[str, str]:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16"), "utf-16"
    for encoding in _ENCODINGS:
        try:
            return data.decode(encoding), encoding
        except UnicodeDecodeError:
            continue
    raise Unreadable("encoding", _("文字编码认不出来。请另存为 .xlsx，或 UTF-8、GBK 编码的 .csv"))
