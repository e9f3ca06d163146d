"""Run the suite: `fast` (quick part, SQLite), `sqlite`, `postgresql`, `browser`, or `all` of the last three.

Every part is one pytest run whose closing line stays on the screen; the last line adds them up.
A part that ran no test has failed: it means the selection or the installation is wrong. Under CI a skipped test fails too.
"""

import os
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ElementTree
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
PARTS = {
    "fast": ["-n", "2", "-m", "not slow and not browser and not postgresql"],
    "sqlite": ["-n", "2", "-m", "not browser and not postgresql"],
    "postgresql": ["-n", "2", "-m", "not browser"],
    # One browser at a time: two starve each other on a small machine, and the pages of one part share a served estate.
    "browser": ["-n", "0", "-m", "browser"],
}
ALL = ["sqlite", "postgresql", "browser"]


class Count(NamedTuple):
    """What one pytest run reported."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0

    def __add__(self, other: tuple) -> "Count":  # type: ignore[override]
        return Count(*(mine + theirs for mine, theirs in zip(self, other, strict=True)))


def _read(report: Path) -> Count:
    if not report.exists():
        return Count(failed=1)
    total = Count()
    for suite in ElementTree.parse(report).getroot().iter("testsuite"):
        number = {name: int(suite.get(name, 0)) for name in ("tests", "failures", "errors", "skipped")}
        bad = number["failures"] + number["errors"]
        total += Count(number["tests"] - bad - number["skipped"], bad, number["skipped"])
    return total


def run(part: str, extra: list[str]) -> Count:
    """Run one part and return its counts; an exit status that the counts do not explain counts as one failure."""
    sys.stdout.write(f"\n=== {part} ===\n")
    sys.stdout.flush()
    began = time.monotonic()
    environment = {**os.environ, "PYTHONHASHSEED": "0"}
    if part != "postgresql":
        environment.pop("GUANJIA_DATABASE_URL", None)
    with tempfile.TemporaryDirectory(prefix="guanjia-test-") as folder:
        environment["GUANJIA_VAR"] = folder
        report = Path(folder, "report.xml")
        words = [sys.executable, "-m", "pytest", "-q", *PARTS[part], f"--junitxml={report}", *extra]
        if part == "postgresql":
            words = [sys.executable, str(ROOT / "scripts" / "with_postgresql.py"), *words]
        status = subprocess.run(words, cwd=ROOT, env=environment).returncode
        count = _read(report)
    if count.passed + count.failed == 0:
        sys.stdout.write(f"{part}: no test ran\n")
        count = count._replace(failed=1)
    if status and not count.failed:
        count = count._replace(failed=1)
    if count.skipped and os.environ.get("CI"):
        sys.stdout.write(f"{part}: under CI nothing may be skipped, and {count.skipped} were\n")
        count = count._replace(failed=count.failed + 1)
    sys.stdout.write(f"{part}: {time.monotonic() - began:.0f} s\n")
    sys.stdout.flush()
    return count


def main(words: list[str]) -> int:
    """Run the named parts and close with one line that sums them."""
    names, extra = words[:1] or ["all"], words[1:]
    if names[0] != "all" and names[0] not in PARTS:
        sys.stderr.write(f"usage: run_tests.py all|{'|'.join(PARTS)} [pytest options]\n")
        return 2
    total = Count()
    for part in ALL if names[0] == "all" else names:
        total += run(part, extra)
    tail = f", {total.skipped} skipped" if total.skipped else ""
    sys.stdout.write(f"\n{total.passed} passed, {total.failed} failed{tail}\n")
    return 1 if total.failed else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
