"""`guanjia clauses`: the register of the source documents' clauses and what serves each."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from guanjia.domain.standards.rules import register
from guanjia.domain.standards.rules.register import Registered

FIELDS = ("id", "section", "quote", "kind", "actor", "subject", "params", "record", "capability")


class Command(BaseCommand):
    help = "List every clause of the source documents with what serves it. Needs no database."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--unserved", action="store_true", help="only the clauses that nothing serves yet")
        parser.add_argument("--format", choices=["text", "json", "markdown"], default="text")

    def handle(self, *args: Any, **options: Any) -> None:
        rows = [row for row in register.register() if not (options["unserved"] and row.served_by)]
        if options["format"] == "json":
            self.stdout.write(json.dumps({"clauses": [as_json(row) for row in rows]}, ensure_ascii=False))
        elif options["format"] == "markdown":
            self.stdout.write(markdown(rows), ending="")
        else:
            for row in rows:
                served = ", ".join(row.served_by) or "-"
                self.stdout.write(f"{row.clause.id}  {row.clause.kind:<12} {row.clause.subject}  [{served}]")
            count = sum(bool(row.served_by) for row in rows)
            self.stderr.write(f"{len(rows)} clauses, {count} served, {len(rows) - count} not yet")


def as_json(row: Registered) -> dict[str, Any]:
    return {key: getattr(row.clause, key) for key in FIELDS} | {"served_by": list(row.served_by)}


def markdown(rows: list[Registered]) -> str:
    """Return docs/clauses.md."""
    served = [row for row in rows if row.served_by]
    lines = [
        "# Clauses and what serves them",
        "",
        "Made by `guanjia clauses --format markdown > docs/clauses.md`; a test fails when it is out of date.",
        "",
        f"{len(rows)} clauses of the source documents, {len(served)} served, {len(rows) - len(served)} not yet.",
        "`plan:` data of the built-in plan that makes something fall due; `code:` a function that enforces it; `role:` a post of the library with the reporting line that the clause names.",
        "",
        "| clause | kind | subject | served by |",
        "|---|---|---|---|",
    ]
    for row in rows:
        words = row.clause.subject.replace("|", "\\|")
        lines.append(f"| {row.clause.id} | {row.clause.kind} | {words} | {', '.join(f'`{name}`' for name in row.served_by)} |")
    return "\n".join(lines) + "\n"
