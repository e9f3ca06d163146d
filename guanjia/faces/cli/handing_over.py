"""Long work of the web processes goes to a process of its own, which outlives them and is killed without harm."""

from __future__ import annotations

import subprocess
import sys
from datetime import datetime


def import_work(what: str, batch_id: int, at: datetime) -> None:
    """Start `guanjia import work …` detached; it reads the clock itself."""
    del at
    command = [sys.executable, "-m", "guanjia", "import", "work", what, str(batch_id)]
    subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
