"""A real server for tests: `guanjia serve` in a process of its own, on a free port, over a folder of its own."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def environment(folder: Path) -> dict[str, str]:
    """Return the environment of a user: nothing of pytest's, the data in `folder`, SQLite."""
    ours = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "GUANJIA_", "DJANGO_"))}
    return {**ours, "GUANJIA_VAR": str(folder), "PYTHONPATH": str(ROOT)}


def run(folder: Path, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
    """Run `guanjia …` to its end and return what it said."""
    return subprocess.run(
        [sys.executable, "-m", "guanjia", *words], env={**environment(folder), **more}, cwd=ROOT, text=True, capture_output=True
    )


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def served(folder: Path, *, seconds: float = 120) -> Iterator[str]:
    """Serve what is in the folder and yield the address once it answers; stop the server afterwards."""
    port = free_port()
    log = folder / "server.log"
    folder.mkdir(parents=True, exist_ok=True)
    with log.open("w") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "guanjia", "serve", "--port", str(port), "--workers", "1"],
            env=environment(folder), cwd=ROOT, stdout=out, stderr=subprocess.STDOUT,
        )  # fmt: skip
    url = f"http://127.0.0.1:{port}"
    try:
        until = time.monotonic() + seconds
        while not _answers(url):
            if process.poll() is not None or time.monotonic() > until:
                raise RuntimeError(f"the server did not come up:\n{log.read_text()[-3000:]}")
            time.sleep(0.2)
        yield url
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _answers(url: str) -> bool:
    try:
        urllib.request.urlopen(f"{url}/", timeout=5).close()
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False
    return True
