"""Fixtures of every test: the cast, the clock, the trail."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from guanjia.kernel import clock as kernel_clock


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


@pytest.fixture
def world(db: None):
    from tests.world import build

    return build()


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
