"""`guanjia import FILE`: houses, owners, spaces, vehicles, tariffs, arrears, meters, equipment, staff out of a workbook."""

from __future__ import annotations

import json
import sys
import uuid
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from guanjia.domain.estate import queries as estates
from guanjia.domain.intake import actions, jobs, queries
from guanjia.domain.intake.actions import Work
from guanjia.domain.intake.permissions import RUN
from guanjia.domain.intake.rules import annotate, template
from guanjia.domain.intake.rules.verdicts import ERROR
from guanjia.faces.cli.progress import Bar
from guanjia.kernel import clock
from guanjia.kernel.actor import Actor
from guanjia.kernel.errors import Refusal

SYSTEM = Actor.system("guanjia import")
WRONG_USAGE = 2
VERBS = ("undo", "template", "work")


class Command(BaseCommand):
    help = (
        "Import a workbook (.xlsx, .xls, .csv) into an estate: all of it or nothing. "
        "Also: `import undo BATCH`, `import template FILE`. Exit 0 done, 1 refused, 2 wrong usage."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", nargs="+", metavar="FILE | undo BATCH | template FILE")
        parser.add_argument("--estate", metavar="CODE", help="the estate that the file belongs to")
        parser.add_argument("--dry-run", action="store_true", help="judge and compare only; nothing is written")
        parser.add_argument("--skip-bad-rows", action="store_true", help="import the good rows although others are refused")
        parser.add_argument("--annotated", metavar="FILE", help="write a copy of the workbook with its errors marked")
        parser.add_argument("--format", choices=["text", "json"], default="text")

    def handle(self, *args: Any, **options: Any) -> None:
        what: list[str] = options["what"]
        if what[0] in VERBS and len(what) > 1:
            verb, *rest = what
            {"undo": self._undo, "template": self._template, "work": self._work}[verb](rest, options)
            return
        if len(what) > 1:
            raise CommandError("one file at a time", returncode=WRONG_USAGE)
        if not options["estate"]:
            raise CommandError("--estate CODE is needed", returncode=WRONG_USAGE)
        try:
            data = Path(what[0]).read_bytes()
        except OSError as error:
            raise CommandError(f"cannot read {what[0]}: {error.strerror}", returncode=WRONG_USAGE) from None
        estate = estates.estates(SYSTEM, RUN).filter(code=options["estate"]).first()
        if estate is None:
            raise CommandError(f"there is no estate {options['estate']}")
        self._import(estate, Path(what[0]).name, data, options)

    def _import(self, estate: Any, name: str, data: bytes, options: dict[str, Any]) -> None:
        bar = Bar({"read": _("读取"), "judge": _("核对"), "compare": _("比对"), "write": _("写入")})
        batch, refusal = None, None
        try:
            if options["dry_run"]:
                work = actions.look(estate, name, data, actor=SYSTEM, report=bar)
            else:
                batch, work, refusal = self._carry_out(estate, name, data, options, bar)
        except Refusal as said:
            bar.clear()
            self._report(options, {"batch": None, "sheets": [], "error": {"code": said.code, "message": str(said)}})
            self.stderr.write(str(said))
            sys.exit(1)
        bar.clear()
        if options["annotated"]:
            Path(options["annotated"]).write_bytes(annotate.annotate(work.book, work.judged, work.remarks))
        document = as_json(work, batch.pk if batch and refusal is None else None, dry_run=options["dry_run"])
        if refusal is not None:
            document["error"] = {"code": refusal.code, "message": str(refusal)}
        self._report(options, document)
        if options["format"] == "text":
            self._say(work, refusal)
        if refusal is not None or (options["dry_run"] and bool(work.errors) and not options["skip_bad_rows"]):
            sys.exit(1)

    def _carry_out(self, estate: Any, name: str, data: bytes, options: dict[str, Any], bar: Bar) -> tuple[Any, Work, Refusal | None]:
        now = clock.now()
        batch = actions.receive(estate, name=name, data=data, judge=False, key=uuid.uuid4(), actor=SYSTEM, at=now)
        work = actions.judge(batch, actor=SYSTEM, at=now, report=bar)
        if work is None:
            raise Refusal(batch.failure)
        try:
            actions.confirm(batch, skip_bad_rows=options["skip_bad_rows"], start_work=False, seen=batch.version, actor=SYSTEM, at=now)
            actions.carry_out(batch, work, actor=SYSTEM, at=now, report=bar)
        except Refusal as refusal:
            batch.refresh_from_db()
            actions.drop(batch, seen=batch.version, actor=SYSTEM, at=now)
            return batch, work, refusal
        return batch, work, None

    def _report(self, options: dict[str, Any], document: dict[str, Any]) -> None:
        if options["format"] == "json":
            self.stdout.write(json.dumps(document, ensure_ascii=False))

    def _say(self, work: Work, refusal: Refusal | None) -> None:
        for result in work.judged:
            line = _("%(sheet)s（%(kind)s）：读 %(read)d 行，可导入 %(accepted)d 行，有错 %(refused)d 行")
            said = {
                "sheet": result.name,
                "kind": result.sheet.title,
                "read": result.read,
                "accepted": result.accepted,
                "refused": result.refused,
            }
            self.stdout.write(line % said)
        for fault in work.errors:
            self.stderr.write(f"{fault.sheet}!{fault.column}{fault.row or ''} {fault.message}")
        counts = work.plan.counts()
        if refusal is not None:
            self.stderr.write(str(refusal))
        elif not counts:
            self.stdout.write(_("资料和系统里的一样，没有变化"))
        else:
            self.stdout.write("，".join(f"{name} {count}" for name, count in counts.items()))

    def _undo(self, rest: list[str], options: dict[str, Any]) -> None:
        if len(rest) != 1 or not rest[0].isdecimal():
            raise CommandError("import undo BATCH: the number of a batch", returncode=WRONG_USAGE)
        batch = queries.batches(SYSTEM).filter(pk=int(rest[0])).first()
        if batch is None:
            raise CommandError(f"there is no batch {rest[0]}")
        try:
            actions.undo(batch, seen=batch.version, actor=SYSTEM, at=clock.now())
        except Refusal as refusal:
            self._report(options, {"batch": batch.pk, "undone": False, "error": {"code": refusal.code, "message": str(refusal)}})
            self.stderr.write(str(refusal))
            sys.exit(1)
        self._report(options, {"batch": batch.pk, "undone": True})
        if options["format"] == "text":
            self.stdout.write(_("批次 %(batch)d 已撤销") % {"batch": batch.pk})

    def _template(self, rest: list[str], _options: dict[str, Any]) -> None:
        Path(rest[0]).write_bytes(template.make())
        self.stderr.write(rest[0])

    def _work(self, rest: list[str], _options: dict[str, Any]) -> None:
        """Do what the web process handed over: `import work judge|run BATCH`."""
        if len(rest) != 2 or rest[0] not in ("judge", "run") or not rest[1].isdecimal():
            raise CommandError("import work judge|run BATCH", returncode=WRONG_USAGE)
        jobs.work(rest[0], int(rest[1]), clock.now())


def as_json(work: Work, batch: int | None, *, dry_run: bool) -> dict[str, Any]:
    """Return the document of `--format json`."""
    counts = work.plan.counts()
    return {
        "batch": batch,
        "dry_run": dry_run,
        "sheets": [
            {
                "sheet": result.name,
                "kind": result.sheet.kind,
                "read": result.read,
                "accepted": result.accepted,
                "refused": result.refused,
                "errors": [fault.as_json() for fault in result.errors],
                "notes": [fault.as_json() for fault in result.notes],
                "left_out": [{"row": row.row, "why": row.why} for row in result.left_out],
            }
            for result in work.judged
        ],
        "errors": [fault.as_json() for fault in work.remarks if fault.level == ERROR],
        "notes": [fault.as_json() for fault in work.remarks if fault.level != ERROR],
        "counts": counts,
        "changed_nothing": not counts,
    }
