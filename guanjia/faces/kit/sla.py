"""How much time is left, said the same way in a row, on a ring, on the board and on the phone. Pure.

The page's own clock (static/kit/js/clock.js) repeats `state` and `left` between two answers of the server; the test
vectors in tests/faces/kit/sla.json are read by both.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

MINUTE = 60
HOUR = 60 * MINUTE
DAY = 24 * HOUR


@dataclass(frozen=True, slots=True)
class Reading:
    """What to show: state, words, the share of the limit that is left, icon and tone."""

    state: str
    text: str
    share: int
    icon: str
    due_at: datetime | None = None
    limit_seconds: int = 0
    why: str = ""
    urgent: bool = False


def state(limit: int, left: int) -> str:
    """Return over, hot, soon or ok for a limit and the time left, both in seconds of the working calendar."""
    if left < 0:
        return "over"
    if left <= min(limit // 5, max(5 * MINUTE, min(limit // 10, 30 * MINUTE))):
        return "hot"
    if left <= min(limit // 2, max(15 * MINUTE, min(limit // 4, 2 * HOUR))):
        return "soon"
    return "ok"


def left_words(left: int, *, to_the_second: bool = False) -> str:
    """Return the time left in words: 04:12 (urgent, under an hour), 26 分, 1 时 05 分, 2 天 3 时; of an overrun its length."""
    late, seconds = left < 0, abs(left)
    if to_the_second and not late and seconds < HOUR:
        return f"{seconds // MINUTE:02d}:{seconds % MINUTE:02d}"
    minutes = seconds // MINUTE
    if seconds < HOUR:
        words = _("%(minutes)d 分") % {"minutes": minutes}
    elif seconds <= DAY:
        words = _("%(hours)d 时 %(minutes)02d 分") % {"hours": minutes // 60, "minutes": minutes % 60}
    else:
        words = _("%(days)d 天 %(hours)d 时") % {"days": seconds // DAY, "hours": seconds % DAY // HOUR}
    return _("超时 %(time)s") % {"time": words} if late else words


ICONS = {"over": "alert-triangle", "hot": "flame", "soon": "hourglass", "ok": "", "hold": "player-pause", "done": "check"}


def reading(*, due_at: datetime, limit_seconds: int, left_seconds: int, why: str = "", urgent: bool = False) -> Reading:
    """Read a running clock. `why` names the promise: "2 小时上门"."""
    now = state(limit_seconds, left_seconds)
    share = 100 if now == "over" else round(100 * left_seconds / limit_seconds) if limit_seconds else 0
    return Reading(now, left_words(left_seconds, to_the_second=urgent), min(100, share), ICONS[now], due_at, limit_seconds, why, urgent)


def paused(*, reason: str, back: str = "") -> Reading:
    """Read a clock that is held, with its reason and the day it goes on."""
    return Reading("hold", _("暂停计时"), 100, ICONS["hold"], why=f"{reason} {back}".strip())


def finished(*, in_time: bool) -> Reading:
    """Read a clock that has stopped."""
    return Reading("ok" if in_time else "over", _("按时完成") if in_time else _("超时完成"), 100, ICONS["done" if in_time else "over"])
