"""What the watcher of a server reads."""

import pytest
from django.db import OperationalError, connection


def test_a_living_process_says_so(client):
    assert client.get("/livez").content == b"ok\n"


def test_a_server_is_ready_when_its_database_answers(client, db):
    response = client.get("/readyz")
    assert (response.status_code, response.json()) == (200, {"database": "ok"})


def test_a_server_without_its_database_is_not_ready(client, db):
    def broken(execute, sql, params, many, context):
        raise OperationalError

    with connection.execute_wrapper(broken):
        response = client.get("/readyz")
    assert (response.status_code, response.json()) == (503, {"database": "unavailable"})


@pytest.mark.parametrize("path", ["/livez", "/readyz"])
def test_nothing_is_written_there(client, path):
    assert client.post(path).status_code == 405
