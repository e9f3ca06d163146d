"""How one entry is bound to the one before it, and what a broken chain looks like. Pure; the tables are in `models`."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

GENESIS = "0" * 64  # what the first entry of a chain follows


@dataclass(frozen=True)
class Link:
    """What of an entry is bound: everything but its own hash. `at` is aware; `payload` holds JSON values only."""

    estate_id: int
    seq: int
    at: datetime
    actor_id: int | None
    actor_name: str
    company_id: int | None
    name: str
    about_type: str
    about_id: int | None
    place_id: int | None
    payload: dict[str, Any]
    prev_hash: str


@dataclass(frozen=True)
class Sealed:
    """A link together with the hash that was written beside it."""

    link: Link
    hash: str


@dataclass(frozen=True)
class Break:
    """The first place where a chain does not hold: which chain, at which number, and why."""

    estate_id: int
    seq: int
    reason: str

    def __str__(self) -> str:
        return f"chain {self.estate_id} entry {self.seq}: {self.reason}"


def canonical(link: Link) -> bytes:
    """Return the bytes that are hashed: JSON with sorted keys, no spaces, UTC microseconds, and the field order fixed here.

    A list rather than an object, so that a column added later is added at the end and old hashes stay valid.
    """
    at = link.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    parts = [
        link.estate_id,
        link.seq,
        at,
        link.actor_id,
        link.actor_name,
        link.company_id,
        link.name,
        link.about_type,
        link.about_id,
        link.place_id,
        link.payload,
        link.prev_hash,
    ]
    return json.dumps(parts, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode()


def seal(link: Link) -> str:
    """Return the hash of the link as 64 hexadecimal digits (SHA-256)."""
    return hashlib.sha256(canonical(link)).hexdigest()


def breaks(estate_id: int, entries: Iterable[Sealed], *, head_seq: int, head_hash: str) -> Iterable[Break]:
    """Yield every place where the chain does not hold, given its entries in the order of `seq` and the head row.

    A deleted entry shows as a gap or a missing tail, an inserted one as a repeated number or a wrong predecessor,
    an edited one as a wrong hash, a reordered pair as wrong predecessors.
    """
    seq, last = 0, GENESIS
    for entry in entries:
        link = entry.link
        if link.seq != seq + 1:
            yield Break(estate_id, link.seq, f"follows entry {seq}")
        if link.prev_hash != last:
            yield Break(estate_id, link.seq, "does not continue the entry before it")
        if seal(link) != entry.hash:
            yield Break(estate_id, link.seq, "content does not match its hash")
        seq, last = link.seq, entry.hash
    if seq != head_seq:
        yield Break(estate_id, seq, f"is the last entry, but {head_seq} were written")
    elif last != head_hash:
        yield Break(estate_id, seq, "is not the entry that the head names")
