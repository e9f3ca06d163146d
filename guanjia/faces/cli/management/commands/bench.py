"""`guanjia bench NAME`: one benchmark, with the ratio that it is judged by."""

from __future__ import annotations

import json
from importlib import import_module
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import connection

from guanjia.faces.cli.benchmarks import NAMES

FAILED = 1


class Command(BaseCommand):
    help = "Run one benchmark in a database of its own. Exit 1 when a figure is missed; a noisy run is said to be noisy."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", choices=sorted(NAMES))
        parser.add_argument("--size", type=int, help="how much; each benchmark has its own unit and default")
        parser.add_argument("--db", choices=["sqlite", "postgresql"], default=connection.vendor)
        parser.add_argument("--format", choices=["text", "json"], default="text")

    def handle(self, *args: Any, **options: Any) -> None:
        result = import_module(NAMES[options["name"]]).run(options["size"], options["db"], self.stderr.write)
        if options["format"] == "json":
            self.stdout.write(json.dumps(result.as_json(), ensure_ascii=False))
        else:
            for name, value in result.detail.items():
                self.stdout.write(f"{name}: {value}")
            self.stdout.write(
                f"{result.name} {options['db']} n={result.size}: ours {result.ours_us:.3f} us, floor {result.floor_us:.3f} us, "
                f"ratio {result.ratio:.3f}, spread {result.spread:.0%}, {result.verdict}"
            )
        if result.verdict == "missed":
            raise SystemExit(FAILED)
