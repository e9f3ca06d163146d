"""One JSON line per message in `messages.jsonl`; a repeated key is written once."""

from __future__ import annotations

import json
import os
from pathlib import Path


class Mailbox:
    """A carrier that appends to a file of the site, readable by its owner only."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "messages.jsonl"

    def __call__(self, address: str, *, title: str, body: str, key: str) -> None:
        if any(line["key"] == key for line in self.lines()):
            return
        self.path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        with os.fdopen(handle, "a", encoding="utf-8") as file:
            file.write(json.dumps({"key": key, "to": address, "title": title, "body": body}, ensure_ascii=False) + "\n")

    def lines(self) -> list[dict[str, str]]:
        """Return what was written so far."""
        return [json.loads(line) for line in self.path.read_text("utf-8").splitlines()] if self.path.exists() else []
