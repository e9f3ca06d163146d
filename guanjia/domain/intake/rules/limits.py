"""How large a file may be, and the one refusal for a file that cannot be read at all."""

from __future__ import annotations

from guanjia.kernel.errors import Refusal

PACKED_BYTES = 20 * 2**20
UNPACKED_BYTES = 200 * 2**20
RATIO = 100
SMALL_PART_BYTES = 2**20
ROWS = 200_000
COLUMNS = 256
CELLS = 6_000_000
PARTS = 2_000
SHEETS = 60


class Unreadable(Refusal):
    """The file as a whole is refused: too large, locked, damaged, or not a workbook."""

    code, field = "unreadable", "file"

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
