"""A record with the photograph that proves it: both or neither."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import IO, TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction

from guanjia.domain.files import actions as files
from guanjia.domain.files.rules import MAX_BYTES
from guanjia.domain.standards.actions.occurrences import record_done

if TYPE_CHECKING:
    from guanjia.domain.estate.models import Estate
    from guanjia.domain.standards.models import Occurrence
    from guanjia.kernel.actor import Actor


@transaction.atomic
def record_with_photo(
    estate: Estate,
    clause: str,
    target: str,
    *,
    photo: IO[bytes],
    name: str,
    done_at: datetime,
    evidence: Sequence[Mapping[str, Any]] = (),
    actor: Actor,
    at: datetime,
    period: int | None = None,
    k: int | None = None,
    key: UUID | None = None,
) -> Occurrence:
    """Record that a clause's work was done and attach the photograph as its evidence. A picture that is not taken undoes the record.

    `evidence` is what else proves it. Raises what `record_done` raises, and BadFile.
    """
    proofs = [*evidence, {"kind": "photo", "text": name}]
    row = record_done(estate, clause, target, done_at=done_at, evidence=proofs, actor=actor, at=at, period=period, k=k, key=key)
    size = getattr(photo, "size", None)
    files.attach(row, data=photo.read(MAX_BYTES + 1), size=size, name=name, kind="photo", actor=actor, at=at)
    return row
