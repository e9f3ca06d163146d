"""What must be true before the web server starts, done by one process: folders, tables, journal mode, static files.

Not for anything that a running server needs again: every step here is safe to repeat and finds its work done.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection

Say = Callable[[str], None]


def prepare(say: Say) -> None:
    """Make the data folder private, the tables current and tidy, SQLite write-ahead, and the static files hashed and compressed."""
    folder = Path(settings.VAR)
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    migrate(say)
    call_command("tidy", verbosity=0, stdout=io.StringIO())
    collect_static(say)


def migrate(say: Say) -> None:
    """Bring the tables up to date.

    SQLite changes to its write-ahead log here, once: several processes that try it at the same time get "database is
    locked" whatever the busy timeout says.
    """
    if connection.vendor == "sqlite":
        Path(connection.settings_dict["NAME"]).parent.mkdir(parents=True, exist_ok=True)
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA journal_mode=WAL")
    say("Bringing the tables up to date …")
    call_command("migrate", interactive=False, verbosity=0)


def collect_static(say: Say) -> None:
    """Fill the static folder, unless it holds exactly these files already.

    Fonts stay out: they are for PDF, the pages use the fonts of the system. So does axe: it is for tests.
    """
    if settings.DEBUG or settings.TESTING:
        return
    target = Path(settings.STATIC_ROOT)
    stamp = target / ".collected"
    wanted = _fingerprint()
    if stamp.is_file() and stamp.read_text() == wanted:
        return
    say("Collecting the static files …")
    call_command("collectstatic", interactive=False, clear=target.is_dir(), ignore_patterns=["*.ttf", "fonts", "axe.min.js"], verbosity=0)
    stamp.write_text(wanted)


def _fingerprint() -> str:
    digest = hashlib.sha256()
    for folder in settings.STATICFILES_DIRS:
        for path in sorted(Path(folder).rglob("*")):
            if path.is_file() and path.suffix != ".ttf":
                digest.update(str(path.relative_to(folder)).encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()
