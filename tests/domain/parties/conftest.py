"""What the tests of parties share: an instant, a day, and short calls."""

from __future__ import annotations

from datetime import date

import pytest

from guanjia.domain.parties import actions
from tests.conftest import at

NOON = at("2026-03-02 12:00")
DAY = date(2026, 3, 2)


@pytest.fixture
def liu(world):
    """刘桂芳 owns half of the flat and answers 138 1234 5678."""
    made = actions.register(world.estate, name="刘桂芳", phones=["138 1234 5678"], actor=world.li.actor, at=NOON)
    actions.move_in(world.flat, party=made, relation="joint_owner", began_on=date(2020, 6, 1), share="1/2", actor=world.li.actor, at=NOON)
    return made
