"""A file comes in, is confirmed, or is dropped. The work itself is done in `working`."""

from __future__ import annotations

import base64
import hashlib
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from guanjia.domain.intake import ports
from guanjia.domain.intake.models import Batch, Upload
from guanjia.domain.intake.permissions import RUN
from guanjia.domain.intake.rules import limits
from guanjia.domain.intake.rules.limits import Unreadable
from guanjia.domain.intake.states import State
from guanjia.kernel.actor import Actor
from guanjia.kernel.commands import once
from guanjia.kernel.errors import Refusal
from guanjia.kernel.states import move

if TYPE_CHECKING:
    from guanjia.domain.estate.models import Estate


class NothingToDo(Refusal):
    """The file has no row that could be imported."""

    code = "nothing_to_do"


class HasErrors(Refusal):
    """Some rows are refused, and nobody said that the others may go in without them."""

    code, field = "has_errors", "skip_bad_rows"


def receive(estate: Estate, *, name: str, data: bytes, judge: bool = True, key: UUID, actor: Actor, at: datetime) -> Batch:
    """Take a file in for an estate and have it judged, unless the caller does that himself. The content is kept sealed until the batch comes to its end.

    Raises NotAllowed, Unreadable (empty or too large; everything else is found out by judging).
    """
    actor.require(RUN, estate)
    if not data:
        raise Unreadable("empty", _("文件是空的"))
    if len(data) > limits.PACKED_BYTES:
        size, limit = len(data) // 2**20, limits.PACKED_BYTES // 2**20
        raise Unreadable("too_large", _("文件太大（%(size)d MB），最大 %(limit)d MB") % {"size": size, "limit": limit})
    digest = hashlib.sha256(data).hexdigest()

    def do() -> int:
        batch = Batch.objects.create(
            estate=estate,
            file_name=name.replace("\\", "/").rsplit("/", 1)[-1][:200],
            sha256=digest,
            size=len(data),
            user_id=actor.user_id,
            made_at=at,
        )
        Upload.objects.create(batch=batch, content=base64.b64encode(data).decode())
        if judge:
            start("judge", batch.pk, at=at)
        return batch.pk

    return Batch.objects.select_related("estate").get(pk=once(key, actor=actor, at=at, body=["intake", estate.pk, name, digest], do=do))


@transaction.atomic
def confirm(batch: Batch, *, skip_bad_rows: bool, start_work: bool = True, seen: int, actor: Actor, at: datetime) -> None:
    """Let a judged batch be carried out, by the worker unless the caller does it himself. Raises NotAllowed, NothingToDo, HasErrors, IllegalMove, Stale."""
    actor.require(RUN, batch.estate)
    if batch.refused and not skip_bad_rows:
        raise HasErrors(_("还有 %(count)d 行有错。改好后重新上传，或选择跳过这些行") % {"count": batch.refused})
    if not batch.accepted:
        raise NothingToDo(_("没有可以导入的行"))
    move(batch, "run", seen=seen, skip_bad_rows=skip_bad_rows, phase="", done=0, total=0)
    if start_work:
        start("run", batch.pk, at=at)


@transaction.atomic
def drop(batch: Batch, *, seen: int, actor: Actor, at: datetime) -> None:
    """Give a batch up and delete its file. Raises NotAllowed, IllegalMove, Stale."""
    actor.require(RUN, batch.estate)
    move(batch, "drop", seen=seen, ended_at=at)
    Upload.objects.filter(batch=batch).delete()


@transaction.atomic
def restart(batch: Batch, *, seen: int, actor: Actor, at: datetime) -> None:
    """Hand the work over again, for a worker that died: nothing of it was written. Raises NotAllowed, IllegalMove, Stale."""
    actor.require(RUN, batch.estate)
    running = batch.state == State.RUNNING
    move(batch, "run" if running else "judge", seen=seen, phase="", done=0, total=0)
    start("run" if running else "judge", batch.pk, at=at)


def start(what: str, batch_id: int, *, at: datetime) -> None:
    """Tell the worker once the transaction is through. If that gets lost, the batch still waits and can be started again."""
    transaction.on_commit(lambda: ports.runner()(what, batch_id, at))
