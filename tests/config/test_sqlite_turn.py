"""Writers on SQLite take turns: the advisory lock is held exactly as long as the transaction."""

import fcntl
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import IntegrityError

from guanjia.config.sqlite.base import DatabaseWrapper

OPTIONS = {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": "PRAGMA journal_mode=WAL;"}


def wrapper(path: Path) -> DatabaseWrapper:
    settings = {
        "NAME": path,
        "OPTIONS": dict(OPTIONS),
        "ATOMIC_REQUESTS": False,
        "AUTOCOMMIT": True,
        "CONN_MAX_AGE": 0,
        "CONN_HEALTH_CHECKS": False,
        "TIME_ZONE": None,
        "USER": "",
        "PASSWORD": "",
        "HOST": "",
        "PORT": "",
        "TEST": {"NAME": None},
    }
    return DatabaseWrapper(settings, alias="turn")


def is_free(path: Path) -> bool:
    handle = os.open(f"{path}.turn", os.O_RDWR | os.O_CREAT)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    finally:
        os.close(handle)
    return True


@pytest.fixture
def site(tmp_path, django_db_blocker):
    with django_db_blocker.unblock():
        path = tmp_path / "site.sqlite3"
        connection = wrapper(path)
        connection.inc_thread_sharing()
        with connection.cursor() as cursor:
            cursor.execute("create table tally (name text primary key, n integer not null)")
            cursor.execute("insert into tally values ('a', 0)")
        yield connection, path
        connection.close()


def in_transaction(connection, *statements: str, fail: bool = False) -> None:
    connection.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
    try:
        with connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)
        if fail:
            raise ZeroDivisionError
    except BaseException:
        connection.rollback()
        raise
    else:
        connection.commit()
    finally:
        connection.set_autocommit(True)


def test_the_turn_is_held_until_commit(site):
    connection, path = site
    connection.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
    assert not is_free(path)
    connection.commit()
    connection.set_autocommit(True)
    assert is_free(path)


def test_the_turn_is_given_back_after_a_rollback(site):
    connection, path = site
    with pytest.raises(ZeroDivisionError):
        in_transaction(connection, "update tally set n = 1", fail=True)
    assert is_free(path)


def test_the_turn_is_given_back_after_a_database_error(site):
    connection, path = site
    with pytest.raises(IntegrityError):
        in_transaction(connection, "insert into tally values ('a', 1)")
    assert is_free(path)


WRITER = """
import sys
from pathlib import Path
from tests.config.test_sqlite_turn import in_transaction, wrapper
connection = wrapper(Path(sys.argv[1]))
for _ in range(40):
    in_transaction(connection, "update tally set n = n + 1")
connection.close()
"""


def test_four_processes_lose_no_update(site):
    connection, path = site
    writers = [subprocess.Popen([sys.executable, "-c", WRITER, str(path)], cwd=Path(__file__).parents[2]) for _ in range(4)]
    assert [writer.wait(timeout=120) for writer in writers] == [0, 0, 0, 0]
    with connection.cursor() as cursor:
        assert cursor.execute("select n from tally").fetchone() == (160,)
