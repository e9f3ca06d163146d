"""Questions about batches, scoped by the actor."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from guanjia.domain.intake.models import Batch, Fault, Row, Sheet, Upload
from guanjia.domain.intake.permissions import RUN
from guanjia.domain.intake.rules.sheets import BY_KIND
from guanjia.domain.intake.states import ACTIVE, State
from guanjia.kernel.actor import Actor

if TYPE_CHECKING:
    from guanjia.domain.estate.models import Estate


def batches(actor: Actor) -> QuerySet[Batch]:
    """Return the batches of the estates where the actor may import, newest first."""
    return (
        Batch.objects.filter(actor.within(RUN, path=None)).select_related("estate", "user").defer("footprint").order_by("-made_at", "-pk")
    )


def same_file(batch: Batch) -> Batch | None:
    """Return the last batch of this estate that imported the very same file and was not undone."""
    alike = Batch.objects.filter(estate_id=batch.estate_id, sha256=batch.sha256, state=State.DONE).exclude(pk=batch.pk)
    return alike.order_by("-made_at").first()


def has_file(batch: Batch) -> bool:
    """Tell whether the file is still there, so that it can be annotated or judged again."""
    return Upload.objects.filter(batch=batch).exists()


def working(batch: Batch) -> bool:
    """Tell whether a worker is at it, or should be."""
    return batch.state in ACTIVE


PHASES = {"read": (0, _("读取文件")), "judge": (10, _("逐格核对")), "compare": (40, _("和现有资料比对")), "write": (70, _("写入"))}
NAMES = {
    "places": _("位置"),
    "premises": _("其中房屋、车位"),
    "vacancies": _("使用状态"),
    "parties": _("住户"),
    "phones": _("电话"),
    "occupancies": _("居住关系"),
    "vehicles": _("车辆"),
    "meters": _("水电表"),
    "equipment": _("设备"),
    "members": _("员工"),
    "appointments": _("任职"),
    "certificates": _("证书"),
    "kept": _("收费与欠费（待接收）"),
    "changed": _("修改"),
}


def counts(batch: Batch) -> list[tuple[str, int]]:
    """Return what the batch entered or would enter, in words and in this order."""
    return [(str(words), batch.counts[name]) for name, words in NAMES.items() if batch.counts.get(name)]


def progress(batch: Batch) -> tuple[int, str]:
    """Return how far the work is, in percent, and what is being done."""
    begin, words = PHASES.get(batch.phase, (0, _("排队中")))
    share = 30 if batch.phase != "read" else 10
    return begin + share * min(batch.done, batch.total) // max(batch.total, 1), str(words)


@dataclass(frozen=True)
class Preview:
    """One sheet as the preview shows it."""

    sheet: Sheet
    title: str
    kept: bool
    columns: list[list[str]]
    rows: list[Any]

    @property
    def columns_as_heads(self) -> list[dict[str, str]]:
        return [{"label": title} for _letter, title in self.columns]


def previews(batch: Batch) -> list[Preview]:
    """Return the sheets of a judged batch with their sample rows."""
    found = []
    for sheet in Sheet.objects.filter(batch=batch).order_by("position"):
        sample = json.loads(sheet.sample or "{}")
        kind = BY_KIND.get(sheet.kind)
        found.append(
            Preview(sheet, kind.title if kind else sheet.kind, bool(kind and kind.kept), sample.get("columns", []), sample.get("rows", []))
        )
    return found


def faults(batch: Batch, *, level: str = "error") -> QuerySet[Fault]:
    """Return what is wrong with a batch, in the order of the file."""
    return (
        Fault.objects.filter(estate_id=batch.estate_id, batch=batch, level=level)
        .select_related("sheet")
        .order_by("sheet__position", "row", "pk")
    )


def kept(actor: Actor, estate: Estate, kind: str) -> QuerySet[Row]:
    """Return the judged rows of a kind that wait to be taken over ("tariffs", "arrears"). Raises NotAllowed."""
    actor.require(RUN, estate)
    return Row.objects.filter(estate=estate, kind=kind, taken_at=None).select_related("place").order_by("pk")
