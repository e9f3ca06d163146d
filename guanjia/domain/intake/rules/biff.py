"""Look into an .xls (BIFF in an OLE container) before the reader may: password, reach, failed formulas, hidden columns.

Only what the reader does not tell is looked at. Every chain of sectors is walked under a count, so that a damaged
file ends in a refusal and never in a loop.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import NoReturn

from django.utils.translation import gettext as _

from . import limits
from .grid import Asides
from .limits import Unreadable

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_END = 0xFFFFFFF0  # sector numbers from here on are marks, not sectors
_FILEPASS, _DATEMODE, _BOUNDSHEET, _BOF, _FORMULA, _BOOLERR, _COLINFO, _ROW = 0x2F, 0x22, 0x85, 0x809, 0x06, 0x205, 0x7D, 0x208
_ERRORS = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A"}


def inspect(data: bytes) -> Asides:
    """Return what the container tells beside the values. Raises Unreadable when it is damaged or locked."""
    try:
        streams = _streams(data)
        if "EncryptedPackage" in streams or "EncryptionInfo" in streams:
            _locked()
        book = streams.get("Workbook", streams.get("Book"))
        if book is None:
            raise Unreadable("not_a_workbook", _("这不是 Excel 表格。请用 Excel 或 WPS 另存为 .xlsx 再上传"))
        return _scan(book)
    except (struct.error, IndexError, UnicodeError, ValueError, OverflowError):
        raise Unreadable("damaged", _("文件已损坏，打不开。请用 Excel 或 WPS 打开后另存为 .xlsx 再上传")) from None


def _streams(data: bytes) -> dict[str, bytes]:
    """Return the named streams of the container; the workbook's in full, the others by name only."""
    size = 1 << _within(struct.unpack_from("<H", data, 30)[0], 7, 16)
    mini_size = 1 << _within(struct.unpack_from("<H", data, 32)[0], 4, 12)
    directory_start, cutoff, mini_start = struct.unpack_from("<I4xI4x", data, 48)[0], 4096, struct.unpack_from("<I", data, 60)[0]
    table = [entry for entry in struct.unpack_from("<109I", data, 76) if entry < _END]
    following, links = struct.unpack_from("<I", data, 68)[0], 0
    while following < _END and links < 10_000:
        block = _sector(data, following, size)
        numbers = struct.unpack(f"<{size // 4}I", block)
        table += [entry for entry in numbers[:-1] if entry < _END]
        following, links = numbers[-1], links + 1
    chain: list[int] = []
    for entry in table:
        chain += struct.unpack(f"<{size // 4}I", _sector(data, entry, size))
    directory = b"".join(_walk(data, directory_start, size, chain))
    found: dict[str, tuple[int, int]] = {}
    root = (0, 0)
    for at in range(0, len(directory) - 127, 128):
        length, kind = struct.unpack_from("<HB", directory, at + 64)
        start, bytes_long = struct.unpack_from("<II", directory, at + 116)
        name = directory[at : at + max(min(length, 64) - 2, 0)].decode("utf-16-le", "replace")
        if kind == 5:
            root = (start, bytes_long)
        elif kind == 2 and name not in found:
            found[name] = (start, bytes_long)
    streams = dict.fromkeys(found, b"")
    for name in ("Workbook", "Book"):
        if name in found:
            start, bytes_long = found[name]
            if bytes_long >= cutoff:
                streams[name] = b"".join(_walk(data, start, size, chain))[:bytes_long]
            else:
                mini = b"".join(_walk(data, root[0], size, chain))[: root[1]]
                mini_table = b"".join(_walk(data, mini_start, size, chain))
                mini_chain = list(struct.unpack(f"<{len(mini_table) // 4}I", mini_table))
                streams[name] = b"".join(_walk(mini, start, mini_size, mini_chain, offset=0))[:bytes_long]
    return streams


def _walk(data: bytes, start: int, size: int, chain: list[int], offset: int = 1) -> Iterator[bytes]:
    steps = 0
    while start < _END:
        yield _sector(data, start, size, offset)
        start, steps = chain[start], steps + 1
        if steps > len(chain):
            raise ValueError("circular chain of sectors")


def _sector(data: bytes, number: int, size: int, offset: int = 1) -> bytes:
    """Return one sector; the last one of a file may be short and is padded. Sector 0 follows the header."""
    block = data[(number + offset) * size : (number + offset + 1) * size]
    if not block:
        raise ValueError("sector outside the file")
    return block.ljust(size, b"\0")


def _within(number: int, low: int, high: int) -> int:
    if not low <= number <= high:
        raise ValueError("impossible sector size")
    return number


def _scan(book: bytes) -> Asides:
    """Read the records of the workbook stream once."""
    asides = Asides(errors={}, hidden_columns={}, hidden_rows={})
    begins: dict[int, str] = {}
    errors: dict[tuple[int, int], str] = {}
    hidden: set[int] = set()
    name, at, cells, depth = "", 0, 0, 0
    while at + 4 <= len(book):
        kind, length = struct.unpack_from("<HH", book, at)
        body = book[at + 4 : at + 4 + length]
        if kind == _FILEPASS:
            _locked()
        if kind == _DATEMODE and len(body) >= 2:
            asides.epoch_1904 = body[0] == 1
        elif kind == _BOUNDSHEET and len(body) > 8:
            text = body[8:]
            begins[struct.unpack_from("<I", body)[0]] = (
                text[: 2 * body[6]].decode("utf-16-le", "replace") if body[7] & 1 else text[: body[6]].decode("latin-1")
            )
        elif kind == _BOF:
            depth += 1
            if at in begins:
                name, errors, hidden = begins[at], {}, set()
                asides.errors[name], depth = errors, 1  # type: ignore[index]
        elif kind == 0x0A:
            depth -= 1
            if name and depth == 0:
                asides.hidden_columns[name], name = frozenset(hidden), ""  # type: ignore[index]
        elif name and kind == _BOOLERR and len(body) >= 8 and body[7]:
            row, column = struct.unpack_from("<HH", body)
            errors[row, column] = _ERRORS.get(body[6], "#ERR!")
        elif name and kind == _FORMULA and len(body) >= 14 and body[12:14] == b"\xff\xff" and body[6] == 2:
            row, column = struct.unpack_from("<HH", body)
            errors[row, column] = _ERRORS.get(body[8], "#ERR!")
        elif name and kind == _COLINFO and len(body) >= 10 and body[8] & 1:
            first, last = struct.unpack_from("<HH", body)
            hidden.update(range(first, min(last + 1, limits.COLUMNS)))
        elif name and kind == _ROW and len(body) >= 14 and body[12] & 0x20:
            asides.hidden_rows[name] = asides.hidden_rows.get(name, 0) + 1  # type: ignore[index]
        at, cells = at + 4 + length, cells + 1
        if cells > limits.CELLS:
            raise Unreadable("too_large", _("文件太大。请拆成几个文件再导入"))
    return asides


def _locked() -> NoReturn:
    raise Unreadable("locked", _("文件有打开密码。请先去掉密码再上传"))
