"""Run an import again and again and kill it at each statement: `python -m tests.domain.intake.killer FOLDER FILE`.

One process sets Django up; each attempt is a fork with a database file of its own, killed with SIGKILL in front of or
behind the n-th statement. Prints one JSON line per attempt; the first is the unharmed import.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import sqlite3
import sys
from pathlib import Path


def main(folder: Path, file: str) -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "guanjia.config.settings"
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection, connections

    from tests.domain.intake.test_import import TABLES
    from tests.world import model

    call_command("migrate", verbosity=0)
    company = model("estate.Company").objects.create(code="anhe", name="安禾物业")
    model("estate.Estate").objects.create(company=company, code="JHY", name="锦和苑")
    model("staff.Post").objects.create(company=company, code="维修人员", name="维修人员", permissions=[])
    start = Path(connection.settings_dict["NAME"])
    connections.close_all()
    tables = {label: model(label)._meta.db_table for label in TABLES}

    def counted(path: Path) -> dict[str, int]:
        with sqlite3.connect(path) as database:
            return {label: database.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for label, table in tables.items()}

    def states(path: Path) -> list[str]:
        with sqlite3.connect(path) as database:
            return [row[0] for row in database.execute("SELECT state FROM intake_batch ORDER BY id")]

    def attempt(number: int, moment: str) -> tuple[int, int, dict[str, int], list[str], Path]:
        path = folder / f"attempt-{moment}-{number}.sqlite3"
        shutil.copyfile(start, path)
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            connection.settings_dict["NAME"] = str(path)
            sent = 0

            def watch(execute, sql, params, many, context):
                nonlocal sent
                sent += 1
                if (sent, moment) == (number, "before"):
                    os.kill(os.getpid(), signal.SIGKILL)
                result = execute(sql, params, many, context)
                if (sent, moment) == (number, "after"):
                    os.kill(os.getpid(), signal.SIGKILL)
                return result

            code = 1
            try:
                with connection.execute_wrapper(watch), open(os.devnull, "w") as nowhere:
                    call_command("import", file, estate="JHY", format="json", stdout=nowhere)
                code = 0
            finally:
                os.write(writing, str(sent).encode())
                os._exit(code)
        os.close(writing)
        _pid, status = os.waitpid(child, 0)
        sent = int(os.read(reading, 20) or 0)
        os.close(reading)
        return os.waitstatus_to_exitcode(status), sent, counted(path), states(path), path

    def tell(number: int, moment: str) -> int:
        code, sent, counts, batches, path = attempt(number, moment)
        said = {"number": number, "moment": moment, "code": code, "sent": sent, "counts": counts, "states": batches}
        sys.stdout.write(json.dumps(said) + "\n")
        sys.stdout.flush()
        if number and number % 40:
            for leftover in folder.glob(f"{path.name}*"):
                leftover.unlink()
        return sent

    total = tell(0, "never")
    for number in range(1, total + 1):
        tell(number, "after" if number % 2 else "before")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
