"""Guarded moves: only from the right state, only from the version that the person saw."""

import pytest
from django.db import connection, models
from django.test.utils import isolate_apps

from guanjia.kernel.errors import IllegalMove, Stale
from guanjia.kernel.states import Move, move, revise

MOVES = {"close": Move({"open", "waiting"}, to="closed"), "wait": Move({"open"}, to="waiting")}


@pytest.fixture
def thing(db):
    with isolate_apps("guanjia.kernel"):

        class Thing(models.Model):
            MOVES = MOVES
            state = models.CharField(max_length=8, default="open")
            version = models.PositiveIntegerField(default=1)
            note = models.CharField(max_length=20, default="")

            class Meta:
                app_label = "kernel"

        with connection.cursor() as cursor:
            cursor.execute("CREATE TEMPORARY TABLE kernel_thing (id integer primary key, state text, version integer, note text)")
        yield Thing.objects.create(pk=1)
        with connection.cursor() as cursor:
            cursor.execute("DROP TABLE kernel_thing")


def facts(thing) -> tuple[str, int, str]:
    return type(thing).objects.values_list("state", "version", "note").get(pk=thing.pk)


def test_a_move_changes_state_version_and_facts_at_once(thing):
    move(thing, "close", seen=1, note="done")
    assert (thing.state, thing.version, thing.note) == facts(thing) == ("closed", 2, "done")


def test_a_verb_that_the_state_does_not_know_is_refused(thing):
    move(thing, "close", seen=1)
    with pytest.raises(IllegalMove):
        move(thing, "wait", seen=2)
    assert facts(thing) == ("closed", 2, "")


def test_who_saw_an_older_version_is_told_so(thing):
    move(thing, "wait", seen=1)
    with pytest.raises(Stale):
        move(thing, "close", seen=1)
    assert facts(thing) == ("waiting", 2, "")


def test_two_who_saw_the_same_version_cannot_both_win(thing):
    again = type(thing).objects.get(pk=thing.pk)
    move(thing, "close", seen=1, note="first")
    with pytest.raises(Stale):
        move(again, "close", seen=1, note="second")
    assert facts(thing) == ("closed", 2, "first")


def test_a_revision_is_guarded_in_the_same_way(thing):
    revise(thing, seen=1, note="new")
    with pytest.raises(Stale):
        revise(thing, seen=1, note="newer")
    assert facts(thing) == ("open", 2, "new")
