"""Long work on batches, started by whoever runs it; safe to repeat."""

from __future__ import annotations

from datetime import datetime

from guanjia.domain.intake import actions
from guanjia.domain.intake.models import Batch
from guanjia.domain.staff import queries as staff
from guanjia.kernel.actor import Actor


def work(what: str, batch_id: int, at: datetime) -> None:
    """Judge a batch or carry it out, as the person who brought it and with what that person may do now."""
    batch = Batch.objects.select_related("estate", "user").get(pk=batch_id)
    actor = staff.actor_for(batch.user, at=at) if batch.user is not None else Actor.system("import")
    if what == "judge":
        actions.judge(batch, actor=actor, at=at)
    else:
        actions.run(batch, actor=actor, at=at)
