"""The played month: day by day, what the clauses make due is done, late, excused or missed, with evidence and by those on duty.

Most work is done in time. What goes wrong goes wrong for a reason that a reader can find: three nights without a patrol when a guard
left, a reading that nobody took over a holiday, a report that came a day late.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from guanjia.demo.invent import Inventor
from guanjia.demo.stage import Stage
from guanjia.domain.staff import queries as staff
from guanjia.domain.standards import actions, queries
from guanjia.domain.standards.actions import Completion
from guanjia.domain.standards.states import OccurrenceState
from guanjia.kernel.periods import from_minute

if TYPE_CHECKING:
    from guanjia.domain.estate.models import Estate
    from guanjia.domain.standards.queries import Item

# Of a thousand, how many are done in time and how many late, by who does it; two more are excused, the rest is missed.
DILIGENCE = {"巡查岗": (978, 14), "保洁员": (984, 12), "工程部": (986, 8)}
USUAL = (990, 6)
EXCUSED = 2
EXCUSES = ("下雨，户外作业顺延", "设备检修中，已挂牌", "业主装修封闭施工，无法进入", "节假日由值班岗代为检查")
NOTES = {
    "scan": "点位已扫",
    "checklist": "逐项正常",
    "photo": "现场照片已存档",
    "reading": "读数在范围内",
    "document": "记录已归档",
    "signature": "对方已签字",
    "call": "电话已接通",
    "roster": "当班人员在岗",
}
PATROL = "A-312"
SHORT_NIGHTS = (11, 12, 13)  # days of the month on which the night patrol had one guard too few


DAY = 1440
SEEN_TO_BY = {
    "公司": "项目经理",
    "公司总经理": "项目经理",
    "物业服务分公司": "项目经理",
    "物业管理团队": "项目经理",
    "物业队": "维修人员",
    "收银处": "收费员",
    "对外承包单位": "客服管家",
    "专业维修保养单位(电梯)": "设备运行人员",
}


class Hands:
    """Who does what at one estate: the users of those who hold a post or belong to a unit, in turn.

    What the documents lay on the company or a contractor is written down by the member who sees to it.
    """

    def __init__(self, stage: Stage, estate: Estate, day: date) -> None:
        self.by_title: dict[str, list[int]] = defaultdict(list)
        users = {member.pk: member.user_id for member in stage.members.values()}
        for holder in staff.responsible(estate, day):
            user = users.get(holder.member_id)
            if user is not None:
                for title in sorted(holder.titles):
                    self.by_title[title].append(user)

    def of(self, post: str, turn: int) -> int | None:
        """Return the user whose turn it is; None when nobody of the demo holds the post: then it stays undone."""
        among = self.by_title.get(post) or self.by_title.get(SEEN_TO_BY.get(post, ""))
        return among[turn % len(among)] if among else None


def play(stage: Stage, begin: date, until: datetime) -> int:
    """Play the days from `begin` up to an instant and return how many completions were written."""
    written = 0
    for code, estate in stage.estates.items():
        inventor = stage.inventor("month", code, begin)
        behind: list[Completion] = []
        day = begin
        while day <= until.date():
            end = min(stage.instant(day, 23, 59), until)
            written += _day(stage, estate, day, end, behind, inventor)
            day += timedelta(days=1)
        stage.say(f"{estate.name} is played up to {until:%Y-%m-%d %H:%M}")
    return written


def _day(stage: Stage, estate: Estate, day: date, end: datetime, behind: list[Completion], inventor: Inventor) -> int:
    """Work one day of one estate, written down in the evening. `behind` is what yesterday left to be done late."""
    ledger = queries.due(stage.system, estate, day, day + timedelta(days=1), now=end)
    hands = Hands(stage, estate, day)
    done = [late for late in behind if late.done_at <= end]
    behind[:] = []
    excused = []
    for item in ledger.items:
        if item.state not in (OccurrenceState.DUE, OccurrenceState.MISSED) or _short_night(item, estate, day):
            continue
        by = hands.of(item.promise.post, item.slot.began + item.slot.k)
        dice = inventor.chance.randrange(1000)
        in_time, late = DILIGENCE.get(item.promise.post, USUAL)
        if by is None:
            continue
        if dice < in_time:
            when = _moment(item, day, inventor)
            if when <= end:
                done.append(_completion(item, when, by, inventor))
        elif dice < in_time + late:
            # Only what must be done within the day can be late tomorrow; longer periods are still open then.
            if item.slot.ended <= (day.toordinal() + 1) * DAY:
                when = stage.instant(day + timedelta(days=1), 8, inventor.chance.randrange(60))
                behind.append(_completion(item, when, by, inventor))
        elif dice >= 1000 - EXCUSED and item.slot.ended <= (day.toordinal() + 1) * DAY:
            excused.append(item)
    actions.record_batch(estate, sorted(done, key=lambda each: each.done_at), actor=stage.system, at=end)
    for item in excused:
        actions.excuse(estate, item.ref, reason=inventor.chance.choice(EXCUSES), actor=stage.system, at=end)
    return len(done)


def _short_night(item: Item, estate: Estate, day: date) -> bool:
    return estate.code == "JHY" and item.promise.code == PATROL and day.day in SHORT_NIGHTS and item.slot.began % DAY < 5 * 60


def _moment(item: Item, day: date, inventor: Inventor) -> datetime:
    """Return when it was done: in its own window when that is short, else in the working hours of the day."""
    first, last = max(item.slot.began, day.toordinal() * DAY), min(item.slot.ended, (day.toordinal() + 1) * DAY)
    if last - first >= DAY // 2:
        share = 600 // max(item.slot.n, 1) if item.slot.ended - item.slot.began <= DAY else 540
        first, last = first + 7 * 60 + 30 + share * (item.slot.k - 1), first + 7 * 60 + 30 + share * item.slot.k
    return from_minute(first + inventor.chance.randrange(max(1, last - first - 5)))


def _completion(item: Item, when: datetime, by: int, inventor: Inventor) -> Completion:
    kinds = item.promise.evidence
    evidence = []
    if kinds:
        kind = kinds[0] if inventor.chance.random() < 0.8 else inventor.chance.choice(kinds)
        evidence.append({"kind": kind, "note": NOTES.get(kind, "")})
    return Completion(item.promise.code, item.target.key, when, evidence, by, item.slot.began, item.slot.k)
