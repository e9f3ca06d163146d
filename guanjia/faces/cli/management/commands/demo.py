"""`guanjia demo`: build the demo company in a folder of its own, say how to sign in, and serve it."""

from __future__ import annotations

import json
import os
import shutil
import sys
import time
from dataclasses import asdict
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from guanjia import demo
from guanjia.demo.stage import Stage
from guanjia.faces.cli.preparing import migrate
from guanjia.kernel import clock
from guanjia.kernel.periods import SHANGHAI

# Set in the process that builds: its data folder is the demo's, whatever the user's settings say.
BUILDING = "GUANJIA_DEMO_BUILDING"
CARD = "demo.json"


class Command(BaseCommand):
    """Builds the demo company from workbooks, plays a month, serves it."""

    help = "Build a demo company from real input, print its accounts, serve it."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--fresh", action="store_true", help="throw the present demo away and begin anew")
        parser.add_argument("--no-serve", action="store_true", help="build only")
        parser.add_argument("--seed", default="1", help="another seed, other people (default: %(default)s)")
        parser.add_argument("--at", type=instant, default=None, help="the instant up to which the month is played (default: now)")
        parser.add_argument("--format", choices=("text", "json"), default="text")
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *args: Any, fresh: bool, no_serve: bool, seed: str, at: datetime | None, **options: Any) -> None:
        os.umask(0o077)
        if os.environ.get(BUILDING):
            build(self.stderr.write, folder=Path(settings.VAR), seed=seed, now=at or clock.now())
            return
        folder = Path(settings.VAR) / "demo"
        if fresh:
            discard(folder)
        if not (folder / CARD).is_file():
            self.raise_house(folder, seed=seed, at=at)
        elif behind(folder, at or clock.now()):
            run_in(folder, seed, at)
        self.tell(folder, options["format"])
        if not no_serve:
            become_server(folder, host=options["host"], port=options["port"])

    def raise_house(self, folder: Path, *, seed: str, at: datetime | None) -> None:
        """Build beside the final place and move there when everything stands: an interrupted build leaves no half demo."""
        if folder.exists():
            raise CommandError(f"{folder} is there and is no finished demo: remove it, then run the command again")
        site = folder.with_name("demo.building")
        shutil.rmtree(site, ignore_errors=True)
        run_in(site, seed, at)
        site.rename(folder)

    def tell(self, folder: Path, form: str) -> None:
        card = json.loads((folder / CARD).read_text(encoding="utf-8"))
        if form == "json":
            self.stdout.write(json.dumps({"folder": str(folder), **card}, ensure_ascii=False))
            return
        self.stdout.write(f"\n{card['company']}：{'、'.join(card['estates'])}\n")
        for account in card["accounts"]:
            self.stdout.write("  {estate:<10}{role:<12}{name:<10}{face:<8} {login:<16}{password}".format(**account))
        self.stdout.write("")


def run_in(folder: Path, seed: str, at: datetime | None) -> None:
    """Build or play on in a process whose data folder is the demo's: the settings of this one name another."""
    words = ["demo", "--seed", seed, *(["--at", at.isoformat()] if at else [])]
    status = os.spawnve(os.P_WAIT, sys.executable, [sys.executable, "-m", "guanjia", *words], surroundings(folder) | {BUILDING: "1"})
    if status:
        raise CommandError("the demo could not be built; the reason is above")


def behind(folder: Path, now: datetime) -> bool:
    """Tell whether a demo has not been played for an hour."""
    card = json.loads((folder / CARD).read_text(encoding="utf-8"))
    return now - datetime.fromisoformat(card["played_until"]) > timedelta(hours=1)


def instant(text: str) -> datetime:
    """Read an instant; without a zone it is Shanghai's."""
    read = datetime.fromisoformat(text)
    return read if read.tzinfo else read.replace(tzinfo=SHANGHAI)


def discard(folder: Path) -> None:
    """Remove a demo. A folder without the demo's card is somebody's data and stays."""
    if folder.exists() and not (folder / CARD).is_file():
        raise CommandError(f"{folder} is not a demo: remove it yourself if you want to")
    shutil.rmtree(folder, ignore_errors=True)


def surroundings(folder: Path) -> dict[str, str]:
    """Return the environment of a process whose data is the demo's: never a company's database, never its keys."""
    kept = {
        name: value for name, value in os.environ.items() if name not in ("GUANJIA_DATABASE_URL", "GUANJIA_KEYS", "GUANJIA_STATIC_ROOT")
    }
    return kept | {"GUANJIA_VAR": str(folder)}


def build(say: Any, *, folder: Path, seed: str, now: datetime) -> None:
    """Bring up the tables, build the company and leave its card, or play on where a card lies. Runs over the demo's own folder."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    migrate(say)
    with connection.cursor() as cursor:
        # Thousands of small acts: waiting for the disk after each is for data that somebody would miss.
        cursor.execute("PRAGMA synchronous=OFF")
    began = time.monotonic()

    def telling(text: str) -> None:
        say(f"{time.monotonic() - began:6.1f} s  {text}")

    stage = Stage(seed=seed, now=now.astimezone(SHANGHAI), folder=folder, say=telling)
    if (folder / CARD).is_file():
        card = json.loads((folder / CARD).read_text(encoding="utf-8"))
        demo.go_on(stage, datetime.fromisoformat(card["played_until"]))
        card["played_until"] = now.isoformat()
        (folder / CARD).write_text(json.dumps(card, ensure_ascii=False, indent=1), encoding="utf-8")
        return
    demo.build(stage)
    card = {
        "company": stage.company.name if stage.company else "",
        "estates": [estate.name for estate in stage.estates.values()],
        "seed": seed,
        "played_until": now.isoformat(),
        "accounts": [asdict(account) for account in stage.accounts],
    }
    (folder / CARD).write_text(json.dumps(card, ensure_ascii=False, indent=1), encoding="utf-8")


def become_server(folder: Path, *, host: str, port: int) -> None:
    """Serve the demo's folder from a fresh process image: this one has loaded the settings of another folder."""
    words = ["serve", "--host", host, "--port", str(port)]
    os.execve(sys.executable, [sys.executable, "-m", "guanjia", *words], surroundings(folder))
