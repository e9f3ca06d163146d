"""Keep judged rows whose home is built later, so that a second import changes them and nothing is kept twice."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from typing import Any

from guanjia.domain.estate.actions.bulk import Node
from guanjia.domain.intake.models import Row
from guanjia.kernel import bulk

bulk.register(Row)


class Shelf:
    """The kept rows of one estate in memory, and what an import wants of them."""

    def __init__(self, estate_id: int) -> None:
        self.estate_id = estate_id
        rows = Row.objects.filter(estate_id=estate_id).values_list("kind", "key", "pk", "values", "place_id")
        self.known = {(kind, key): (pk, values, place) for kind, key, pk, values, place in rows}
        self.new: dict[tuple[str, str], tuple[Node | None, dict[str, Any]]] = {}
        self.changes: list[tuple[int, dict[str, Any], dict[str, Any]]] = []
        self.unchanged = 0

    def want(self, kind: str, node: Node | None, naming: tuple[Any, ...], values: dict[str, Any]) -> None:
        """Keep the row, or change the one of the same name."""
        plain = {name: value.isoformat() if isinstance(value, date) else value for name, value in values.items() if value is not None}
        key = hashlib.sha256(json.dumps(naming, ensure_ascii=False, default=str).encode()).hexdigest()
        known = self.known.get((kind, key))
        if known is None:
            self.new[kind, key] = (node, plain)
        elif known[1] != plain:
            self.changes.append((known[0], known[1], plain))
        else:
            self.unchanged += 1

    def counts(self) -> dict[str, int]:
        """Return how many rows would be kept and changed."""
        return {"kept": len(self.new), "changed": len(self.changes)}

    def write(self, *, on: date) -> bulk.Footprint:
        """Write the rows; `on` is not asked for."""
        del on
        footprint = bulk.Footprint()
        ids = bulk.take_ids(Row, len(self.new))
        rows = [
            (pk, self.estate_id, kind, key, node.id if node else None, json.dumps(values, ensure_ascii=False), None, 1)
            for pk, ((kind, key), (node, values)) in zip(ids, self.new.items(), strict=True)
        ]
        bulk.insert(Row, ("id", "estate_id", "kind", "key", "place_id", "values", "taken_at", "version"), rows)
        footprint.note(Row, ids)
        for pk, before, after in self.changes:
            old, new = json.dumps(before, ensure_ascii=False), json.dumps(after, ensure_ascii=False)
            bulk.update(Row, ["values"], [(new, pk)])
            footprint.changed.append(bulk.Change("intake.Row", pk, "values", old, new))
        return footprint
