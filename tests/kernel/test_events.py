"""Facts are announced inside the transaction of the action, and reactions share it."""

from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from django.db import transaction

from guanjia.kernel import events
from guanjia.kernel.actor import Actor

AT = datetime(2026, 3, 2, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Dropped:
    """Something fell."""

    thing_id: int


@pytest.fixture
def heard(monkeypatch):
    told: list[tuple[str, object, int | None]] = []

    def sink(event, *, name, about, actor, at, estate_id):
        told.append((name, event, estate_id))

    monkeypatch.setattr(events, "_sink", [sink])
    monkeypatch.setitem(events._reactions, Dropped, [])
    return told


def test_the_fact_is_on_record_before_anybody_reacts(heard, db):
    @events.when(Dropped)
    def react(event, *, actor, at):
        heard.append(("reaction", event, None))

    with transaction.atomic():
        events.announce(Dropped(7), actor=Actor.system(), at=AT, estate_id=3)

    assert heard == [("test_events.Dropped", Dropped(7), 3), ("reaction", Dropped(7), None)]


def test_the_row_that_it_concerns_chooses_the_chain(heard, world):
    with transaction.atomic():
        events.announce(Dropped(7), about=world.flat, actor=Actor.system(), at=AT)
    assert heard == [("test_events.Dropped", Dropped(7), world.estate.pk)]


@pytest.mark.django_db(transaction=True)
def test_nothing_is_announced_outside_a_transaction(heard):
    with pytest.raises(RuntimeError):
        events.announce(Dropped(7), actor=Actor.system(), at=AT)
    assert heard == []


def test_a_reaction_registered_twice_reacts_once(heard, db):
    calls = []

    def react(event, *, actor, at):
        calls.append(event)

    events.when(Dropped)(react)
    events.when(Dropped)(react)
    with transaction.atomic():
        events.announce(Dropped(1), actor=Actor.system(), at=AT)
    assert calls == [Dropped(1)]
