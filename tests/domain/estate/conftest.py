"""A small estate built by actions: building 3 with two entrances, a villa, a space."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest

from guanjia.domain.estate import actions
from tests.conftest import at

NOW = at("2026-03-02 09:00")
TODAY = NOW.date()


@pytest.fixture
def add(world: Any) -> Callable[..., Any]:
    """Add a place as 李主管: add("premises", "1601", parent, area_m2=Decimal("80"))."""

    def do(kind: str, code: str, parent: Any = None, **facts: Any) -> Any:
        return actions.add_place(world.estate, parent=parent, kind=kind, code=code, key=uuid4(), actor=world.li.actor, at=NOW, **facts)

    return do


@pytest.fixture
def by_li(world: Any) -> dict[str, Any]:
    """Who acts and when."""
    return {"actor": world.li.actor, "at": NOW}


@pytest.fixture
def by_wang(world: Any) -> dict[str, Any]:
    """王师傅 may look, not change."""
    return {"actor": world.wang.actor, "at": NOW}


@pytest.fixture
def stairs(world: Any) -> Any:
    """Entrance 2 of building 3."""
    return world.flat.parent


@pytest.fixture
def line(add: Callable[..., Any], stairs: Any) -> list[Any]:
    """1401, 1601 and 1502 around 1501."""
    return [add("premises", code, stairs, area_m2=Decimal("100")) for code in ("1401", "1601", "1502")]
