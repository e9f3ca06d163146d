"""Run a command beside a throw-away PostgreSQL server: `python scripts/with_postgresql.py COMMAND…`.

The server comes from the installed binaries, listens on a free loopback port, and is gone afterwards with its data.
`GUANJIA_DATABASE_URL` names its empty UTF-8 database for the command. As root the server runs as user postgres,
because initdb refuses root. Not for data anybody wants to keep: it runs without fsync.
"""

import glob
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

DATABASE = "guanjia"


class Missing(RuntimeError):
    """There are no PostgreSQL server binaries here."""


def binaries() -> Path:
    """Return the folder of the newest installed server. Raises Missing."""
    folders = sorted(glob.glob("/usr/lib/postgresql/*/bin"), key=lambda name: float(name.split("/")[4]))
    found = [Path(folder) for folder in folders if Path(folder, "initdb").exists() and Path(folder, "postgres").exists()]
    if found:
        return found[-1]
    on_path = shutil.which("initdb")
    if on_path:
        return Path(on_path).resolve().parent
    raise Missing("No PostgreSQL server is installed: install one (on Debian or Ubuntu: apt-get install postgresql)")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _log_tail(folder: Path) -> str:
    log = folder / "log"
    return log.read_text(errors="replace")[-2000:] if log.exists() else ""


@contextmanager
def server() -> Iterator[str]:
    """Start a server, yield the URL of an empty database, stop the server and remove its data."""
    programs = binaries()
    folder = Path(tempfile.mkdtemp(prefix="guanjia-pg-"))
    port = _free_port()
    as_postgres: list[str] = []
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres", "postgres")
        as_postgres = ["runuser", "-u", "postgres", "--"]

    def run(*words: str) -> None:
        done = subprocess.run([*as_postgres, *words], cwd="/", text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        if done.returncode:
            raise RuntimeError(f"{Path(words[0]).name} failed:\n{done.stdout}{_log_tail(folder)}")

    data = str(folder / "data")
    settings = (
        f"-p {port} -k {folder} -h 127.0.0.1 -c fsync=off -c synchronous_commit=off -c full_page_writes=off "
        "-c max_connections=100 -c shared_buffers=128MB -c jit=off -c timezone=UTC"
    )
    try:
        # C.UTF-8 so that ILIKE, trigram and regular expressions know Chinese letters; plain C does not.
        run(str(programs / "initdb"), "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
        run(str(programs / "pg_ctl"), "-D", data, "-w", "-t", "60", "-l", str(folder / "log"), "-o", settings, "start")
        run(str(programs / "createdb"), "-h", "127.0.0.1", "-p", str(port), "-U", "postgres", "-T", "template0", "-E", "UTF8", DATABASE)
        yield f"postgresql://postgres@127.0.0.1:{port}/{DATABASE}"
    finally:
        if Path(data, "postmaster.pid").exists():
            subprocess.run(
                [*as_postgres, str(programs / "pg_ctl"), "-D", data, "-m", "immediate", "-w", "stop"],
                cwd="/", stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            )  # fmt: skip
            time.sleep(0.1)
        shutil.rmtree(folder, ignore_errors=True)


def main(words: list[str]) -> int:
    """Run the command and return its exit status; 2 without a command, 1 without a server."""
    if not words:
        sys.stderr.write("usage: with_postgresql.py COMMAND…\n")
        return 2
    try:
        with server() as url:
            return subprocess.run(words, env={**os.environ, "GUANJIA_DATABASE_URL": url}).returncode
    except Missing as missing:
        sys.stderr.write(f"{missing}\n")
        return 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
