"""Marks, pauses and clocks of cases: called by the apps that own the cases, in the transaction of their own act.

The clocks follow from the facts; nobody sets a deadline by hand.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from guanjia.domain.standards import events
from guanjia.domain.standards.models import CaseClock, CaseMark, CasePause
from guanjia.domain.standards.permissions import EXCUSE, RECORD
from guanjia.domain.standards.queries.cases import rulebook, standing
from guanjia.domain.standards.rules import clocks as rules
from guanjia.domain.standards.rules.cases import LADDER, CaseFacts, Response, binds, first_mark
from guanjia.domain.standards.states import ClockState
from guanjia.kernel.actor import Actor
from guanjia.kernel.errors import Refusal, Stale
from guanjia.kernel.events import announce
from guanjia.kernel.periods import business_day

if TYPE_CHECKING:
    from collections.abc import Iterable


class AlreadyPaused(Refusal):
    """The clocks of the case stand still already, or do not."""

    code, field = "already_paused", "reason"


class NotLate(Refusal):
    """Only a breach needs a cause or an excuse."""

    code = "not_late"


@transaction.atomic
def mark(case: Any, *names: str, facts: CaseFacts, happened_at: datetime, actor: Actor, at: datetime) -> None:
    """Record that something happened to a case; stop the clocks that wait for it and start those that count from it.

    `happened_at` may lie before `at`: a phone without signal tells late. A clock starts once per mark; when the mark comes again
    (the work was sent out again) a stopped clock of the same clause gets another turn, a running one goes on. Marks that come
    together may begin and end one clock: signed for and assigned in one act.
    """
    CaseMark.objects.bulk_create(CaseMark(**_key(case), name=name, at=happened_at) for name in names)
    _stop(case, set(names), happened_at, actor, at)
    book = rulebook(case.estate, business_day(happened_at))
    bound = [response for response in book.responses if binds(response, facts, slot_wins=book.slot_wins)]
    started = [response for response in bound if first_mark(response.limit) in names]
    _start(case, started, facts, happened_at)
    if any(response.limit.last in names for response in started):
        _stop(case, set(names), happened_at, actor, at)
    _recompute(case, at)


@transaction.atomic
def reclassify(case: Any, *, facts: CaseFacts, actor: Actor, at: datetime) -> None:
    """Let another priority, event or agreed time decide which clauses bind a case.

    Marks and pauses stay: a clock that is bound now counts from its first mark, one that is not bound any more is withdrawn,
    and running ones take the new agreed time.
    """
    book = rulebook(case.estate, business_day(at))
    bound = {response.code: response for response in book.responses if binds(response, facts, slot_wins=book.slot_wins)}
    open_clocks = CaseClock.objects.filter(**_key(case), state=ClockState.RUNNING)
    open_clocks.exclude(clause_code__in=list(bound)).update(state=ClockState.WITHDRAWN, attention_at=None)
    open_clocks.filter(clause_code__in=[code for code, response in bound.items() if response.limit.agreed]).update(
        agreed_at=facts.agreed_at
    )
    marks: dict[str, datetime] = {}
    for name, when in CaseMark.objects.filter(**_key(case)).order_by("at", "pk").values_list("name", "at"):
        marks[name] = when
    for response in bound.values():
        began = marks.get(first_mark(response.limit))
        ended = marks.get(response.limit.last)
        if began is not None and (ended is None or ended < began):
            _start(case, [response], facts, began)
    _recompute(case, at)


@transaction.atomic
def pause(case: Any, *, reason: str, until: datetime | None = None, actor: Actor, at: datetime) -> None:
    """Let the clocks of a case stand still for a reason; `until` is when somebody expects to go on. Raises AlreadyPaused, Refusal."""
    if not reason.strip():
        raise Refusal(_("请写明暂停原因"), field="reason")
    _row, made = CasePause.objects.get_or_create(
        **_key(case), ended_at=None, defaults={"began_at": at, "reason": reason.strip(), "until": until}
    )
    if not made:
        raise AlreadyPaused(_("已经暂停计时"))
    announce(events.CasePaused(case._meta.label, case.pk, reason.strip()), about=case, actor=actor, at=at)
    _recompute(case, at)


@transaction.atomic
def resume(case: Any, *, actor: Actor, at: datetime) -> None:
    """Let the clocks of a case run again. Raises AlreadyPaused when they do run."""
    if not CasePause.objects.filter(**_key(case), ended_at=None).update(ended_at=at):
        raise AlreadyPaused(_("计时没有暂停"))
    announce(events.CaseResumed(case._meta.label, case.pk), about=case, actor=actor, at=at)
    _recompute(case, at)


@transaction.atomic
def withdraw_clocks(case: Any, *, actor: Actor, at: datetime) -> None:
    """Take the running clocks off a case that was cancelled or is a duplicate; stopped ones stay as they are."""
    CaseClock.objects.filter(**_key(case), state=ClockState.RUNNING).update(state=ClockState.WITHDRAWN, attention_at=None)


@transaction.atomic
def explain_breach(clock: CaseClock, *, cause: str, actor: Actor, at: datetime) -> None:
    """Write down why a clock was late. Raises NotAllowed, NotLate, Refusal without a cause."""
    actor.require(RECORD, clock)
    if not cause.strip():
        raise Refusal(_("请写明原因"), field="cause")
    if not CaseClock.objects.filter(pk=clock.pk, state=ClockState.LATE).update(cause=cause.strip()):
        raise NotLate(_("这个时限没有超时"))
    announce(events.BreachExplained(clock.pk, clock.clause_code, cause.strip()), about=clock, actor=actor, at=at)


@transaction.atomic
def excuse_breach(clock: CaseClock, *, excuse: str, actor: Actor, at: datetime) -> None:
    """Excuse a breach as its supervisor; it stays a breach and is counted apart. Raises NotAllowed, NotLate, Refusal without words."""
    actor.require(EXCUSE, clock)
    if not excuse.strip():
        raise Refusal(_("请写明理由"), field="excuse")
    late = CaseClock.objects.filter(pk=clock.pk, state=ClockState.LATE, excused_at=None)
    if not late.update(excuse=excuse.strip(), excused_at=at):
        raise NotLate(_("这个时限没有超时，或已经谅解过"))
    announce(events.BreachExcused(clock.pk, clock.clause_code, excuse.strip()), about=clock, actor=actor, at=at)


@transaction.atomic
def attend(clock_id: int, *, at: datetime) -> int:
    """Announce every rung of a clock's ladder that is due and was not told; return how many. Safe to repeat and to run anywhere.

    The row is claimed by a guarded update, so two sweeps at once tell each rung once. Raises Stale when another sweep was quicker.
    """
    clock = CaseClock.objects.select_related("estate").get(pk=clock_id)
    if clock.state != ClockState.RUNNING or clock.attention_at is None or clock.attention_at > at:
        return 0
    pure = standing([clock], estate=clock.estate, now=at)[clock.pk][1]
    due = rules.outstanding(pure, LADDER, clock.told, at)
    told = [*clock.told, *(moment.step.key for moment in due)]
    facts = {"told": told, "attention_at": _attention(pure, told)}
    if not CaseClock.objects.filter(pk=clock.pk, state=ClockState.RUNNING, attention_at=clock.attention_at).update(**facts):
        raise Stale()
    for moment in due:
        fact = events.BreachNear(
            clock.pk, clock.clause_code, clock.case_type, clock.case_id, moment.step.key, moment.step.role, clock.due_at or moment.at
        )
        announce(fact, about=clock, actor=Actor.system("clocks"), at=at)
    return len(due)


def sweep(*, at: datetime, limit: int = 500) -> int:
    """Attend to every clock of every estate that asks for it, one transaction each; return how many rungs were told."""
    wanted = CaseClock.objects.filter(state=ClockState.RUNNING, attention_at__lte=at).order_by("attention_at")
    told = 0
    for clock_id in list(wanted.values_list("pk", flat=True)[:limit]):
        try:
            told += attend(clock_id, at=at)
        except Stale:
            continue
    return told


def _key(case: Any) -> dict[str, Any]:
    return {"estate_id": case.estate_id, "case_type": case._meta.label, "case_id": case.pk}


def _start(case: Any, responses: Iterable[Response], facts: CaseFacts, began_at: datetime) -> None:
    turns: dict[str, int] = {}
    open_codes = set()
    for code, turn, state, began in CaseClock.objects.filter(**_key(case)).values_list("clause_code", "turn", "state", "started_at"):
        turns[code] = max(turns.get(code, 0), turn)
        if state == ClockState.RUNNING or (state != ClockState.WITHDRAWN and began == began_at):
            open_codes.add(code)
    CaseClock.objects.bulk_create(
        CaseClock(
            **_key(case),
            place_id=getattr(case, "place_id", None),
            clause_code=response.code,
            turn=turns.get(response.code, 0) + 1,
            params=dict(response.term.params),
            day=business_day(began_at),
            started_at=began_at,
            agreed_at=facts.agreed_at if response.limit.agreed else None,
        )
        for response in responses
        if response.code not in open_codes
    )


def _stop(case: Any, names: set[str], happened_at: datetime, actor: Actor, at: datetime) -> None:
    """Stop the running clocks that wait for one of the marks."""
    clocks = list(CaseClock.objects.filter(**_key(case), state=ClockState.RUNNING))
    ending = [clock for clock in clocks if clock.params.get("to") in names and clock.started_at <= happened_at]
    for clock in ending:
        clock.stopped_at = happened_at
    for pk, (_standing, pure) in standing(ending, estate=case.estate, now=at).items():
        late = rules.breach(pure)
        state = ClockState.LATE if late else ClockState.ON_TIME
        seconds = int(late.total_seconds())
        row = next(clock for clock in ending if clock.pk == pk)
        due = rules.due_at(pure)
        CaseClock.objects.filter(pk=pk, state=ClockState.RUNNING).update(
            state=state, stopped_at=happened_at, late_seconds=seconds, due_at=due, attention_at=None
        )
        fact = events.ClockStopped(pk, row.clause_code, row.case_type, row.case_id, state, seconds)
        announce(fact, about=case, actor=actor, at=at)


def _recompute(case: Any, at: datetime) -> None:
    """Compute the deadlines of the running clocks of a case anew."""
    clocks = list(CaseClock.objects.filter(**_key(case), state=ClockState.RUNNING))
    for pk, (_standing, pure) in standing(clocks, estate=case.estate, now=at).items():
        row = next(clock for clock in clocks if clock.pk == pk)
        due, attention = rules.due_at(pure), _attention(pure, row.told)
        if (due, attention) != (row.due_at, row.attention_at):
            CaseClock.objects.filter(pk=pk).update(due_at=due, attention_at=attention)


def _attention(pure: rules.Clock, told: Iterable[str]) -> datetime | None:
    known = set(told)
    return next((moment.at for moment in rules.moments(pure, LADDER) if moment.step.key not in known), None)
