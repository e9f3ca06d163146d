"""`guanjia plan load | show | diff`: service plans from the command line."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from guanjia.domain.estate import queries as estates
from guanjia.domain.standards import actions, queries
from guanjia.domain.standards.permissions import ADOPT, VIEW
from guanjia.domain.standards.rules import diff, library, planfile
from guanjia.domain.standards.rules.planfile import PlanDraft, PlanFlaws
from guanjia.kernel import clock
from guanjia.kernel.actor import Actor
from guanjia.kernel.errors import Refusal
from guanjia.kernel.periods import business_day

SYSTEM = Actor.system("guanjia plan")
WRONG_USAGE = 2


class Command(BaseCommand):
    help = "Load a service plan and adopt it for an estate, show one, or compare two."

    def add_arguments(self, parser: CommandParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        load = verbs.add_parser("load", help="check a plan file, keep it, and let an estate follow it from a day")
        load.add_argument("file", nargs="?", help="a plan file (docs/plan-file.md)")
        load.add_argument("--builtin", action="store_true", help="the built-in plan instead of a file")
        load.add_argument("--estate", required=True, metavar="CODE")
        load.add_argument("--from", required=True, dest="began_on", type=date.fromisoformat, metavar="DATE")
        load.add_argument("--format", choices=["text", "json"], default="text")
        show = verbs.add_parser("show", help="what an estate follows on a day, or a plan by its name")
        show.add_argument("plan", nargs="?", help="builtin, a file, or CODE@EDITION of a loaded plan")
        show.add_argument("--estate", metavar="CODE")
        show.add_argument("--on", type=date.fromisoformat, metavar="DATE")
        show.add_argument("--format", choices=["text", "json", "toml"], default="text")
        compare = verbs.add_parser("diff", help="what is different in the second plan")
        compare.add_argument("before", help="builtin, a file, or CODE@EDITION of a loaded plan")
        compare.add_argument("after")
        compare.add_argument("--format", choices=["text", "json"], default="text")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            getattr(self, options["verb"])(options)
        except PlanFlaws as refused:
            flaws = [{"line": flaw.line, "where": flaw.where, "code": flaw.code, "message": flaw.message} for flaw in refused.flaws]
            self._refuse(options, "plan_flaws", "\n".join(f"{options.get('file') or ''}:{flaw}" for flaw in refused.flaws), flaws)
        except Refusal as refused:
            self._refuse(options, refused.code, str(refused), [])

    def load(self, options: dict[str, Any]) -> None:
        if bool(options["file"]) == options["builtin"]:
            raise CommandError("give either a file or --builtin", returncode=WRONG_USAGE)
        estate = estate_of(options["estate"], ADOPT)
        draft = library.builtin() if options["builtin"] else draft_of(options["file"])
        plan = actions.load(draft, estate=estate, actor=SYSTEM, at=clock.now())
        adoption = actions.adopt(estate, plan, began_on=options["began_on"], actor=SYSTEM, at=clock.now())
        facts = {
            "plan": draft.code,
            "edition": draft.edition,
            "name": draft.name,
            "clauses": len(draft.clauses),
            "digest": draft.digest,
            "estate": estate.code,
            "began_on": adoption.began_on.isoformat(),
        }
        self._say(
            options, facts, f"{estate.name} follows {draft.name} {draft.edition} ({len(draft.clauses)} clauses) from {adoption.began_on}"
        )

    def show(self, options: dict[str, Any]) -> None:
        if bool(options["plan"]) == bool(options["estate"]):
            raise CommandError("give either a plan or --estate", returncode=WRONG_USAGE)
        if options["plan"]:
            self._show_draft(options, draft_of(options["plan"]))
            return
        estate = estate_of(options["estate"], VIEW)
        on = options["on"] or business_day(clock.now())
        plan = queries.adopted(estate, on)
        if plan is None:
            raise CommandError(f"{estate.code} follows no plan on {on}")
        if options["format"] == "toml":
            self._show_draft(options, queries.draft_of(plan))
            return
        terms = queries.clauses_in_force(estate, on)
        rows = [
            {
                "id": term.code,
                "kind": term.clause.kind,
                "subject": term.clause.subject,
                "params": dict(term.params),
                "missing": [item.key for item in term.missing],
                "set_aside": term.set_aside,
                "post": term.clause.post,
                "target": dict(term.clause.target),
            }
            for term in terms
        ]
        facts = {
            "estate": estate.code,
            "on": on.isoformat(),
            "plan": plan.code,
            "edition": plan.edition,
            "name": plan.name,
            "clauses": rows,
        }
        lines = [f"{estate.name} {on}: {plan}", *(f"{row['id']}  {row['subject']}  {row['params']}" for row in rows)]
        self._say(options, facts, "\n".join(lines))

    def _show_draft(self, options: dict[str, Any], draft: PlanDraft) -> None:
        if options["format"] == "toml":
            self.stdout.write(planfile.write(draft), ending="")
            return
        rows = [
            {"id": clause.id, "kind": clause.kind, "subject": clause.subject, "params": clause.params, "set": dict(clause.set)}
            for clause in draft.clauses
        ]
        facts = {"plan": draft.code, "edition": draft.edition, "name": draft.name, "digest": draft.digest, "clauses": rows}
        self._say(
            options,
            facts,
            "\n".join([f"{draft.name} {draft.edition}", *(f"{row['id']}  {row['subject']}  {row['params']}" for row in rows)]),
        )

    def diff(self, options: dict[str, Any]) -> None:
        found = diff.diff(draft_of(options["before"]), draft_of(options["after"]))
        changed = [
            {"code": change.code, "key": change.key, "before": plain(change.before), "after": plain(change.after)}
            for change in found.changed
        ]
        lines = [f"+ {code}" for code in found.added] + [f"- {code}" for code in found.removed]
        lines += [f"~ {row['code']} {row['key']}: {row['before']} -> {row['after']}" for row in changed]
        self._say(options, {"added": found.added, "removed": found.removed, "changed": changed}, "\n".join(lines) or "no difference")

    def _say(self, options: dict[str, Any], facts: dict[str, Any], text: str) -> None:
        self.stdout.write(json.dumps(facts, ensure_ascii=False) if options["format"] == "json" else text)

    def _refuse(self, options: dict[str, Any], code: str, message: str, errors: list[dict[str, Any]]) -> None:
        if options["format"] == "json":
            self.stdout.write(json.dumps({"refused": code, "message": message, "errors": errors}, ensure_ascii=False))
        raise CommandError(message)


def estate_of(code: str, permission: str) -> Any:
    """Return the estate with a code. Raises CommandError."""
    estate = estates.estates(SYSTEM, permission).filter(code=code).first()
    if estate is None:
        raise CommandError(f"there is no estate {code}")
    return estate


def draft_of(name: str) -> PlanDraft:
    """Return the built-in plan, the plan of a file, or a loaded one as CODE@EDITION. Raises CommandError, PlanFlaws."""
    if name == "builtin":
        return library.builtin()
    path = Path(name)
    if path.is_file():
        try:
            return planfile.read(path.read_text(encoding="utf-8"), {library.BUILTIN: library.builtin()})
        except UnicodeDecodeError:
            raise CommandError(f"{name} is not UTF-8 text") from None
    code, separator, edition = name.partition("@")
    plan = queries.plans(SYSTEM).filter(code=code, edition=edition).first() if separator else None
    if plan is None:
        raise CommandError(f"{name} is neither a file nor a loaded plan")
    return queries.draft_of(plan)


def plain(value: Any) -> Any:
    """Return a value that JSON knows."""
    return value.isoformat() if isinstance(value, date) else value
