"""The record of facts: what is written, in which chain, and that the database refuses to change it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from guanjia.domain.trail import queries
from guanjia.kernel import commands, events
from guanjia.kernel.actor import Actor, Grant
from guanjia.kernel.errors import KeyReused
from tests.conftest import at
from tests.world import model, told

MORNING = at("2026-03-02 09:00")


@dataclass(frozen=True)
class Painted:
    """Stands for any fact of any app."""

    colour: str
    places: tuple[int, ...] = ()


Painted.__module__ = "guanjia.domain.trail.events"


def paint(where, colour="青", by=None, estate_id=None, **facts):
    with transaction.atomic():
        events.announce(Painted(colour, **facts), about=where, actor=by or Actor.system("test"), at=MORNING, estate_id=estate_id)


def entries():
    return list(model("trail.Entry").objects.order_by("pk"))


def test_a_fact_is_written_with_who_when_about_what_and_where(world):
    paint(world.flat, by=world.li.actor, places=(2, 1))

    (entry,) = entries()
    assert (entry.estate_id, entry.seq, entry.at, entry.name) == (world.estate.pk, 1, MORNING, "trail.Painted")
    assert (entry.actor_id, entry.actor_name, entry.company_id) == (world.li.user.pk, "", world.company.pk)
    assert (entry.about_type, entry.about_id, entry.place_id) == ("estate.Place", world.flat.pk, world.flat.pk)
    assert entry.payload == {"colour": "青", "places": [2, 1]}
    assert told(world.flat) == [("trail.Painted", {"colour": "青", "places": [2, 1]})]


def test_each_estate_has_its_own_chain_and_company_acts_go_to_chain_0(world):
    paint(world.flat)
    paint(world.other_flat)
    paint(world.flat)
    paint(world.estate)
    paint(world.company, by=world.li.actor)
    paint(None, estate_id=world.other_estate.pk)

    assert [(entry.estate_id, entry.seq) for entry in entries()] == [
        (world.estate.pk, 1),
        (world.other_estate.pk, 1),
        (world.estate.pk, 2),
        (world.estate.pk, 3),
        (0, 1),
        (world.other_estate.pk, 2),
    ]
    assert {entry.company_id for entry in entries()} == {world.company.pk}


def test_values_are_kept_as_json_that_reads_back_equal_on_every_database(world):
    paint(world.flat, colour=(Decimal("1.50"), date(2026, 3, 2), UUID(int=7), frozenset({3, 1}), None, True))
    assert entries()[0].payload["colour"] == ["1.50", "2026-03-02", "00000000-0000-0000-0000-000000000007", [1, 3], None, True]


def test_a_float_is_refused_because_databases_disagree_about_it(world):
    with pytest.raises(TypeError, match="float has no place in the trail"):
        paint(world.flat, colour=0.1)


def test_an_undone_transaction_leaves_neither_entry_nor_gap(world):
    undone = transaction.savepoint()
    paint(world.flat)
    transaction.savepoint_rollback(undone)

    paint(world.flat)

    assert [entry.seq for entry in entries()] == [1]


@pytest.mark.parametrize(
    "attack",
    [
        "UPDATE trail_entry SET name = 'x'",
        "DELETE FROM trail_entry",
        "DELETE FROM trail_head",
        "UPDATE trail_head SET seq = 0",
        "UPDATE trail_head SET seq = seq + 2",
    ],
)
def test_the_database_itself_refuses_to_change_what_was_written(world, attack):
    paint(world.flat)
    with pytest.raises(DatabaseError, match=r"append-only|only moves forward"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(attack)
    assert len(entries()) == 1


def test_an_entry_cannot_be_replaced_under_its_own_number(world):
    paint(world.flat)
    (entry,) = entries()
    verb = "INSERT OR REPLACE INTO" if connection.vendor == "sqlite" else "INSERT INTO"
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"{verb} trail_entry SELECT * FROM trail_entry WHERE id = %s", [entry.pk])
    if connection.vendor == "postgresql":
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("TRUNCATE trail_entry")


def test_the_log_is_read_by_who_holds_the_permission_and_no_further(world):
    paint(world.flat)
    paint(world.other_flat)
    paint(world.company, by=world.li.actor)

    def sees(*grants):
        actor = Actor(user_id=1, name="x", company_id=world.company.pk, grants=grants)
        return sorted(entry.estate_id for entry in queries.log(actor))

    may = frozenset({"trail.view"})
    here, there = world.estate.pk, world.other_estate.pk
    assert sees() == []
    assert sees(Grant(may, estate_ids=frozenset({here}))) == [here]
    assert sees(Grant(may, estate_ids=frozenset({here}), path="3/")) == []
    assert sees(Grant(may, company_id=world.company.pk)) == sorted([0, here, there])
    assert sees(Grant(may, company_id=world.company.pk + 1)) == []


def test_a_timeline_tells_one_thing_or_one_place_newest_first(world):
    paint(world.flat, "青")
    paint(world.building, "白")
    paint(world.flat, "黑")

    assert [entry.payload["colour"] for entry in queries.timeline(world.li.actor, about=world.flat)] == ["黑", "青"]
    assert [entry.payload["colour"] for entry in queries.timeline(world.li.actor, place=world.building)] == ["白"]
    assert queries.timeline(world.li.actor, place=world.flat, names=("trail.Other",)).count() == 0
    stranger = Actor(user_id=9, name="x", company_id=world.company.pk + 1)
    assert queries.timeline(stranger, about=world.flat).count() == 0


def test_a_command_has_its_effect_once(world):
    key, done = uuid4(), []

    def send(body, by=world.li.actor):
        return commands.once(key, actor=by, at=MORNING, body=body, do=lambda: done.append(1) or {"number": len(done)})

    assert [send({"a": 1}), send({"a": 1})] == [{"number": 1}, {"number": 1}]
    with pytest.raises(KeyReused):
        send({"a": 2})
    with pytest.raises(KeyReused):
        send({"a": 1}, by=world.wang.actor)
    assert done == [1]


def test_a_command_that_failed_may_be_sent_again(world):
    key = uuid4()

    def fail():
        raise RuntimeError

    with pytest.raises(RuntimeError):
        commands.once(key, actor=world.li.actor, at=MORNING, body=1, do=fail)
    assert commands.once(key, actor=world.li.actor, at=MORNING, body=1, do=lambda: "done") == "done"
