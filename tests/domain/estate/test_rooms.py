"""Premises split, merged, vacated: the history stays."""

from datetime import date
from decimal import Decimal

import pytest

from guanjia.domain.estate import actions, queries
from guanjia.domain.estate.actions import estates, places, rooms
from guanjia.domain.estate.models import Place, Vacancy
from guanjia.kernel.errors import NotAllowed, Stale
from tests.domain.estate.conftest import TODAY
from tests.world import told

HALVES = [("1501", Decimal("60.00")), ("1501A", Decimal("58.62"))]


def test_a_split_keeps_the_whole_in_the_history_of_each_part(world, by_li):
    actions.set_vacancy(world.flat, state="occupied", began_on=date(2020, 6, 1), seen=1, **by_li)
    parts = actions.split_premises(world.flat, into=HALVES, on=TODAY, seen=world.flat.version, **by_li)

    assert [(part.label, part.premises.area_m2, part.floor_label) for part in parts] == [
        ("3-2-1501", Decimal("60.00"), "15"),
        ("3-2-1501A", Decimal("58.62"), "15"),
    ]
    assert Place.objects.get(pk=world.flat.pk).ended_on == TODAY
    assert [(row.before_id, row.after_id) for row in queries.history(world.li.actor, parts[1])] == [
        (world.flat.pk, part.pk) for part in parts
    ]
    assert list(Vacancy.objects.filter(place=parts[0]).values_list("state", "began_on", "ended_on")) == [("occupied", TODAY, None)]
    assert told(world.flat)[-1] == (
        "estate.PremisesSplit",
        {
            "place_id": world.flat.pk,
            "into": [part.pk for part in parts],
            "label": "3-2-1501",
            "labels": "3-2-1501、3-2-1501A",
            "on": "2026-03-02",
        },
    )


def test_a_merger_adds_the_areas_and_may_keep_a_code(world, add, stairs, by_li):
    beside = add("premises", "1502", stairs, area_m2=Decimal("81.38"))
    merged = actions.merge_premises([world.flat, beside], code="1501", on=TODAY, seen=[world.flat.version, beside.version], **by_li)

    assert (merged.label, merged.premises.area_m2) == ("3-2-1501", Decimal("200.00"))
    assert {row.before_id for row in queries.history(world.li.actor, merged)} == {world.flat.pk, beside.pk}
    assert [hit.place.pk for hit in queries.find(world.li.actor, world.estate, "3-2-1501")] == [merged.pk]
    assert told(merged)[0][0] == "estate.PremisesMerged"


def test_history_reaches_through_generations(world, by_li):
    parts = actions.split_premises(world.flat, into=HALVES, on=TODAY, seen=1, **by_li)
    again = actions.merge_premises(parts, code="1501", on=date(2026, 3, 3), seen=[part.version for part in parts], **by_li)
    assert len(queries.history(world.li.actor, again)) == 4
    assert queries.history(world.zhao.actor, again) == []


@pytest.mark.parametrize(
    ("into", "refusal"),
    [
        ([("1501", Decimal("118.62"))], rooms.TooFew),
        ([("1501", Decimal(60)), ("1502", Decimal(60))], rooms.AreaDiffers),
        ([("1501", Decimal("118.62")), ("1502", None)], rooms.AreaDiffers),
        ([("1501", Decimal("60.00")), ("1501", Decimal("58.62"))], estates.CodeTaken),
        ([("1501", Decimal("60.00")), ("15 2", Decimal("58.62"))], estates.BadCode),
    ],
)
def test_a_split_that_does_not_sum_is_refused_whole(world, by_li, into, refusal):
    with pytest.raises(refusal):
        actions.split_premises(world.flat, into=into, on=TODAY, seen=1, **by_li)
    assert queries.present(world.li.actor, world.estate).filter(kind="premises").get() == world.flat


def test_only_rooms_of_one_building_become_one(world, add, line, by_li):
    villa = add("building", "8", building_type="villa")
    house = add("premises", "101", villa)
    with pytest.raises(rooms.NotTogether):
        actions.merge_premises([world.flat, house], code="1501", on=TODAY, seen=[1, 1], **by_li)
    with pytest.raises(rooms.TooFew):
        actions.merge_premises([world.flat], code="1501", on=TODAY, seen=[1], **by_li)
    with pytest.raises(Stale):
        actions.merge_premises([world.flat, line[2]], code="1501", on=TODAY, seen=[1, 9], **by_li)


def test_changing_shape_needs_the_permission(world, line, by_wang):
    with pytest.raises(NotAllowed):
        actions.split_premises(world.flat, into=HALVES, on=TODAY, seen=1, **by_wang)
    with pytest.raises(NotAllowed):
        actions.merge_premises([world.flat, line[0]], code="1501", on=TODAY, seen=[1, 1], **by_wang)
    with pytest.raises(NotAllowed):
        actions.set_vacancy(world.flat, state="vacant", began_on=TODAY, seen=1, **by_wang)


@pytest.mark.clause("A-163")
def test_use_changes_with_history(world, by_li):
    actions.set_vacancy(world.flat, state="occupied", began_on=date(2020, 6, 1), seen=1, **by_li)
    actions.set_vacancy(world.flat, state="vacant", began_on=TODAY, seen=2, **by_li)

    rows = queries.vacancies(world.flat).values_list("state", "began_on", "ended_on")
    assert list(rows) == [("vacant", TODAY, None), ("occupied", date(2020, 6, 1), TODAY)]
    assert told(world.flat)[-1] == (
        "estate.VacancyChanged",
        {"place_id": world.flat.pk, "before": "occupied", "state": "vacant", "state_label": "空置", "began_on": "2026-03-02"},
    )


def test_use_refuses_the_same_the_past_an_old_view_and_what_nobody_owns(world, by_li):
    actions.set_vacancy(world.flat, state="occupied", began_on=TODAY, seen=1, **by_li)
    with pytest.raises(estates.NothingChanged):
        actions.set_vacancy(world.flat, state="occupied", began_on=date(2026, 4, 1), seen=2, **by_li)
    with pytest.raises(rooms.TooEarly):
        actions.set_vacancy(world.flat, state="vacant", began_on=TODAY, seen=2, **by_li)
    with pytest.raises(Stale):
        actions.set_vacancy(world.flat, state="vacant", began_on=date(2026, 4, 1), seen=1, **by_li)
    with pytest.raises(rooms.NotPremises):
        actions.set_vacancy(world.building, state="vacant", began_on=TODAY, seen=1, **by_li)
    room = actions.split_premises(world.flat, into=HALVES, on=TODAY, seen=2, **by_li)
    assert room
    with pytest.raises(places.Ended):
        actions.set_vacancy(world.flat, state="vacant", began_on=date(2026, 4, 1), seen=3, **by_li)
