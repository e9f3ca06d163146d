"""Fixtures of every test: the cast, the clock, the trail."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings as django_settings
from django.test import override_settings
from hypothesis import settings as hypothesis_settings

from guanjia.kernel import clock as kernel_clock

if TYPE_CHECKING:
    from tests.world import World

# A busy machine is no reason for a property to fail: examples are counted, never timed.
hypothesis_settings.register_profile("guanjia", deadline=None, print_blob=True)
hypothesis_settings.load_profile("guanjia")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave out what needs a PostgreSQL server when the suite runs on SQLite (`make test` runs it on both)."""
    from django.db import connection

    if connection.vendor != "postgresql":
        no_server = pytest.mark.skip(reason="needs PostgreSQL: python scripts/with_postgresql.py pytest …")
        for item in items:
            if item.get_closest_marker("postgresql"):
                item.add_marker(no_server)


class Clock:
    """Stops the clock that the faces read."""

    def stop(self, at: datetime) -> None:
        kernel_clock.stop(at)


@pytest.fixture
def clock() -> Iterator[Clock]:
    yield Clock()
    kernel_clock.stop(None)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None) -> None:
    """Keep SQLite's test database in memory under xdist too.

    pytest-django knows Django's own engine only, and would put "test_" and the worker's name round the path of ours.
    """
    from django.db import connections

    for connection in connections.all():
        if connection.vendor == "sqlite":
            connection.settings_dict["TEST"]["NAME"] = None


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """Make the test database flushable although its trail refuses to be emptied, and build the world in it."""
    from django.db import connection

    from tests.world import build_once

    allow_flush(type(connection.ops))
    with django_db_blocker.unblock():
        build_once()


def allow_flush(operations: Any) -> None:
    """Take the trail's guards off while Django empties the database after a test that committed."""
    guards = import_module("guanjia.domain.trail.migrations.0002_append_only")
    flush = operations.execute_sql_flush

    def execute_sql_flush(self: Any, sql_list: Any) -> None:
        vendor = self.connection.vendor
        with self.connection.cursor() as cursor:
            guards.allow(cursor, vendor)
        flush(self, sql_list)
        with self.connection.cursor() as cursor:
            guards.forbid(cursor, vendor)

    operations.execute_sql_flush = execute_sql_flush


@pytest.fixture(autouse=True)
def evidence_folder(request: pytest.FixtureRequest) -> Iterator[Path | None]:
    """Give each test that uses the database an evidence folder of its own, so that no test finds another's files."""
    asked = {"db", "transactional_db", "live_server"} & set(request.fixturenames) or request.node.get_closest_marker("django_db")
    if not asked or "isolated" in request.fixturenames:
        yield None
        return
    with folder_for_files() as folder:
        yield folder


@contextmanager
def folder_for_files() -> Iterator[Path]:
    """Keep stored files in a folder that is removed afterwards."""
    storages = {**django_settings.STORAGES}
    with TemporaryDirectory(prefix="guanjia-files-") as folder:
        storages["default"] = {**storages["default"], "OPTIONS": {"location": folder}}
        with override_settings(STORAGES=storages):
            yield Path(folder)


@pytest.fixture
def world(db: None) -> World:
    """The cast of `tests/world.py`, in the test's own transaction."""
    from tests.world import of_this_test

    return of_this_test()


@pytest.fixture
def told(db: None) -> Callable[[Any], list[tuple[str, dict[str, Any]]]]:
    """Return what the trail says about a row, oldest first: `told(order) == [("workorders.Dispatched", {…})]`."""
    from django.apps import apps

    def read(about: Any) -> list[tuple[str, dict[str, Any]]]:
        entries = apps.get_model("trail.Entry").objects.filter(about_type=about._meta.label, about_id=about.pk)
        return list(entries.order_by("estate_id", "seq").values_list("name", "payload"))

    return read


def at(text: str) -> datetime:
    """Return an instant from Shanghai wall time: at("2026-03-02 09:00")."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("Asia/Shanghai"))
