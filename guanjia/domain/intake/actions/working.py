"""Judge a batch, show what it would do, carry it out. Reading and comparing hold no lock; writing is one transaction."""

from __future__ import annotations

import base64
import gc
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from guanjia.domain.estate.permissions import EDIT as EDIT_PLACES
from guanjia.domain.estate.permissions import METERS
from guanjia.domain.intake.actions.batches import HasErrors, NothingToDo
from guanjia.domain.intake.actions.surveying import Plan, survey
from guanjia.domain.intake.events import Imported
from guanjia.domain.intake.models import Batch, Fault, Sheet, Upload
from guanjia.domain.intake.permissions import RUN
from guanjia.domain.intake.rules import annotate, judging, preview, reader
from guanjia.domain.intake.rules.grid import Workbook
from guanjia.domain.intake.rules.verdicts import ERROR, Judged
from guanjia.domain.intake.rules.verdicts import Fault as Verdict
from guanjia.domain.parties.permissions import EDIT as EDIT_PARTIES
from guanjia.domain.staff.permissions import EDIT as EDIT_STAFF
from guanjia.domain.staff.rules.scopes import Scope
from guanjia.domain.trail import queries as trail
from guanjia.kernel import bulk
from guanjia.kernel.actor import Actor
from guanjia.kernel.errors import Refusal
from guanjia.kernel.events import announce
from guanjia.kernel.periods import SHANGHAI
from guanjia.kernel.states import move

if TYPE_CHECKING:
    from guanjia.domain.estate.models import Estate

KEPT_FAULTS = 5_000
_NEEDS = {
    **dict.fromkeys(("buildings", "premises", "spaces", "equipment"), EDIT_PLACES),
    **dict.fromkeys(("residents", "vehicles"), EDIT_PARTIES),
    "meters": METERS,
    "staff": EDIT_STAFF,
}

Report = Callable[[str, int, int], None]


class Interfered(Refusal):
    """Somebody wrote the same thing while the import was writing."""

    code = "interfered"


@dataclass
class Work:
    """A batch in memory: the file, its verdicts, the plan, and how long the estate's trail was when the plan was made."""

    book: Workbook
    judged: list[Judged]
    remarks: list[Verdict]
    plan: Plan
    seen: tuple[int, int]

    @property
    def errors(self) -> list[Verdict]:
        return [*(fault for result in self.judged for fault in result.errors), *(fault for fault in self.remarks if fault.level == ERROR)]

    @property
    def read(self) -> int:
        return sum(result.read for result in self.judged)

    @property
    def accepted(self) -> int:
        return sum(result.accepted for result in self.judged)

    @property
    def refused(self) -> int:
        return sum(result.refused for result in self.judged)


def take_up(batch: Batch, *, actor: Actor, report: Report | None = None) -> Work:
    """Look at the file of a batch. Raises Unreadable, NotAllowed."""
    content = Upload.objects.get(batch=batch).content
    return look(batch.estate, batch.file_name, base64.b64decode(content), actor=actor, report=report)


def look(estate: Estate, name: str, data: bytes, *, actor: Actor, report: Report | None = None) -> Work:
    """Read, judge and compare a file. Writes nothing. Raises Unreadable, NotAllowed."""
    actor.require(RUN, estate)
    with _without_collecting():
        return _look(estate, name, data, actor, report or _quiet)


def _look(estate: Estate, name: str, data: bytes, actor: Actor, say: Report) -> Work:
    say("read", 0, 1)
    book = reader.read(name, data)
    say("judge", 0, 1)
    judged, remarks = judging.judge(book, lambda done, total: say("judge", done, total))
    for kind in {result.sheet.kind for result in judged}:
        if needed := _NEEDS.get(kind):
            actor.require(needed, Scope(estate.company_id, estate.pk) if kind == "staff" else estate)
    seen = _seen(estate)
    plan = _plan(estate, judged, actor, say)
    return Work(book, judged, remarks, plan, seen)


def _plan(estate: Estate, judged: list[Judged], actor: Actor, say: Report) -> Plan:
    """Return the plan; when rows were refused on the way, the plan of the good ones alone, untouched by the bad."""
    before = sum(result.refused for result in judged)
    plan = survey(estate, judged, actor=actor, progress=lambda done, total: say("compare", done, total))
    while (after := sum(result.refused for result in judged)) != before:
        before = after
        plan = survey(estate, judged, actor=actor, progress=lambda done, total: say("compare", done, total))
    return plan


def judge(batch: Batch, *, actor: Actor, at: datetime, report: Report | None = None) -> Work | None:
    """Judge a waiting batch and keep the verdicts for the preview; a file that cannot be read ends the batch with its reason."""
    move(batch, "judge", seen=batch.version, phase="read", done=0, total=0)
    try:
        work = take_up(batch, actor=actor, report=report or progress_of(batch))
    except Refusal as refusal:
        _fail(batch, refusal, at)
        return None
    _present(batch, work)
    return work


@transaction.atomic
def _present(batch: Batch, work: Work) -> None:
    Sheet.objects.filter(batch=batch).delete()
    sheets = {}
    for position, result in enumerate(work.judged):
        sample = preview.sample(next(grid for grid in work.book.sheets if grid.name == result.name), result)
        sheets[result.name] = Sheet.objects.create(
            estate_id=batch.estate_id,
            batch=batch,
            position=position,
            name=result.name[:100],
            kind=result.sheet.kind,
            read=result.read,
            accepted=result.accepted,
            refused=result.refused,
            errors=len(result.errors),
            columns=[[result.letter(key), result.sheet.column(key).title] for key in result.columns],
            left_out=[[row.row, row.why, row.text[:60]] for row in result.left_out[:50]],
            sample=json.dumps(sample, ensure_ascii=False),
        )
    faults = sorted((fault for result in work.judged for fault in result.faults), key=lambda fault: fault.level != ERROR)
    Fault.objects.bulk_create(
        [
            Fault(
                estate_id=batch.estate_id,
                batch=batch,
                sheet=sheets[fault.sheet],
                row=fault.row,
                column=fault.column,
                code=fault.code,
                message=fault.message[:300],
                level=fault.level,
            )
            for fault in faults[:KEPT_FAULTS]
        ],
        batch_size=1000,
    )
    remarks = [[fault.level, fault.message[:300]] for fault in work.remarks]
    facts = {"read": work.read, "accepted": work.accepted, "refused": work.refused, "remarks": remarks, "counts": work.plan.counts()}
    move(batch, "present", seen=batch.version, phase="", done=0, total=0, **facts)


def run(batch: Batch, *, actor: Actor, at: datetime, report: Report | None = None) -> None:
    """Carry a confirmed batch out, from its file anew; whatever refuses it ends the batch with its reason and writes nothing."""
    say = report or progress_of(batch)
    try:
        work = take_up(batch, actor=actor, report=say)
        carry_out(batch, work, actor=actor, at=at, report=say)
    except Refusal as refusal:
        _fail(batch, refusal, at)


def carry_out(batch: Batch, work: Work, *, actor: Actor, at: datetime, report: Report | None = None) -> None:
    """Write the plan of a running batch: all of it or nothing. The trail is told once.

    When something happened at the estate since the plan was made, it is made again under the lock.
    Raises HasErrors, NothingToDo, Interfered, Stale, IllegalMove.
    """
    say = report or _quiet
    for attempt in (1, 2):
        try:
            with transaction.atomic(), _without_collecting():
                _write(batch, work, actor, at, say)
            return
        except IntegrityError as error:
            if attempt == 2:
                raise Interfered(_("导入时有人改了同一处，什么也没有写入。请再试一次")) from error
            work.seen = (-1, -1)
            batch.refresh_from_db()


def _write(batch: Batch, work: Work, actor: Actor, at: datetime, say: Report) -> None:
    bulk.lock(batch.estate_id)
    if work.seen != _seen(batch.estate):
        work.plan = _plan(batch.estate, work.judged, actor, _quiet)
    fatal = [fault for fault in work.remarks if fault.level == ERROR]
    if fatal:
        raise NothingToDo(fatal[0].message)
    if work.errors and not batch.skip_bad_rows:
        raise HasErrors(_("有 %(count)d 处错误，什么也没有导入") % {"count": len(work.errors)})
    if not work.accepted:
        raise NothingToDo(_("没有可以导入的行"))
    counts = work.plan.counts()
    footprint = work.plan.write(on=_day(at), progress=lambda done, total: say("write", done, total))
    facts: dict[str, Any] = {"read": work.read, "accepted": work.accepted, "refused": work.refused, "counts": counts}
    move(batch, "finish", seen=batch.version, ended_at=at, phase="", failure="", footprint=footprint.as_json(), **facts)
    Upload.objects.filter(batch=batch).delete()
    event = Imported(batch.pk, batch.sha256, work.accepted, work.refused, counts)
    announce(event, about=batch, actor=actor, at=at)


def annotated(batch: Batch, *, actor: Actor) -> bytes:
    """Return the copy of the file with its reasons. Raises NotAllowed, Unreadable."""
    work = take_up(batch, actor=actor)
    return annotate.annotate(work.book, work.judged, work.remarks)


def progress_of(batch: Batch) -> Report:
    """Return a reporter that writes to the batch whenever another fiftieth is done; never inside the transaction of the import."""
    last: list[Any] = ["", -1]

    def report(phase: str, done: int, total: int) -> None:
        part = 50 * done // max(total, 1)
        if [phase, part] == last or transaction.get_connection().in_atomic_block:
            return
        last[:] = [phase, part]
        Batch.objects.filter(pk=batch.pk).update(phase=phase, done=done, total=total)

    return report


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Keep the collector of cycles from walking a million cells again and again: nothing here is cyclic.

    Afterwards what was made counts as old at once, so that switching the collector on again does not walk it either.
    """
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            if not gc.get_freeze_count():  # what somebody froze for good stays frozen
                gc.freeze()
                gc.unfreeze()
            gc.enable()


def _fail(batch: Batch, refusal: Refusal, at: datetime) -> None:
    batch.refresh_from_db()
    with suppress(Refusal):  # another worker has brought it to its end
        move(batch, "fail", seen=batch.version, failure=str(refusal)[:300], ended_at=at, phase="")


def _seen(estate: Estate) -> tuple[int, int]:
    return trail.length(estate.pk), trail.length(0)


def _day(at: datetime) -> date:
    return at.astimezone(SHANGHAI).date()


def _quiet(_phase: str, _done: int, _total: int) -> None:
    return
