"""What people do about occurrences: do them with evidence, assign, excuse and withdraw them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from guanjia.domain.staff import queries as staff
from guanjia.domain.standards.events import (
    OccurrenceAssigned,
    OccurrenceDone,
    OccurrenceExcused,
    OccurrencesDone,
    OccurrenceWithdrawn,
)
from guanjia.domain.standards.models import Occurrence
from guanjia.domain.standards.permissions import ASSIGN, EXCUSE, RECORD
from guanjia.domain.standards.queries.occurrences import Ref
from guanjia.domain.standards.queries.plans import workdays_of
from guanjia.domain.standards.queries.promises import promises
from guanjia.domain.standards.queries.targets import targets
from guanjia.domain.standards.rules.cadence import Slot, follow
from guanjia.domain.standards.rules.occurrences import Promise, exists, next_k
from guanjia.domain.standards.rules.targets import Target
from guanjia.domain.standards.states import OccurrenceState
from guanjia.kernel.commands import once
from guanjia.kernel.errors import Refusal, Stale
from guanjia.kernel.events import announce
from guanjia.kernel.periods import DAY_MINUTES, business_day, from_minute, midnight, to_minute
from guanjia.kernel.states import move

if TYPE_CHECKING:
    from guanjia.domain.estate.models import Estate, Place
    from guanjia.kernel.actor import Actor

State = OccurrenceState
AFTERTHOUGHT = timedelta(hours=72)
"""How long after the fact people may still record or excuse; later only who may excuse records, and nobody excuses."""


class NotInForce(Refusal):
    code = "not_in_force"


class NoSuchTarget(Refusal):
    code = "no_such_target"


class NotDueNow(Refusal):
    code, field = "not_due_now", "done_at"


class AlreadySettled(Refusal):
    code = "already_settled"


class InTheFuture(Refusal):
    code, field = "in_the_future", "done_at"


class TooLongAgo(Refusal):
    code, field = "too_long_ago", "done_at"


class NoEvidence(Refusal):
    code, field = "no_evidence", "evidence"


class NoReason(Refusal):
    code, field = "no_reason", "reason"


class PeriodOver(Refusal):
    code = "period_over"


class NotHere(Refusal):
    code, field = "not_here", "to"


class Completion(NamedTuple):
    """Something that was done: of which clause, about what, when, with what evidence, by whom (a user).

    `period` and `k` name one occurrence (one that was missed); without them it is the one that is open at `done_at`.
    """

    clause: str
    target: str
    done_at: datetime
    evidence: Sequence[Mapping[str, Any]] = ()
    by: int | None = None
    period: int | None = None
    k: int | None = None


@transaction.atomic
def record_done(
    estate: Estate,
    clause: str,
    target: str,
    *,
    done_at: datetime,
    evidence: Sequence[Mapping[str, Any]],
    actor: Actor,
    at: datetime,
    period: int | None = None,
    k: int | None = None,
    key: UUID | None = None,
) -> Occurrence:
    """Record that a clause's work was done, and say which occurrence it met.

    It meets the first free one of the period that holds `done_at`; with `period` and `k` exactly that one, late when its period is over.
    Beyond the quota, or a second time on a day that counts once, it is kept as `extra`. `key` makes a repeated call harmless.

    Raises NotAllowed, NotInForce, NoSuchTarget, NotDueNow, AlreadySettled, InTheFuture, TooLongAgo, NoEvidence, Stale, KeyReused.
    """
    completion = Completion(clause, target, done_at, evidence, actor.user_id, period, k)

    def do() -> int:
        recorder = _Recorder(estate, actor, at)
        row = recorder.record(completion)
        announce(OccurrenceDone(row.pk, clause, target, row.state, done_at), about=row, actor=actor, at=at)
        return row.pk

    if key is None:
        return Occurrence.objects.get(pk=do())
    body = [estate.pk, clause, target, done_at, list(evidence), period, k]
    return Occurrence.objects.get(pk=once(key, actor=actor, at=at, body=body, do=do))


@transaction.atomic
def record_batch(estate: Estate, completions: Iterable[Completion], *, actor: Actor, at: datetime) -> list[Occurrence]:
    """Record many completions of one estate in order and announce them once: an upload after a time without network.

    All or nothing. Raises what `record_done` raises.
    """
    recorder = _Recorder(estate, actor, at, batch=True)
    rows = [recorder.record(completion, save=False) for completion in completions]
    Occurrence.objects.bulk_create([row for row in rows if row.pk is None], batch_size=500)
    if rows:
        keys = [row.pk for row in rows]
        announce(OccurrencesDone(len(rows), min(keys), max(keys)), actor=actor, at=at, estate_id=estate.pk)
    return rows


@transaction.atomic
def assign(estate: Estate, ref: Ref, *, to: int, actor: Actor, at: datetime) -> Occurrence:
    """Name the member who does an occurrence; naming another replaces the first. Raises NotAllowed, NotHere, AlreadySettled, Stale."""
    recorder = _Recorder(estate, actor, at)
    promise, target, slot = recorder.slot_of(ref)
    actor.require(ASSIGN, recorder.where(target))
    if to not in {holder.member_id for holder in staff.responsible(estate, business_day(at))}:
        raise NotHere(_("此人今天在本小区没有岗位"))
    row = recorder.row(promise, target, slot)
    if row.pk is None:
        row.assigned_to_id = to
        _insert(row)
    else:
        _move(row, "assign", assigned_to_id=to)
    announce(OccurrenceAssigned(row.pk, ref.clause, ref.target, to), about=row, actor=actor, at=at)
    return row


@transaction.atomic
def excuse(estate: Estate, ref: Ref, *, reason: str, actor: Actor, at: datetime) -> Occurrence:
    """Let an occurrence off for a reason, up to 72 hours after its period ended; it is not due any more.

    Raises NotAllowed, NoReason, PeriodOver, AlreadySettled, Stale.
    """
    recorder = _Recorder(estate, actor, at)
    promise, target, slot = recorder.slot_of(ref)
    actor.require(EXCUSE, recorder.where(target))
    if not reason.strip():
        raise NoReason(_("请写明免做的原因"))
    if at > slot.period_ended + AFTERTHOUGHT:
        raise PeriodOver(_("应做期结束超过 72 小时，只能算漏做"))
    row = _settle(recorder.row(promise, target, slot), "excuse", State.EXCUSED, reason.strip(), at)
    announce(OccurrenceExcused(row.pk, ref.clause, ref.target, reason.strip()), about=row, actor=actor, at=at)
    return row


@transaction.atomic
def withdraw(estate: Estate, ref: Ref, *, reason: str, actor: Actor, at: datetime) -> Occurrence:
    """Take an occurrence out that should never have been due (the thing is not there), for a reason, before its period is over.

    Raises NotAllowed, NoReason, PeriodOver, AlreadySettled, Stale.
    """
    recorder = _Recorder(estate, actor, at)
    promise, target, slot = recorder.slot_of(ref)
    actor.require(EXCUSE, recorder.where(target))
    if not reason.strip():
        raise NoReason(_("请写明撤销的原因"))
    if at >= slot.period_ended:
        raise PeriodOver(_("应做期已经结束，不能再撤销"))
    row = _settle(recorder.row(promise, target, slot), "withdraw", State.WITHDRAWN, reason.strip(), at)
    announce(OccurrenceWithdrawn(row.pk, ref.clause, ref.target, reason.strip()), about=row, actor=actor, at=at)
    return row


def _settle(row: Occurrence, verb: str, state: State, reason: str, at: datetime) -> Occurrence:
    if row.pk is None:
        row.state, row.reason, row.recorded_at = state, reason, at
        return _insert(row)
    _move(row, verb, reason=reason, recorded_at=at)
    return row


def _move(row: Occurrence, verb: str, **facts: Any) -> None:
    if row.state not in row.MOVES[verb].frm:
        raise AlreadySettled(_("这一次已经是「%(state)s」") % {"state": row.get_state_display()})
    move(row, verb, seen=row.version, **facts)


def _insert(row: Occurrence) -> Occurrence:
    """Insert the row of an occurrence; somebody who was faster makes it Stale."""
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        raise Stale() from None
    return row


class _Recorder:
    """Matches completions with occurrences of one estate, reading what it needs once."""

    def __init__(self, estate: Estate, actor: Actor, at: datetime, *, batch: bool = False) -> None:
        self.estate, self.actor, self.at, self.batch = estate, actor, at, batch
        self.promises = promises(estate)
        self.calendar = workdays_of(estate.company_id)
        self._targets: dict[object, dict[str, list[Target]]] = {}
        self._places: dict[int, Place] = {}
        self._around: dict[tuple[int, int], list[Slot]] = {}
        self._rows: dict[tuple[str, int, str], dict[str, dict[int, Occurrence]]] = {}

    def record(self, completion: Completion, *, save: bool = True) -> Occurrence:
        """Match one completion; with `save` the row is written, else a new row waits to be."""
        promise = self.promise(completion.clause, business_day(completion.done_at), completion.period)
        target = self.target(promise, completion.target)
        self.actor.require(RECORD, self.where(target))
        self._check(completion, promise)
        slot, state = self._match(completion, promise, target)
        known = self._known(promise, target, slot.began).get(slot.k)
        facts = {"done_at": completion.done_at, "done_by_id": completion.by, "recorded_at": self.at, "evidence": list(completion.evidence)}
        if known is not None:
            _move(known, "do_late" if state == State.LATE else "do", **facts)
            return known
        row = self.row(promise, target, slot)
        row.state = state
        for name, value in facts.items():
            setattr(row, name, value)
        if save:
            _insert(row)
        self._known(promise, target, slot.began)[slot.k] = row
        return row

    def promise(self, code: str, day: date, period: int | None = None) -> Promise:
        ordinal = day.toordinal() if period is None else period // DAY_MINUTES
        for promise in self.promises.held:
            if promise.code == code and promise.began <= ordinal < promise.ended:
                return promise
        raise NotInForce(_("条款 %(code)s 在 %(day)s 没有生效") % {"code": code, "day": day})

    def target(self, promise: Promise, key: str) -> Target:
        if promise.target not in self._targets:
            found = targets(self.estate, [promise.target])[promise.target]
            table: dict[str, list[Target]] = defaultdict(list)
            for target in found:
                table[target.key].append(target)
            self._targets[promise.target] = table
        stretches = self._targets[promise.target].get(key)
        if not stretches:
            raise NoSuchTarget(_("条款 %(code)s 不针对这个对象") % {"code": promise.code})
        return stretches[-1]

    def where(self, target: Target) -> Place | Estate:
        """Return what permissions are asked at: the target's place, or the whole estate."""
        if target.place_id is None:
            return self.estate
        if target.place_id not in self._places:
            self._places[target.place_id] = self.estate.places.select_related("estate").get(pk=target.place_id)
        return self._places[target.place_id]

    def slot_of(self, ref: Ref) -> tuple[Promise, Target, Slot]:
        """Return what a ref names. Raises NotInForce, NoSuchTarget, NotDueNow."""
        day = date.fromordinal(ref.began // DAY_MINUTES)
        promise = self.promise(ref.clause, day, ref.began)
        target = self.target(promise, ref.target)
        return promise, target, self._named(promise, target, ref.began, ref.k)

    def row(self, promise: Promise, target: Target, slot: Slot) -> Occurrence:
        """Return the row of an occurrence, or a new one that is not saved yet."""
        known = self._known(promise, target, slot.began).get(slot.k)
        return known or Occurrence(
            estate=self.estate,
            clause_code=promise.code,
            target_key=target.key,
            period_began=slot.period_began,
            period_ended=slot.period_ended,
            k=slot.k,
            n=slot.n,
            day=slot.suggested_on,
            place_id=target.place_id,
            recorded_at=self.at,
        )

    def _check(self, completion: Completion, promise: Promise) -> None:
        if completion.done_at > self.at:
            raise InTheFuture(_("完成时间不能晚于现在"))
        if self.at - completion.done_at > AFTERTHOUGHT and not self.actor.may(EXCUSE, self.estate):
            raise TooLongAgo(_("完成超过 72 小时才补录，须由有权批准免做的人记录"))
        given = {str(item.get("kind", "")) for item in completion.evidence}
        if promise.evidence and not given & set(promise.evidence):
            wanted = "、".join(promise.evidence_labels)
            raise NoEvidence(_("条款 %(code)s 要求留下实据：%(kinds)s，至少一种") % {"code": promise.code, "kinds": wanted})

    def _match(self, completion: Completion, promise: Promise, target: Target) -> tuple[Slot, State]:
        minute = to_minute(completion.done_at)
        if promise.cadence.irregular:
            return self._irregular(promise, target, completion.done_at), State.DONE
        if completion.period is not None:
            slot = self._named(promise, target, completion.period, completion.k or 1)
            if minute < slot.began:
                raise NotDueNow(_("这一次的应做期还没有开始"))
            known = self._known(promise, target, slot.began).get(slot.k)
            if known is not None and known.state != State.DUE:
                raise AlreadySettled(_("这一次已经是「%(state)s」") % {"state": known.get_state_display()})
            return slot, State.DONE if minute < slot.ended else State.LATE
        groups: dict[int, list[Slot]] = defaultdict(list)
        for slot in self._slots(promise, target, minute // DAY_MINUTES):
            if slot.began <= minute < slot.ended and exists(target, slot):
                groups[slot.began].append(slot)
        if not groups:
            raise NotDueNow(_("现在不在应做期内；补做请选漏做的那一次"))
        ordered = sorted(groups.values(), key=lambda slots: (slots[0].ended, slots[0].began))
        for slots in ordered:
            rows = self._known(promise, target, slots[0].began)
            day = minute // DAY_MINUTES
            that_day = sum(1 for row in rows.values() if row.state in (State.DONE, State.LATE) and _day_of(row) == day)
            met = next_k(slots, {k: row.state for k, row in rows.items()}, that_day)
            if met is not None:
                return met, State.DONE
        first = ordered[0][0]
        taken = self._known(promise, target, first.began)
        return first._replace(k=max([first.n, *taken]) + 1), State.EXTRA

    def _named(self, promise: Promise, target: Target, began: int, k: int) -> Slot:
        for slot in self._slots(promise, target, began // DAY_MINUTES):
            if slot.began == began and slot.k == k:
                return slot
        raise NotDueNow(_("方案里没有这一次应做"))

    def _slots(self, promise: Promise, target: Target, day: int) -> list[Slot]:
        if promise.cadence.after_days:
            held = date.fromordinal(promise.began)
            done = self._done_days(promise, target)
            step = timedelta(promise.cadence.after_days + 2)
            middle = date.fromordinal(day)
            return follow(promise.cadence, middle - step, middle + step, self.calendar, max(held, target.began_on or held), done)
        if (id(promise), day) not in self._around:
            self._around[id(promise), day] = promise.around(date.fromordinal(day), self.calendar)
        return self._around[id(promise), day]

    def _irregular(self, promise: Promise, target: Target, done_at: datetime) -> Slot:
        day = business_day(done_at)
        began = to_minute(midnight(day))
        taken = self._known(promise, target, began)
        return Slot(began, began + DAY_MINUTES, max(taken, default=0) + 1, 0, day.toordinal())

    def _known(self, promise: Promise, target: Target, began: int) -> dict[int, Occurrence]:
        """Return the rows of one period by k. A batch reads all targets of the clause at once."""
        key = (promise.code, began, "" if self.batch else target.key)
        if key not in self._rows:
            rows = Occurrence.objects.filter(estate=self.estate, clause_code=promise.code, period_began=from_minute(began))
            table: dict[str, dict[int, Occurrence]] = defaultdict(dict)
            for row in rows if self.batch else rows.filter(target_key=target.key):
                table[row.target_key][row.k] = row
            self._rows[key] = table
        return self._rows[key][target.key]

    def _done_days(self, promise: Promise, target: Target) -> list[date]:
        rows = Occurrence.objects.filter(estate=self.estate, clause_code=promise.code, target_key=target.key, done_at__isnull=False)
        return [business_day(done_at) for done_at in rows.values_list("done_at", flat=True) if done_at is not None]


def _day_of(row: Occurrence) -> int:
    assert row.done_at is not None
    return to_minute(row.done_at) // DAY_MINUTES
