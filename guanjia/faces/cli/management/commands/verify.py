"""`guanjia verify`: prove that what is written still holds together."""

from __future__ import annotations

import dataclasses
import json
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from guanjia.domain.trail import queries


class Command(BaseCommand):
    help = "Check the trail's chains, references, file hashes and whatever else apps registered. Exit 1 when something is off."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--format", choices=["text", "json"], default="text")

    def handle(self, *args: Any, **options: Any) -> None:
        found = []
        for checked in queries.verify():
            found.append(checked)
            if options["format"] == "text":
                mark = "ok   " if not checked.wrong else "WRONG"
                tail = f": {checked.wrong} wrong, first: {checked.first}" if checked.wrong else ""
                self.stdout.write(f"{mark} {checked.name} ({checked.checked} checked){tail}")
        if options["format"] == "json":
            self.stdout.write(json.dumps({"checks": [dataclasses.asdict(checked) for checked in found]}, ensure_ascii=False))
        if any(checked.wrong for checked in found):
            sys.exit(1)
