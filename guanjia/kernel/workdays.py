"""Which days are worked: published holidays and make-up days (调休) of mainland China, with dated overrides on top.

The yearly notice of the State Council decides; a year whose swaps are not published is unknown and nothing here guesses it.
Overrides are rows that an operator enters (a typhoon day, next year's notice before the library carries it).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from holidays.countries.china import China, ChinaStaticHolidays


class UnknownYear(LookupError):
    """The holiday arrangement of this year is not published, so nobody can say which days are worked."""

    def __init__(self, year: int) -> None:
        super().__init__(f"the holiday arrangement of {year} is not published")
        self.year = year


@lru_cache(maxsize=1)
def library_years() -> frozenset[int]:
    """Return the years whose arrangement, swapped days included, the `holidays` library carries."""
    return frozenset(ChinaStaticHolidays.special_public_holidays)


@lru_cache(maxsize=64)
def _published(year: int) -> tuple[Mapping[date, str], frozenset[date]]:
    """Return the free days by name and the worked weekend days of one published year."""
    calendar = China(years=[year - 1, year, year + 1] if year + 1 in library_years() else [year - 1, year], language="zh_CN")  # type: ignore[no-untyped-call]
    free = {day: name for day, name in calendar.items() if day.year == year}
    return free, frozenset(day for day in calendar.weekend_workdays if day.year == year)


@dataclass(frozen=True, slots=True)
class Workdays:
    """The working calendar that holds for an estate.

    `overrides` maps a date to worked (True) or free (False) and wins over what is published; `published` names years that the
    overrides describe completely, so that weekends and ordinary days of those years are known too.
    """

    overrides: Mapping[date, bool] = field(default_factory=dict)
    published: frozenset[int] = frozenset()

    def knows(self, year: int) -> bool:
        """Tell whether the arrangement of `year` is published."""
        return year in self.published or year in library_years()

    def worked(self, day: date) -> bool:
        """Tell whether `day` is worked. Raises UnknownYear."""
        decided = self.overrides.get(day)
        if decided is not None:
            return decided
        if day.year in self.published:
            return day.weekday() < 5
        if day.year not in library_years():
            raise UnknownYear(day.year)
        free, made_up = _published(day.year)
        return day in made_up or (day.weekday() < 5 and day not in free)

    def made_up(self, day: date) -> bool:
        """Tell whether `day` is a Saturday or Sunday that is worked in exchange. Raises UnknownYear."""
        return day.weekday() >= 5 and self.worked(day)

    def holiday_name(self, day: date) -> str:
        """Return the published Chinese name of a free day, empty when it has none or the year is unknown."""
        if self.overrides.get(day) or day.year not in library_years():
            return ""
        return _published(day.year)[0].get(day, "")

    def count(self, began: date, ended: date) -> int:
        """Count the worked days of `[began, ended)`. Raises UnknownYear."""
        return sum(self.worked(date.fromordinal(day)) for day in range(began.toordinal(), ended.toordinal()))

    def after(self, day: date, days: int) -> date:
        """Return the `days`-th worked day after `day`; `day` itself is not counted (民法典 201). Raises UnknownYear."""
        ordinal = day.toordinal()
        while days > 0:
            ordinal += 1
            days -= self.worked(date.fromordinal(ordinal))
        return date.fromordinal(ordinal)


def calendar(rows: Iterable[tuple[date, bool]] = (), published: Iterable[int] = ()) -> Workdays:
    """Build the calendar from override rows `(day, worked)` and the years that those rows describe completely."""
    return Workdays(dict(rows), frozenset(published))
