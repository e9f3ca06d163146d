"""Taking every sealed column from old keys to the current one: who is sealed with what, and re-sealing row by row.

Safe to interrupt and to repeat, and safe beside a running server: a row that somebody changes meanwhile is left to him.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models, transaction
from django.db.models import Count, Value
from django.db.models.functions import Cast, StrIndex, Substr

from guanjia.kernel import vault
from guanjia.kernel.fields import Sealed

BATCH = 500


@dataclass(frozen=True)
class Column:
    """One sealed column of one table."""

    model: type[models.Model]
    field: Sealed

    @property
    def label(self) -> str:
        """Return the context that its texts are bound to."""
        return self.field.context

    def boxes(self) -> Any:
        """Return the rows that hold something, with the sealed text itself as `box`."""
        rows = self.model._base_manager.annotate(box=Cast(self.field.attname, models.TextField()))
        return rows.exclude(box="").exclude(box=None)


def columns() -> Iterator[Column]:
    """Yield every sealed column of the installed apps."""
    for model in apps.get_models():
        for field in model._meta.local_fields:
            if isinstance(field, Sealed):
                yield Column(model, field)


def census() -> dict[str, Counter[int]]:
    """Return for every sealed column how many rows each key version has sealed. Raises CannotOpen for an unsealed text."""
    counted = {}
    for column in columns():
        heads = column.boxes().annotate(head=Substr("box", 1, StrIndex("box", Value(".")))).values_list("head").order_by("head")
        counted[column.label] = Counter({vault.version_of(head): number for head, number in heads.annotate(number=Count("pk"))})
    return counted


def reseal(told: Callable[[str, int], None] = lambda label, done: None) -> int:
    """Seal every row anew that an older key has sealed; return how many. `told` hears of each batch.

    Raises CannotOpen when a row does not open: the batches before it stay, nothing of it is lost.
    """
    vault.forget_keys()
    current = f"{vault.PREFIX}{vault.current_version()}."
    resealed = 0
    for column in columns():
        after: Any = None
        while True:
            rows = column.boxes().exclude(box__startswith=current).order_by("pk")
            batch = list((rows if after is None else rows.filter(pk__gt=after)).values_list("pk", "box")[:BATCH])
            if not batch:
                break
            after = batch[-1][0]
            with transaction.atomic():
                for pk, box in batch:
                    text = vault.open_sealed(box, context=column.label)
                    resealed += column.boxes().filter(pk=pk, box=box).update(**{column.field.attname: text})
            told(column.label, resealed)
    return resealed
