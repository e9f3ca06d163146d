"""The throw-away server: it speaks UTF-8, knows Chinese letters, passes the exit status on, and leaves nothing behind."""

import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent / "scripts"))
from with_postgresql import main, server

pytestmark = pytest.mark.slow


def test_the_database_is_utf8_and_knows_chinese_letters():
    with server() as url, psycopg.connect(url) as connection:
        told = connection.execute("SELECT current_setting('server_encoding'), '电梯' ~ '^[[:alpha:]]+$'").fetchone()
    assert told == ("UTF8", True)


def test_the_server_is_gone_with_its_data_afterwards():
    with server() as url, psycopg.connect(url) as connection:
        ((folder,),) = connection.execute("SHOW data_directory").fetchall()
    assert not Path(folder).exists()
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(url, connect_timeout=2)


def test_the_command_s_exit_status_is_ours():
    assert main([sys.executable, "-c", "import os, sys; sys.exit(7 if 'postgresql' in os.environ['GUANJIA_DATABASE_URL'] else 1)"]) == 7


def test_no_command_is_wrong_usage():
    script = Path(__file__).resolve().parent.parent.parent / "scripts" / "with_postgresql.py"
    assert subprocess.run([sys.executable, str(script)], capture_output=True).returncode == 2
