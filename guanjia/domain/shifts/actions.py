"""Drafting and publishing rosters, going on and off duty, handing over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from guanjia.domain.shifts import events, ports, queries
from guanjia.domain.shifts.models import Attendance, Handover, HeadCount, Pattern, Roster, Station, Turn
from guanjia.domain.shifts.permissions import APPROVE, ROSTER, STAND
from guanjia.domain.shifts.rules import rotation
from guanjia.domain.shifts.states import Condition, State
from guanjia.kernel.errors import Refusal
from guanjia.kernel.events import announce
from guanjia.kernel.periods import business_day, midnight
from guanjia.kernel.states import move

if TYPE_CHECKING:
    from guanjia.domain.estate.models import Estate, Place
    from guanjia.domain.staff.models import Member
    from guanjia.kernel.actor import Actor

EARLY = timedelta(hours=2)


class NotDraft(Refusal):
    """The roster is no longer being drafted."""

    code = "not_draft"


class OutsideRoster(Refusal):
    """The day is not one of the roster."""

    code, field = "outside_roster", "day"


class WrongPost(Refusal):
    """The person holds none of the posts that may man the station."""

    code, field = "wrong_post", "member"


class AlreadyOnTurn(Refusal):
    """The person stands elsewhere at that time."""

    code, field = "already_on_turn", "member"


class Uncovered(Refusal):
    """A station would be without the people it needs."""

    code, field = "uncovered", "gaps_reason"


class NotYours(Refusal):
    """Attendance is signed by the person alone."""

    code, status = "not_yours", 403


class NotNow(Refusal):
    """It is too early or too late to sign."""

    code = "not_now"


class NotReleased(Refusal):
    """Something must be finished or handed over first."""

    code = "not_released"


class Unchecked(Refusal):
    """An item of the handover list has no answer."""

    code, field = "unchecked", "checks"


@transaction.atomic
def add_pattern(estate: Estate, *, code: str, name: str, began_minute: int, minutes: int, rank: int, actor: Actor, at: datetime) -> Pattern:
    """Add a shift of the day to an estate, or give the one of this code new times for turns made from now on.

    Will serve: B-246.
    """
    actor.require(ROSTER, estate)
    facts = {"name": name, "began_minute": began_minute, "minutes": minutes, "rank": rank}
    pattern, _made = Pattern.objects.update_or_create(estate=estate, code=code, defaults=facts)
    return pattern


@transaction.atomic
def add_station(
    estate: Estate,
    *,
    code: str,
    name: str,
    place: Place | None = None,
    post_codes: Sequence[str] = (),
    clause_codes: Sequence[str] = (),
    handover_items: Sequence[str] = (),
    heads: Sequence[tuple[int, int, int]] = ((0, 0, 1),),
    actor: Actor,
    at: datetime,
) -> Station:
    """Add a station with its head counts `(from minute, to minute, heads)`, or set those of the one of this code anew.

    Will serve: B-243.
    """
    actor.require(ROSTER, estate)
    facts = {
        "name": name,
        "place": place,
        "post_codes": [*post_codes],
        "clause_codes": [*clause_codes],
        "handover_items": [*handover_items],
    }
    station, _made = Station.objects.update_or_create(estate=estate, code=code, defaults=facts)
    station.head_counts.all().delete()
    HeadCount.objects.bulk_create(
        HeadCount(estate=estate, station=station, began_minute=began, ended_minute=ended, heads=count) for began, ended, count in heads
    )
    return station


@transaction.atomic
def open_roster(estate: Estate, *, name: str, began_on: date, ended_on: date, actor: Actor, at: datetime) -> Roster:
    """Begin a roster for the days `[began_on, ended_on)`.

    Will serve: A-116. Raises NotAllowed, OutsideRoster when the days are reversed.
    """
    actor.require(ROSTER, estate)
    if began_on >= ended_on:
        raise OutsideRoster(_("结束日期应在开始日期之后"), field="ended_on")
    roster = Roster.objects.create(estate=estate, name=name, began_on=began_on, ended_on=ended_on, day=business_day(at))
    announce(events.RosterOpened(roster.pk), about=roster, actor=actor, at=at)
    return roster


@transaction.atomic
def put(roster: Roster, *, station: Station, pattern: Pattern, member: Member, day: date, actor: Actor, at: datetime) -> Turn:
    """Put a member on a station for one shift of one day.

    Raises NotAllowed, NotDraft, OutsideRoster, WrongPost, AlreadyOnTurn.
    """
    actor.require(ROSTER, roster)
    _require_draft(roster)
    turn = _placed(roster, station, pattern, member, day)
    announce(events.TurnPut(turn.pk, member.pk), about=roster, actor=actor, at=at)
    return turn


@transaction.atomic
def lay_rotation(
    roster: Roster, *, station: Station, patterns: Sequence[Pattern], groups: Sequence[Sequence[Member]], actor: Actor, at: datetime
) -> int:
    """Fill a station for all days of the roster: the groups go round the shifts day by day. Return the number of turns.

    Will serve: B-245, B-246. Raises NotAllowed, NotDraft, WrongPost, AlreadyOnTurn; ValueError with fewer groups than shifts.
    """
    actor.require(ROSTER, roster)
    _require_draft(roster)
    count = 0
    for placing in rotation(len(groups), len(patterns), roster.began_on, roster.ended_on):
        for member in groups[placing.group]:
            turn = _placed(roster, station, patterns[placing.pattern], member, placing.day)
            announce(events.TurnPut(turn.pk, member.pk), about=roster, actor=actor, at=at)
            count += 1
    return count


@transaction.atomic
def take_out(turn: Turn, *, actor: Actor, at: datetime) -> None:
    """Take a turn out of a roster that is still drafted. Raises NotAllowed, NotDraft."""
    actor.require(ROSTER, turn.roster)
    _require_draft(turn.roster)
    announce(events.TurnTakenOut(turn.pk, turn.member_id), about=turn.roster, actor=actor, at=at)
    turn.delete()


@transaction.atomic
def approve(roster: Roster, *, seen: int, actor: Actor, at: datetime) -> None:
    """Approve a roster as its supervisor.

    Will serve: A-119. Raises NotAllowed, IllegalMove, Stale.
    """
    actor.require(APPROVE, roster)
    move(roster, "approve", seen=seen)
    announce(events.RosterMoved(roster.pk, State.APPROVED), about=roster, actor=actor, at=at)


@transaction.atomic
def reopen(roster: Roster, *, seen: int, actor: Actor, at: datetime) -> None:
    """Give an approved roster back for drafting. Raises NotAllowed, IllegalMove, Stale."""
    actor.require(APPROVE, roster)
    move(roster, "reopen", seen=seen)
    announce(events.RosterMoved(roster.pk, State.DRAFT), about=roster, actor=actor, at=at)


@transaction.atomic
def publish(roster: Roster, *, seen: int, gaps_reason: str = "", actor: Actor, at: datetime) -> None:
    """Publish an approved roster. A station without the people it needs is refused unless a reason is written down.

    Will serve: A-034, A-116, A-119. Raises NotAllowed, IllegalMove, Stale, Uncovered.
    """
    actor.require(APPROVE, roster)
    holes = queries.uncovered(roster.estate, begin=roster.began_on, end=roster.ended_on, roster=roster)
    if holes and not gaps_reason.strip():
        hole = holes[0]
        raise Uncovered(
            _("%(station)s 从 %(time)s 起缺 %(missing)d 人，共 %(count)d 处空岗。请补排，或写明原因后发布")
            % {
                "station": hole.station.name,
                "time": hole.began_at.strftime("%m-%d %H:%M"),
                "missing": hole.missing,
                "count": len(holes),
            }
        )
    move(roster, "publish", seen=seen, gaps_reason=gaps_reason.strip() if holes else "")
    announce(events.RosterMoved(roster.pk, State.PUBLISHED), about=roster, actor=actor, at=at)


@transaction.atomic
def pass_on(turn: Turn, *, to: Member, reason: str, actor: Actor, at: datetime) -> None:
    """Let another member stand a published turn that nobody has signed on to.

    Raises NotAllowed, NotNow, WrongPost, AlreadyOnTurn, Refusal without a reason.
    """
    actor.require(ROSTER, turn.roster)
    if not reason.strip():
        raise Refusal(_("请写明换班原因"), field="reason")
    _require_free(to, turn.began_at, turn.ended_at)
    _require_post(to, turn.station, turn.day)
    before = turn.member_id
    if not Turn.objects.filter(pk=turn.pk, member_id=before, attendance=None).update(member=to):
        raise NotNow(_("这一班已经有人签到或换过，请看最新排班"))
    turn.member = to
    announce(events.TurnPassedOn(turn.pk, before, to.pk, reason.strip()), about=turn.roster, actor=actor, at=at)


@transaction.atomic
def sign_on(turn: Turn, *, checked: Mapping[str, bool] | None = None, actor: Actor, at: datetime) -> Attendance:
    """Sign on to one's own turn, from two hours before it begins until it ends; `checked` is the check of dress and equipment.

    Will serve: B-014. Raises NotAllowed, NotYours, NotNow.
    """
    actor.require(STAND, turn)
    if actor.member_id != turn.member_id:
        raise NotYours(_("只能本人签到"))
    if turn.roster.state != State.PUBLISHED or not turn.began_at - EARLY <= at < turn.ended_at:
        raise NotNow(_("现在不是这一班的签到时间"))
    facts = {"estate_id": turn.estate_id, "signed_on_at": at, "checked": dict(checked or {})}
    attendance, made = Attendance.objects.get_or_create(turn=turn, defaults=facts)
    if not made:
        raise NotNow(_("这一班已经签到过了"))
    late = max(0, (at - turn.began_at) // timedelta(minutes=1))
    announce(events.SignedOn(turn.pk, turn.member_id, late), about=turn, actor=actor, at=at)
    return attendance


@transaction.atomic
def sign_off(turn: Turn, *, actor: Actor, at: datetime) -> None:
    """Sign off one's own turn. Nobody leaves while an app above objects, or before the station is handed over where it must be.

    Will serve: B-119, B-249. Raises NotAllowed, NotYours, NotNow, NotReleased with every reason.
    """
    actor.require(STAND, turn)
    if actor.member_id != turn.member_id:
        raise NotYours(_("只能本人签退"))
    attendance = Attendance.objects.filter(turn=turn, signed_off_at=None).first()
    if attendance is None:
        raise NotNow(_("没有需要签退的班次"))
    reasons = [objection.message for objection in ports.objections(turn.member_id, at)]
    if turn.station.handover_items and queries.next_turn(turn) and not Handover.objects.filter(from_turn=turn).exists():
        reasons.append(_("请先与接班人员交接：%(station)s") % {"station": turn.station.name})
    if reasons:
        raise NotReleased("；".join(reasons))
    attendance.signed_off_at = at
    attendance.save(update_fields=["signed_off_at"])
    announce(events.SignedOff(turn.pk, turn.member_id), about=turn, actor=actor, at=at)


@transaction.atomic
def hand_over(
    turn: Turn, *, to: Turn, leader: Member, told: str, checks: Sequence[Mapping[str, str]], actor: Actor, at: datetime
) -> Handover:
    """Hand the station of one's own turn over to a turn that has signed on, with every item of its list answered.

    `checks` are {"item", "condition", "note"}. Will serve: A-306.
    Raises NotAllowed, NotYours, NotNow, Unchecked, Refusal when the situation was not told.
    """
    actor.require(STAND, turn)
    if actor.member_id != turn.member_id:
        raise NotYours(_("交班由当班人员本人办理"))
    if Handover.objects.filter(from_turn=turn).exists():
        raise NotNow(_("这一班已经交接过了"))
    if to.station_id != turn.station_id or to.member_id == turn.member_id or not to.began_at <= turn.ended_at < to.ended_at:
        raise NotNow(_("接班班次与本班不相接"))
    if not Attendance.objects.filter(turn=to, signed_off_at=None).exists():
        raise NotNow(_("接班人员还没有签到"))
    if not told.strip():
        raise Refusal(_("请写明岗位情况"), field="told")
    answered = {check.get("item"): check for check in checks if check.get("condition") in Condition.values}
    open_items = [item for item in turn.station.handover_items if item not in answered]
    if open_items:
        raise Unchecked(_("还没有检查：%(items)s") % {"items": "、".join(open_items)})
    kept = [dict(answered[item]) for item in turn.station.handover_items]
    handover = Handover.objects.create(
        estate_id=turn.estate_id, from_turn=turn, to_turn=to, leader=leader, told=told.strip(), checks=kept, at=at
    )
    announce(events.HandedOver(handover.pk, turn.pk, to.pk), about=turn, actor=actor, at=at)
    return handover


def _require_draft(roster: Roster) -> None:
    if not Roster.objects.filter(pk=roster.pk, state=State.DRAFT).exists():
        raise NotDraft(_("排班表已审核，要改先退回编排；已发布的请用换班"))


def _placed(roster: Roster, station: Station, pattern: Pattern, member: Member, day: date) -> Turn:
    if not roster.began_on <= day < roster.ended_on:
        raise OutsideRoster(_("%(day)s 不在这张排班表里") % {"day": day})
    _require_post(member, station, day)
    began_at = midnight(day) + timedelta(minutes=pattern.began_minute)
    ended_at = began_at + timedelta(minutes=pattern.minutes)
    _require_free(member, began_at, ended_at)
    return Turn.objects.create(
        estate_id=roster.estate_id,
        roster=roster,
        station=station,
        pattern=pattern,
        member=member,
        day=day,
        began_at=began_at,
        ended_at=ended_at,
    )


def _require_post(member: Member, station: Station, day: date) -> None:
    if not station.post_codes:
        return
    held = member.appointments.filter(post__code__in=station.post_codes, began_on__lte=day).filter(Q(ended_on=None) | Q(ended_on__gt=day))
    here = Q(estate=station.estate_id) | Q(place__estate=station.estate_id) | Q(branch__estates=station.estate_id)
    if not held.filter(here | Q(branch=None, estate=None, place=None)).exists():
        raise WrongPost(
            _("%(name)s 没有%(posts)s岗位，不能在%(station)s值守")
            % {"name": member.name, "posts": "、".join(station.post_codes), "station": station.name}
        )


def _require_free(member: Member, began_at: datetime, ended_at: datetime) -> None:
    busy = Turn.objects.filter(member=member, began_at__lt=ended_at, ended_at__gt=began_at).select_related("station").first()
    if busy is not None:
        raise AlreadyOnTurn(_("%(name)s 那时已排在%(station)s") % {"name": member.name, "station": busy.station.name})
