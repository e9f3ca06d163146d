"""Measures ours against a floor in the same run: alternating in random order, from the same state, by CPU time.

Wall time on a shared machine says little, so every gate is a ratio of CPU times taken in one run, process and PostgreSQL backend
together. When the rounds differ too much the answer is "noisy", never a guess.
"""

from __future__ import annotations

import gc
import os
import random
import resource
import statistics
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.core.management.base import CommandError
from django.db import connection

NOISY = 0.30
Side = Callable[[], int]
Say = Callable[[str], None]


@dataclass(frozen=True)
class Result:
    """What a benchmark found. `detail` carries whatever else was measured, by name."""

    name: str
    size: int
    ours_us: float
    floor_us: float
    ratio: float
    spread: float
    verdict: str
    detail: Mapping[str, Any] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        head = {
            "name": self.name,
            "size": self.size,
            "ours_us": round(self.ours_us, 4),
            "floor_us": round(self.floor_us, 4),
            "ratio": round(self.ratio, 4),
            "spread": round(self.spread, 3),
            "verdict": self.verdict,
        }
        return head | dict(self.detail)


@dataclass(frozen=True)
class Comparison:
    """µs of CPU per unit of both sides (medians), the median of the rounds' ratios, and how far the rounds differ."""

    ours_us: float
    floor_us: float
    ratio: float
    spread: float

    @property
    def noisy(self) -> bool:
        return self.spread > NOISY


def cpu() -> Callable[[], float]:
    """Return a clock of CPU seconds: this process, its children that ended, and its PostgreSQL backend where that runs here."""
    if connection.vendor != "postgresql":
        return family
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        stat = Path(f"/proc/{cursor.fetchone()[0]}/stat")
    if not stat.exists():
        return family
    tick = os.sysconf("SC_CLK_TCK")

    def both() -> float:
        used = stat.read_text().rpartition(")")[2].split()
        return family() + (int(used[11]) + int(used[12])) / tick

    return both


def family() -> float:
    """Return the CPU seconds of this process and of its children that ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + used.ru_utime + used.ru_stime


def alternate(ours: Side, floor: Side, *, rounds: int = 5, restore: Callable[[], None] | None = None, seed: int = 1) -> Comparison:
    """Run both sides in random order, `rounds` times, each from the same state, and compare their CPU per unit.

    Each side returns how many units it did; the two must agree, or the comparison means nothing. One round is run before and not counted.
    """
    clock, rng = cpu(), random.Random(seed)
    spent: dict[str, list[float]] = {"ours": [], "floor": []}
    for number in range(rounds + 1):
        sides = [("ours", ours), ("floor", floor)]
        rng.shuffle(sides)
        units = {}
        for name, side in sides:
            if restore is not None:
                restore()
            gc.collect()
            began = clock()
            units[name] = side()
            used = clock() - began
            if number:
                spent[name].append(1e6 * used / units[name])
        if units["ours"] != units["floor"]:
            raise CommandError(f"the sides disagree: ours did {units['ours']}, the floor {units['floor']}")
    ratios = [mine / theirs for mine, theirs in zip(spent["ours"], spent["floor"], strict=True)]
    middle = statistics.median(ratios)
    return Comparison(
        statistics.median(spent["ours"]), statistics.median(spent["floor"]), middle, (max(ratios) - min(ratios)) / middle if middle else 0.0
    )


def latency(call: Callable[[int], Any], times: int, *, rounds: int = 5) -> dict[str, float]:
    """Call `times` times in each round and return p50 and p95 of CPU (process and backend) and of wall time, in ms.

    The quietest round is reported: whatever else the machine does adds time, nothing takes any away. `spread` says how far the others were.
    """
    call(0)
    found = sorted((_round(call, times) for _number in range(rounds)), key=lambda one: one["p50_ms"])
    middle = statistics.median(one["p50_ms"] for one in found)
    return found[0] | {"spread": round((found[-1]["p50_ms"] - found[0]["p50_ms"]) / middle, 2) if middle else 0.0}


def _round(call: Callable[[int], Any], times: int) -> dict[str, float]:
    clock = cpu()
    gc.collect()
    began, spent, wall = clock(), [], []
    for number in range(times):
        at, cpu_at = time.perf_counter(), time.process_time()
        call(number)
        spent.append(1000 * (time.process_time() - cpu_at))
        wall.append(1000 * (time.perf_counter() - at))
    mean = 1000 * (clock() - began) / times
    backend = max(mean - statistics.mean(spent), 0.0)
    return {
        "p50_ms": round(statistics.median(spent) + backend, 2),
        "p95_ms": round(quantile(spent, 0.95) + backend, 2),
        "wall_p95_ms": round(quantile(wall, 0.95), 2),
        "backend_ms": round(backend, 2),
    }


def quantile(values: list[float], share: float) -> float:
    """Return the smallest value that at least `share` of all do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, max(0, -(-int(share * 1000) * len(ordered) // 1000) - 1))]


@contextmanager
def scratch(db: str) -> Iterator[None]:
    """Give an empty, migrated database of this kind, and drop it afterwards; the data of the installation is never touched."""
    if db != connection.vendor:
        raise CommandError(
            f"this installation runs on {connection.vendor}; for {db} set GUANJIA_DATABASE_URL, "
            "or run: python scripts/with_postgresql.py python -m guanjia bench …"
        )
    with TemporaryDirectory(prefix="guanjia-bench-") as folder:
        kept = dict(connection.settings_dict["TEST"])
        if db == "sqlite":
            connection.settings_dict["TEST"]["NAME"] = str(Path(folder) / "bench.sqlite3")
        else:
            connection.settings_dict["TEST"]["NAME"] = f"guanjia_bench_{os.getpid()}"
        name = connection.settings_dict["NAME"]
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        try:
            yield
        finally:
            connection.creation.destroy_test_db(name, verbosity=0)
            connection.settings_dict["TEST"] = kept
