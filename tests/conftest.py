"""Fixtures of every test: the cast, the clock, the trail."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from guanjia.kernel import clock as kernel_clock


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


def at(text: str) -> datetime:
    """Return an instant from Shanghai wall time: at("2026-03-02 09:00")."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("Asia/Shanghai"))
