"""Run every wall that needs no test database, all of them even when one is down: `make check`.

ruff (lint and format), mypy (strict on kernel and domain; the HTML faces set attributes on requests that it cannot know), import contracts, missing migrations, and the kit's own
lint of templates and CSS.
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PYTHON = sys.executable
BIN = Path(PYTHON).parent
WALLS = {
    "ruff": [str(BIN / "ruff"), "check", "."],
    "format": [str(BIN / "ruff"), "format", "--check", "."],
    "types": [str(BIN / "mypy"), "guanjia/kernel", "guanjia/domain", "guanjia/demo", "guanjia/faces/cli"],
    "imports": [str(BIN / "lint-imports")],
    "migrations": [PYTHON, "-m", "guanjia", "makemigrations", "--check", "--dry-run"],
    "templates and css": [PYTHON, "scripts/lint_templates.py"],
}


def main() -> int:
    """Return 0 when every wall stands."""
    fallen = []
    with tempfile.TemporaryDirectory(prefix="guanjia-check-") as folder:
        environment = {**os.environ, "GUANJIA_VAR": folder}
        environment.pop("GUANJIA_DATABASE_URL", None)
        for name, words in WALLS.items():
            began = time.monotonic()
            done = subprocess.run(words, cwd=ROOT, env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
            sys.stdout.write(f"{'ok  ' if done.returncode == 0 else 'DOWN'} {name} ({time.monotonic() - began:.1f} s)\n")
            if done.returncode:
                fallen.append(name)
                sys.stdout.write(done.stdout)
            sys.stdout.flush()
    if fallen:
        sys.stdout.write(f"make check: {', '.join(fallen)} not clean\n")
    return 1 if fallen else 0


if __name__ == "__main__":
    raise SystemExit(main())
