"""On which line of a TOML text a table or a key stands. `tomllib` reads the values but forgets the lines."""

from __future__ import annotations

import re
from collections import defaultdict

HEADER = re.compile(r"^\s*(\[\[?)\s*([A-Za-z0-9_.\-]+)\s*\]\]?\s*(?:#.*)?$")
KEY = re.compile(r"""^\s*(?:"([^"]+)"|'([^']+)'|([A-Za-z0-9_\-]+))\s*(?:=|\.)""")


class Lines:
    """Lines of a text that `tomllib` has accepted: `[[clause]]` tables are counted from 0."""

    def __init__(self, text: str) -> None:
        self._lines: dict[tuple[str | int, ...], int] = {}
        counts: dict[str, int] = defaultdict(int)
        table: tuple[str | int, ...] = ()
        state = _State()
        for number, line in enumerate(text.split("\n"), start=1):
            if state.at_rest:
                if header := HEADER.match(line):
                    name = header[2]
                    table = (name, counts[name]) if header[1] == "[[" else (name,)
                    counts[name] += 1
                    self._lines[table] = number
                    continue
                if key := KEY.match(line):
                    self._lines.setdefault((*table, key[1] or key[2] or key[3]), number)
            state.read(line)

    def of(self, *where: str | int) -> int:
        """Return the line of a key, else of its table, else 1."""
        for end in range(len(where), 0, -1):
            if (line := self._lines.get(tuple(where[:end]))) is not None:
                return line
        return 1


class _State:
    """Whether a line begins inside a multi-line string or an open bracket."""

    def __init__(self) -> None:
        self.quote = ""
        self.depth = 0

    @property
    def at_rest(self) -> bool:
        return not self.quote and self.depth == 0

    def read(self, line: str) -> None:
        position = 0
        while position < len(line):
            if self.quote:
                position = self._inside(line, position)
            else:
                position = self._outside(line, position)
                if position < 0:
                    return
        if self.quote in {'"', "'"}:
            self.quote = ""

    def _inside(self, line: str, position: int) -> int:
        if self.quote.startswith('"') and line[position] == "\\":
            return position + 2
        if line.startswith(self.quote, position):
            position += len(self.quote)
            if len(self.quote) == 3:  # up to two quotes may stand before the closing three
                while position < len(line) and line[position] == self.quote[0]:
                    position += 1
            self.quote = ""
            return position
        return position + 1

    def _outside(self, line: str, position: int) -> int:
        char = line[position]
        if char == "#":
            return -1
        if char in "\"'":
            self.quote = char * 3 if line.startswith(char * 3, position) else char
            return position + len(self.quote)
        if char in "[{":
            self.depth += 1
        elif char in "]}":
            self.depth -= 1
        return position + 1
