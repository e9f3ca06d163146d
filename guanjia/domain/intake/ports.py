"""Who carries long work out: `jobs.work` on the spot, unless a face registers something that does it elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

Runner = Callable[[str, int, datetime], None]

_runner: list[Runner] = []


def register_runner(runner: Runner) -> None:
    """Set who is told ("judge" or "run", batch id, instant) after the caller's transaction."""
    _runner[:] = [runner]


def runner() -> Runner:
    return _runner[0]
