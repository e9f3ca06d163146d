"""One person's day as the phone shows it: grouped by clause, what ends first on top. Pure, on what `standards.my_day` returns."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _


@dataclass(frozen=True, slots=True)
class Group:
    """One clause of the day: its open and settled occurrences, in the order in which they end."""

    promise: Any
    items: tuple[Any, ...]

    @property
    def open(self) -> list[Any]:
        return [item for item in self.items if item.state == "due"]

    @property
    def done(self) -> int:
        return len(self.items) - len(self.open)

    @property
    def next(self) -> Any:
        return next(iter(self.open), self.items[0])


def grouped(items: Iterable[Any]) -> list[Group]:
    """Return the groups in the order of their first item."""
    groups: dict[str, list[Any]] = {}
    for item in items:
        groups.setdefault(item.promise.code, []).append(item)
    return [Group(among[0].promise, tuple(sorted(among, key=_by_end_and_place))) for among in groups.values()]


def _by_end_and_place(item: Any) -> tuple[Any, ...]:
    """Order what ends at the same time as people count: 2 号楼 before 10 号楼."""
    label = [(int(part), "") if part.isdigit() else (-1, part) for part in re.split(r"(\d+)", item.target.label)]
    return item.state != "due", item.slot.ended, item.slot.began, label, item.slot.k


def when(item: Any, today: date) -> str:
    """Return the word at the left of a to-do: the suggested minute, the end of a short period, or the last day of a long one."""
    slot = item.slot
    if slot.minute >= 0 and slot.suggested_on == today:
        return f"{slot.minute // 60:02d}:{slot.minute % 60:02d}"
    ended = timezone.localtime(slot.period_ended)
    if ended.hour or ended.minute:
        return f"{ended:%H:%M}"
    last = ended.date() - timedelta(1)
    if last == today:
        return _("今天")
    return f"{last:%m-%d}"


def until(item: Any) -> str:
    """Return the end of the period in words: 11-30 24:00 前 is said as the day before it."""
    ended: datetime = timezone.localtime(item.slot.period_ended)
    if ended.hour == ended.minute == 0:
        return _("%(day)s 当天结束前") % {"day": f"{ended.date() - timedelta(1):%m-%d}"}
    return _("%(moment)s 前") % {"moment": f"{ended:%m-%d %H:%M}"}


def places(items: Sequence[Any], most: int = 3) -> str:
    """Return where, in a few words: the names of the first places and how many more."""
    names = list(dict.fromkeys(item.target.label for item in items))
    shown = "、".join(names[:most])
    return _("%(names)s 等 %(count)s 处") % {"names": shown, "count": len(names)} if len(names) > most else shown


def count(items: Sequence[Any]) -> str:
    """Return how much it is: places, or times at the one place; nothing for a single thing."""
    if len(items) < 2:
        return ""
    several = len({item.target.key for item in items}) > 1
    return (_("%(count)s 处") if several else _("%(count)s 次")) % {"count": len(items)}
