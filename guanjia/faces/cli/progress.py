"""A progress bar on a terminal, and silence elsewhere."""

from __future__ import annotations

import sys
from typing import TextIO

WIDTH = 32


class Bar:
    """Draws one line that is drawn over; `names` give each phase its words."""

    def __init__(self, names: dict[str, str], stream: TextIO | None = None) -> None:
        self.names = names
        self.stream = stream or sys.stderr
        self.shown = ""

    def __call__(self, phase: str, done: int, total: int) -> None:
        if not self.stream.isatty():
            return
        part = min(done / total, 1.0) if total else 0.0
        filled = int(part * WIDTH)
        line = f"{self.names.get(phase, phase)} [{'█' * filled}{'·' * (WIDTH - filled)}] {part:4.0%}"
        if line != self.shown:
            self.shown = line
            self.stream.write(f"\r\x1b[K{line}")
            self.stream.flush()

    def clear(self) -> None:
        if self.shown:
            self.stream.write("\r\x1b[K")
            self.stream.flush()
            self.shown = ""
