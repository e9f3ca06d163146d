"""`guanjia serve` on an empty folder: private data, current tables, a server that answers and ends on SIGTERM."""

import http.client
import re
import sqlite3
import stat

import pytest

from tests.serving import run, served

pytestmark = pytest.mark.slow


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


def test_an_empty_folder_becomes_a_served_house(tmp_path):
    folder = tmp_path / "var"
    with served(folder) as url:
        connection = http.client.HTTPConnection(url.removeprefix("http://"))
        connection.request("GET", "/")
        answer = connection.getresponse()
        assert (answer.status, answer.headers["Location"]) == (302, "/sign-in/?next=/")
    with sqlite3.connect(folder / "guanjia.sqlite3") as database:
        assert database.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert database.execute("SELECT count(*) FROM estate_company").fetchone() == (0,)
    assert [mode(folder), mode(folder / "secret"), mode(folder / "guanjia.sqlite3")] == [0o700, 0o600, 0o600]


def test_a_wrong_option_is_wrong_usage(tmp_path):
    done = run(tmp_path, "serve", "--port", "eight")
    assert (done.returncode, done.stdout) == (2, "")
    assert "--port" in done.stderr


def test_a_wrong_setting_stops_it_loudly(tmp_path):
    done = run(tmp_path, "serve", GUANJIA_HTTPS="perhaps")
    assert done.returncode == 1
    assert "GUANJIA_HTTPS" in done.stderr


def test_every_module_that_a_served_script_imports_is_there(tmp_path):
    """Django rewrites imports by patterns that also read comments: the word "export" above an import hashes its name twice."""
    folder = tmp_path / "var"
    with served(folder):
        scripts = list((folder / "static" / "kit" / "js").glob("*.????????????.js"))
        wanted = [(script, name) for script in scripts for name in re.findall(r"""["'](\./[^"']+\.js)["']""", script.read_text())]
    assert len(wanted) > 3
    assert [f"{script.name}: {name}" for script, name in wanted if not (script.parent / name).is_file()] == []
