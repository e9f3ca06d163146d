"""The child process in which a workbook is opened: the file on stdin, its sheets as pickles on stdout, some rows at a time.

The native reader ends its whole process when a damaged or hostile file makes it ask for more memory than there is (a count
of four billion strings in a file of two kilobytes is enough). Here that costs a child and the file is refused; the web or
worker process lives on. Run by path with `-I`; imports nothing of ours, so that it starts in a few hundredths of a second.
"""

import io
import pickle
import sys
from itertools import islice

TYPE_CHECKING = False  # the typing module takes longer to import than this child to start
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from python_calamine import CalamineSheet

MEMORY_BYTES = 2 * 2**30
CPU_SECONDS = 150
ROWS_AT_A_TIME = 1_000


def confine() -> None:
    """Take away memory and time beyond what an honest file of the largest size needs, and core dumps."""
    try:
        import resource
    except ImportError:  # another system than Unix
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main(most_sheets: int, most_rows: int, most_columns: int, most_cells: int) -> int:
    """Answer with ("sheet", (name, visible, merged ranges)) and ("rows", rows) as they come, and at last with a verdict.

    The verdict is ("ok" | "locked" | "damaged" | "too_many_rows" | "too_wide", None); only after "ok" the rest counts.
    """
    data = sys.stdin.buffer.read()
    confine()
    from python_calamine import CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

    pickler = pickle.Pickler(sys.stdout.buffer, protocol=5)
    pickler.fast = True  # nothing in it refers to itself, and looking every cell up costs as much as writing it
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        del data
        total, verdict = 0, "ok"
        for meta in book.sheets_metadata[:most_sheets]:
            if meta.typ is not SheetTypeEnum.WorkSheet:
                continue
            sheet = book.get_sheet_by_name(meta.name)
            last_row, last_column = sheet.end or (-1, -1)
            total += (last_row + 1) * (last_column + 1)
            if last_row >= most_rows:
                verdict = "too_many_rows"
            elif last_column >= most_columns or total > most_cells:
                verdict = "too_wide"
            if verdict != "ok":
                break
            merged = [(*begin, *end) for begin, end in sheet.merged_cell_ranges or []]
            pickler.dump(("sheet", (meta.name, meta.visible is SheetVisibleEnum.Visible, merged)))
            for rows in _portions(sheet):
                pickler.dump(("rows", rows))
    except PasswordError:
        verdict = "locked"
    except BaseException:  # a panic of the native reader is not an Exception
        verdict = "damaged"
    pickler.dump((verdict, None))
    return 0


def _portions(sheet: "CalamineSheet") -> "Iterator[list[list[Any]]]":
    """Yield the rows of a sheet, from its first cell A1 on, so many at a time."""
    first = sheet.start[1] if sheet.start else 0
    width = sheet.end[1] + 1 if sheet.end else 0
    rows = sheet.iter_rows()
    while portion := list(islice(rows, ROWS_AT_A_TIME)):
        if first:  # the reader leaves the empty columns before the first cell out
            margin = [""] * first
            portion = [(margin + row)[:width] for row in portion]
        yield portion


if __name__ == "__main__":
    sys.exit(main(*(int(argument) for argument in sys.argv[1:5])))
