"""`guanjia keys`: which key seals what; `rotate` makes a new key and re-seals; `drop` takes an unused one away."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from guanjia.kernel import rotation, vault


class Command(BaseCommand):
    """Shows, rotates and drops the keys of the sealed columns."""

    help = "Keys of the sealed columns: show, rotate, drop VERSION."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("verb", nargs="?", choices=["show", "rotate", "drop"], default="show")
        parser.add_argument("version", nargs="?", type=int)
        parser.add_argument("--format", choices=["text", "json"], default="text")

    def handle(self, *args: Any, verb: str, version: int | None, format: str, **options: Any) -> None:  # noqa: A002
        try:
            if verb == "rotate":
                self._rotate()
            elif verb == "drop":
                self._drop(version)
        except (vault.BadKeys, vault.CannotOpen) as error:
            raise CommandError(str(error)) from error
        counted = rotation.census()
        if format == "json":
            columns = {label: {str(number): rows for number, rows in sorted(tally.items())} for label, tally in counted.items()}
            self.stdout.write(json.dumps({"current": vault.current_version(), "columns": columns}, ensure_ascii=False))
            return
        self.stdout.write(_("当前密钥版本 %(version)d") % {"version": vault.current_version()})
        for label, tally in counted.items():
            by_version = "  ".join(f"v{number}: {rows}" for number, rows in sorted(tally.items())) or "-"
            self.stdout.write(f"{label}  {by_version}")

    def _rotate(self) -> None:
        from django.conf import settings

        if not settings.GUANJIA_KEYS:
            vault.add_key()
        resealed = rotation.reseal(lambda label, done: self.stderr.write(f"{label} {done}"))
        self.stderr.write(_("已换用版本 %(version)d，重新加密 %(rows)d 行") % {"version": vault.current_version(), "rows": resealed})

    def _drop(self, version: int | None) -> None:
        if version is None:
            raise CommandError(_("请写明要移除的密钥版本"))
        left = {label: tally[version] for label, tally in rotation.census().items() if tally[version]}
        if left:
            raise CommandError(_("版本 %(version)d 还有数据在用：%(left)s") % {"version": version, "left": left})
        vault.drop_key(version)
