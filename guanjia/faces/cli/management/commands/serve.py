"""`guanjia serve`: prepare, then become the web server."""

from __future__ import annotations

import os
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from guanjia.faces.cli.preparing import prepare

# Live pages hold one connection each for as long as they are open: 40 of them starved 16 threads, 128 answer at once.
THREADS = 128


class Command(BaseCommand):
    """Serve the console, the field and the portal."""

    help = "Bring the tables up to date, then serve the web pages."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: %(default)s)")
        parser.add_argument("--port", type=int, default=8000, help="port to listen on (default: %(default)s)")
        parser.add_argument("--workers", type=int, default=min(2, os.cpu_count() or 1), help="processes (default: %(default)s)")
        parser.add_argument("--threads", type=int, default=THREADS, help="threads in each process (default: %(default)s)")

    def handle(self, *args: Any, host: str, port: int, workers: int, threads: int, **options: Any) -> None:
        os.umask(0o077)
        prepare(self.stderr.write)
        serve(self.stderr.write, host=host, port=port, workers=workers, threads=threads)


def serve(say: Any, *, host: str, port: int, workers: int, threads: int) -> None:
    """Replace this process by granian, so that a signal to us is a signal to the server."""
    say(f"Guanjia answers at http://{host}:{port}/ (Ctrl C stops it)")
    sys.stdout.flush()
    sys.stderr.flush()
    words = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "guanjia.config.wsgi:application",
        "--host", host, "--port", str(port), "--workers", str(workers), "--blocking-threads", str(threads),
        "--respawn-failed-workers", "--no-ws", "--log-level", "error",
    ]  # fmt: skip
    os.execv(sys.executable, words)
