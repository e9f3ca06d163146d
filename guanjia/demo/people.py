"""The workbooks go in: estates with their residents, then the staff; posts held beside, accounts, special needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guanjia.demo import houses, roster, workbooks
from guanjia.demo.households import Household, households
from guanjia.demo.stage import Stage

if TYPE_CHECKING:
    from pathlib import Path


def write_books(stage: Stage) -> dict[str, tuple[Path, Path, list[Household], list[roster.Colleague]]]:
    """Write the two workbooks of each estate and return them with what they were written from."""
    books = {}
    for estate in houses.estates():
        inventor = stage.inventor("estate", estate.code)
        homes = list(households(estate, inventor, stage.today))
        crew = list(roster.crew(estate.code, stage.inventor("crew", estate.code), stage.today))
        house_book = stage.folder / "workbooks" / f"{estate.name}基础资料.xlsx"
        staff_book = stage.folder / "workbooks" / f"{estate.name}员工花名册.xlsx"
        workbooks.write(house_book, estate, homes, inventor, stage.today)
        workbooks.write_staff(staff_book, estate.name, roster.rows(crew))
        books[estate.code] = (house_book, staff_book, homes, crew)
    return books
