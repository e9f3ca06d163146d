"""The child process in which a workbook is opened: the file on stdin, its sheets as a pickle on stdout.

The native reader ends its whole process when a damaged or hostile file makes it ask for more memory than there is (a count
of four billion strings in a file of two kilobytes is enough). Here that costs a child and the file is refused; the web or
worker process lives on. Run by path with `-I`; imports nothing of ours, so that it starts in a few hundredths of a second.
"""

import io
import pickle
import sys

MEMORY_BYTES = 2 * 2**30
CPU_SECONDS = 150


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
    """Answer ("ok", sheets) or ("locked" | "damaged" | "too_many_rows" | "too_wide", None)."""
    data = sys.stdin.buffer.read()
    confine()
    from python_calamine import CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        del data
        sheets: list[tuple[str, bool, object, object]] = []
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
            rows = sheet.to_python(skip_empty_area=False)
            merged = [(*begin, *end) for begin, end in sheet.merged_cell_ranges or []]
            sheets.append((meta.name, meta.visible is SheetVisibleEnum.Visible, rows, merged))
        answer: tuple[str, object] = (verdict, sheets if verdict == "ok" else None)
    except PasswordError:
        answer = ("locked", None)
    except BaseException:  # a panic of the native reader is not an Exception
        answer = ("damaged", None)
    pickler = pickle.Pickler(sys.stdout.buffer, protocol=5)
    pickler.fast = True  # nothing in it refers to itself, and looking every cell up costs as much as writing it
    pickler.dump(answer)
    return 0


if __name__ == "__main__":
    sys.exit(main(*(int(argument) for argument in sys.argv[1:5])))
