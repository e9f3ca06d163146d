"""What judging leaves behind: faults that name a cell, rows that were left out with their reason, judged records."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, NamedTuple

from .describe import Sheet
from .grid import letter

ERROR, NOTE = "error", "note"


class Where(NamedTuple):
    """Premises as a row names them: codes as they are kept, "" for a level that was not said."""

    phase: str
    building: str
    entrance: str
    floor: str
    room: str

    def __str__(self) -> str:
        return "-".join(part for part in (self.phase, self.building, self.entrance, self.room) if part)


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong (`error`) or worth knowing (`note`), with its cell: row from 1, column as letters, "" for the row."""

    sheet: str
    row: int
    column: str
    code: str
    message: str
    level: str = ERROR

    def as_json(self) -> dict[str, Any]:
        return {"sheet": self.sheet, "row": self.row, "column": self.column, "code": self.code, "message": self.message}


@dataclass(frozen=True)
class LeftOut:
    """A row that is no record: a title, a total, a remark. Kept so that nothing disappears unseen."""

    row: int
    why: str
    text: str


@dataclass
class Judged:
    """One sheet after judging. `records[i]` are the stored values of row `numbers[i]` (counted from 0), in the order of the columns.

    `same[i]` is the earlier record that record i repeats word for word; `where[i]` are the premises that it names.
    """

    sheet: Sheet
    name: str
    columns: dict[str, int] = field(default_factory=dict)
    header_rows: tuple[int, int] = (0, 0)
    numbers: list[int] = field(default_factory=list)
    records: list[tuple[Any, ...]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    bad: set[int] = field(default_factory=set)
    same: dict[int, int] = field(default_factory=dict)
    where: list[Where | None] = field(default_factory=list)

    @property
    def read(self) -> int:
        return len(self.records)

    @property
    def refused(self) -> int:
        return len(self.bad)

    @property
    def accepted(self) -> int:
        return len(self.records) - len(self.bad)

    @property
    def errors(self) -> list[Fault]:
        return [fault for fault in self.faults if fault.level == ERROR]

    @property
    def notes(self) -> list[Fault]:
        return [fault for fault in self.faults if fault.level == NOTE]

    def refuse(self, index: int, key: str, code: str, message: str) -> None:
        """Refuse one record for the sake of a column; `key` "" blames the row."""
        self.bad.add(index)
        self.faults.append(Fault(self.name, self.numbers[index] + 1, self.letter(key), code, message))

    def note(self, row: int, key: str, code: str, message: str) -> None:
        self.faults.append(Fault(self.name, row + 1, self.letter(key), code, message, NOTE))

    def letter(self, key: str) -> str:
        return letter(self.columns[key]) if key in self.columns else ""

    def good(self) -> list[int]:
        """Return the positions of the records that may be written."""
        return [index for index in range(len(self.records)) if index not in self.bad]

    def values(self, key: str) -> list[Any]:
        """Return one column of all records."""
        position = self.sheet.position[key]
        return [record[position] for record in self.records]
