"""Meters, checkpoints and grids."""

from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest

from guanjia.domain.estate import actions, queries
from guanjia.domain.estate.actions import equipment as ledger
from guanjia.domain.estate.actions import estates, grids, meters, places
from guanjia.domain.estate.models import GridPlace, Meter
from guanjia.kernel.errors import NotAllowed, Stale
from tests.domain.estate.conftest import TODAY
from tests.world import told


@pytest.fixture
def meter(world, by_li):
    return actions.add_meter(world.flat, code="0318-2204", medium="water", first_reading=Decimal("3.5"), digits=5, key=uuid4(), **by_li)


def test_a_meter_is_hung_and_read(world, meter, by_li):
    actions.read_meter(meter, reading=Decimal("612.4"), read_on=TODAY, seen=1, **by_li)
    meter.refresh_from_db()
    assert (meter.last_reading, meter.read_on, meter.version) == (Decimal("612.400"), TODAY, 2)
    assert told(meter) == [
        ("estate.MeterAdded", {"meter_id": meter.pk, "code": "0318-2204", "medium": "water"}),
        ("estate.MeterRead", {"meter_id": meter.pk, "code": "0318-2204", "reading": "612.4", "read_on": "2026-03-02"}),
    ]


@pytest.mark.parametrize(
    ("facts", "refusal"),
    [
        ({"reading": Decimal("3.4")}, meters.Backwards),
        ({"reading": Decimal(-1)}, meters.BadReading),
        ({"reading": Decimal(100_000)}, meters.BadReading),
        ({"seen": 4}, Stale),
    ],
)
def test_a_reading_that_cannot_be_is_refused(world, meter, by_li, facts, refusal):
    with pytest.raises(refusal):
        actions.read_meter(meter, **{"reading": Decimal(10), "read_on": TODAY, "seen": 1, **facts}, **by_li)


def test_a_dial_may_roll_over_when_somebody_says_so_and_days_run_forward(world, meter, by_li):
    actions.read_meter(meter, reading=Decimal(99_990), read_on=TODAY, seen=1, **by_li)
    with pytest.raises(meters.TooEarly):
        actions.read_meter(meter, reading=Decimal(99_991), read_on=date(2026, 3, 1), seen=2, **by_li)
    actions.read_meter(meter, reading=Decimal(12), read_on=date(2026, 4, 2), rolled_over=True, seen=2, **by_li)
    assert meter.last_reading == Decimal(12)


def test_a_replaced_meter_hands_over_its_reading(world, meter, by_li):
    successor = actions.replace_meter(meter, end_reading=Decimal(700), code="0501-1", on=TODAY, seen=1, **by_li)
    meter.refresh_from_db()
    assert (meter.ended_on, meter.last_reading, successor.replaces_id, successor.medium, successor.digits) == (
        TODAY,
        Decimal(700),
        meter.pk,
        "water",
        5,
    )
    assert told(meter)[-1][1] == {
        "meter_id": meter.pk,
        "successor_id": successor.pk,
        "before": "0318-2204",
        "after": "0501-1",
        "end": "700",
        "start": "0",
    }
    with pytest.raises(places.Ended):
        actions.read_meter(meter, reading=Decimal(701), read_on=TODAY, seen=2, **by_li)


def test_replacing_refuses_a_taken_number_and_a_low_end(world, meter, by_li):
    with pytest.raises(estates.CodeTaken):
        actions.replace_meter(meter, end_reading=Decimal(700), code="0318-2204", on=TODAY, seen=1, **by_li)
    with pytest.raises(meters.Backwards):
        actions.replace_meter(meter, end_reading=Decimal(1), code="new", on=TODAY, seen=1, **by_li)
    with pytest.raises(meters.BadMultiplier):
        actions.replace_meter(meter, end_reading=Decimal(700), code="new", multiplier=Decimal(0), on=TODAY, seen=1, **by_li)
    assert Meter.objects.get().ended_on is None


def test_a_meter_is_taken_down_for_good(world, meter, by_li):
    actions.end_meter(meter, end_reading=Decimal(9), on=TODAY, seen=1, **by_li)
    assert told(meter)[-1] == ("estate.MeterEnded", {"meter_id": meter.pk, "code": "0318-2204", "end": "9"})


def test_meters_are_kept_by_who_may(world, meter, by_wang):
    with pytest.raises(NotAllowed):
        actions.add_meter(world.flat, code="x", medium="power", key=uuid4(), **by_wang)
    with pytest.raises(NotAllowed):
        actions.read_meter(meter, reading=Decimal(10), read_on=TODAY, seen=1, **by_wang)
    with pytest.raises(NotAllowed):
        actions.replace_meter(meter, end_reading=Decimal(10), code="y", on=TODAY, seen=1, **by_wang)
    with pytest.raises(NotAllowed):
        actions.end_meter(meter, end_reading=Decimal(10), on=TODAY, seen=1, **by_wang)
    assert not queries.meters(world.zhao.actor).exists()


@pytest.fixture
def point(world, by_li):
    return actions.add_checkpoint(world.building, code="B1-05", name="3 号楼大堂", key=uuid4(), **by_li)


def test_a_checkpoint_has_a_plate_that_can_be_replaced(world, point, by_li):
    old = point.token
    assert queries.checkpoint_of_token(old) == point
    actions.reissue_checkpoint(point, seen=1, **by_li)
    assert (queries.checkpoint_of_token(old), queries.checkpoint_of_token(point.token)) == (None, point)
    actions.end_checkpoint(point, on=TODAY, seen=2, **by_li)
    assert queries.checkpoint_of_token(point.token) is None
    assert [name for name, _payload in told(point)] == ["estate.CheckpointAdded", "estate.CheckpointReissued", "estate.CheckpointEnded"]
    for act in (actions.reissue_checkpoint, lambda row, **rest: actions.end_checkpoint(row, on=TODAY, **rest)):
        with pytest.raises(places.Ended):
            act(point, seen=3, **by_li)


def test_checkpoints_refuse_a_taken_code_an_old_view_and_who_may_not(world, point, by_li, by_wang):
    with pytest.raises(estates.CodeTaken):
        actions.add_checkpoint(world.flat, code="B1-05", name="", key=uuid4(), **by_li)
    with pytest.raises(Stale):
        actions.reissue_checkpoint(point, seen=5, **by_li)
    with pytest.raises(NotAllowed):
        actions.add_checkpoint(world.flat, code="B1-06", name="", key=uuid4(), **by_wang)
    with pytest.raises(NotAllowed):
        actions.end_checkpoint(point, on=TODAY, seen=1, **by_wang)
    assert queries.checkpoint_of_token("") is None


@pytest.fixture
def grid(world, by_li):
    return actions.draw_grid(world.estate, code="W1", name="东片", key=uuid4(), **by_li)


@pytest.mark.clause("D-114")
def test_every_place_lies_in_the_grid_nearest_above_it(world, grid, line, stairs, by_li):
    assert queries.without_grid(world.li.actor, world.estate).count() == 4
    actions.fill_grid(grid, places=[world.building], seen=1, **by_li)
    inner = actions.draw_grid(world.estate, code="W2", name="西片", key=uuid4(), **by_li)
    actions.fill_grid(inner, places=[line[0]], seen=1, **by_li)

    assert (queries.grid_of(world.flat), queries.grid_of(line[0]), queries.grid_of(world.other_flat)) == (grid, inner, None)
    assert queries.without_grid(world.li.actor, world.estate).count() == 0
    assert told(grid)[-1] == ("estate.GridFilled", {"grid_id": grid.pk, "code": "W1", "place_ids": [world.building.pk]})
    assert [each.code for each in queries.grids(world.wang.actor, world.estate)] == ["W1", "W2"]
    assert not queries.grids(world.zhao.actor, world.estate).exists()


def test_grids_refuse_what_is_taken_foreign_unchanged_or_gone(world, grid, by_li, by_wang):
    actions.fill_grid(grid, places=[world.building], seen=1, **by_li)
    other = actions.draw_grid(world.estate, code="W2", name="", key=uuid4(), **by_li)
    with pytest.raises(grids.InAnotherGrid, match="东片"):
        actions.fill_grid(other, places=[world.building], seen=1, **by_li)
    with pytest.raises(ledger.NotHere):
        actions.fill_grid(other, places=[world.other_flat], seen=1, **by_li)
    with pytest.raises(estates.NothingChanged):
        actions.fill_grid(grid, places=[world.building], seen=2, **by_li)
    with pytest.raises(Stale):
        actions.fill_grid(grid, places=[world.flat], seen=1, **by_li)
    with pytest.raises(NotAllowed):
        actions.fill_grid(grid, places=[], seen=2, **by_wang)
    with pytest.raises(NotAllowed):
        actions.draw_grid(world.estate, code="W3", name="", key=uuid4(), **by_wang)
    with pytest.raises(estates.CodeTaken):
        actions.draw_grid(world.estate, code="W2", name="", key=uuid4(), **by_li)
    actions.end_grid(grid, on=TODAY, seen=2, **by_li)
    assert not GridPlace.objects.filter(grid=grid).exists()
    with pytest.raises(places.Ended):
        actions.end_grid(grid, on=TODAY, seen=3, **by_li)
