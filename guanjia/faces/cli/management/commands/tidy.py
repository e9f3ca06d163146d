"""`guanjia tidy`: delete what has had its time."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from guanjia.domain.accounts import jobs as accounts
from guanjia.domain.files import actions as files
from guanjia.kernel import clock


class Command(BaseCommand):
    help = (
        "Delete ended sessions, old one-time codes, forgotten failures, and stored files that no row has known for a day. Safe to repeat."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--format", choices=["text", "json"], default="text")

    def handle(self, *args: Any, **options: Any) -> None:
        now = clock.now()
        done = {"accounts": accounts.sweep(at=now), "files": files.sweep(at=now)}
        self.stdout.write(json.dumps(done) if options["format"] == "json" else f"{done['accounts']} rows and {done['files']} files deleted")
