"""Whatever is done to a chain behind the application's back is found."""

import json
import random
from contextlib import contextmanager
from datetime import timedelta
from importlib import import_module
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from guanjia.domain.trail import ports, queries
from guanjia.domain.trail.rules import GENESIS
from tests.domain.trail.test_trail import paint
from tests.world import model

guards = import_module("guanjia.domain.trail.migrations.0002_append_only")
COLUMNS = ["at", "actor_id", "actor_name", "company_id", "name", "about_type", "about_id", "place_id", "payload", "prev_hash", "hash"]


@contextmanager
def unguarded():
    """Be an attacker who owns the database: no trigger, and everything undone afterwards."""
    with transaction.atomic(), connection.cursor() as cursor:
        guards.allow(cursor, connection.vendor)
        yield model("trail.Entry").objects
        guards.forbid(cursor, connection.vendor)
        transaction.set_rollback(True)


@pytest.fixture
def written(world):
    """Three chains of acts."""
    for number in range(12):
        paint(world.flat, colour=f"第 {number} 遍", places=(number,))
        paint(world.other_flat, colour=number)
        if number % 3 == 0:
            paint(world.company, by=world.li.actor)
    return world


def edit(entries, chance):
    entry = chance.choice(list(entries.all()))
    column = chance.choice(COLUMNS)
    old = getattr(entry, column)
    if column == "at":
        new = old + timedelta(microseconds=chance.choice([1, -1, 3_600_000_000]))
    elif column in {"prev_hash", "hash"}:
        new = chance.choice([other for other in [*entries.values_list("hash", flat=True), GENESIS] if other != old])
    elif column == "payload":
        new = {**old, "colour": "白"}
    else:
        new = (old or 0) + 1 if column.endswith("_id") else f"{old}x"
    entries.filter(pk=entry.pk).update(**{column: new})


def delete(entries, chance):
    entries.filter(pk=chance.choice(list(entries.values_list("pk", flat=True)))).delete()


def cut_the_tail(entries, chance):
    entry = chance.choice(list(entries.all()))
    entries.filter(estate_id=entry.estate_id, seq__gte=entry.seq).delete()


def insert(entries, chance):
    entry = chance.choice(list(entries.all()))
    entry.pk = None
    entry.seq = entries.filter(estate_id=entry.estate_id).count() + chance.choice([1, 1, 5])
    entry.save(force_insert=True)


def insert_in_between(entries, chance):
    entry = chance.choice(list(entries.all()))
    for later in entries.filter(estate_id=entry.estate_id, seq__gte=entry.seq).order_by("-seq"):
        entries.filter(pk=later.pk).update(seq=later.seq + 1)
    entry.pk, entry.payload = None, {"colour": "红"}
    entry.save(force_insert=True)


def swap(entries, chance):
    entry = chance.choice(list(entries.filter(seq__gt=1)))
    before = entries.get(estate_id=entry.estate_id, seq=entry.seq - 1)
    entries.filter(pk=before.pk).update(seq=-1)
    entries.filter(pk=entry.pk).update(seq=before.seq)
    entries.filter(pk=before.pk).update(seq=entry.seq)


def move_to_another_chain(entries, chance):
    entry = chance.choice(list(entries.all()))
    entries.filter(pk=entry.pk).update(estate_id=entry.estate_id + 100_000)


def forget_a_chain(entries, chance):
    estate_id = chance.choice(list(entries.values_list("estate_id", flat=True)))
    entries.filter(estate_id=estate_id).delete()


def set_the_head_back(entries, chance):
    head = chance.choice(list(model("trail.Head").objects.all()))
    model("trail.Head").objects.filter(pk=head.pk).update(seq=head.seq - 1)


ATTACKS = [
    edit,
    edit,
    edit,
    delete,
    cut_the_tail,
    insert,
    insert_in_between,
    swap,
    move_to_another_chain,
    forget_a_chain,
    set_the_head_back,
]


def test_an_untouched_record_holds(written):
    assert queries.chains() == ports.Outcome(checked=28)


def test_every_one_of_three_hundred_attacks_is_found(written):
    missed = []
    for number in range(300):
        chance = random.Random(number)
        attack = ATTACKS[number % len(ATTACKS)]
        with unguarded() as entries:
            attack(entries, chance)
            if not queries.chains().wrong:
                missed.append((number, attack.__name__))
    assert missed == []
    assert queries.chains() == ports.Outcome(checked=28)


def test_the_first_break_is_named_by_chain_and_number(written):
    chain = written.estate.pk
    with unguarded() as entries:
        entries.filter(estate_id=chain, seq=4).update(name="trail.Nothing")
        assert queries.chains() == ports.Outcome(28, 1, f"chain {chain} entry 4: content does not match its hash")


def test_verify_answers_json_and_fails_when_something_is_off(written, monkeypatch):
    def verify():
        out = StringIO()
        try:
            call_command("verify", "--format", "json", stdout=out)
        except SystemExit as end:
            return end.code, json.loads(out.getvalue())["checks"]
        return 0, json.loads(out.getvalue())["checks"]

    status, checks = verify()
    assert status == 0
    assert {"name": "trail.chain", "checked": 28, "wrong": 0, "first": ""} in checks
    assert {"name": "accounts.actors", "checked": 1, "wrong": 0, "first": ""} in checks
    assert {"name": "files.hashes", "checked": 0, "wrong": 0, "first": ""} in checks

    monkeypatch.setitem(ports._checks, "estate.colours", lambda: ports.Outcome(3, 1, "place 7 is blue"))
    status, checks = verify()
    assert status == 1
    assert {"name": "estate.colours", "checked": 3, "wrong": 1, "first": "place 7 is blue"} in checks


def test_a_row_that_points_at_nothing_is_found(world, monkeypatch):
    field = model("parties.Phone")._meta.get_field("party")
    monkeypatch.setattr(field, "db_constraint", False)
    whole = queries.references()
    assert whole.wrong == 0

    from tests import make

    make.party(world.estate, "陈静", phone="13800138000")
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA defer_foreign_keys = ON")
        phone = model("parties.Phone").objects.get()
        model("parties.Phone").objects.update(party_id=987_654_321)
        assert queries.references() == ports.Outcome(
            queries.references().checked, 1, f"parties.Phone {phone.pk}: party 987654321 does not exist"
        )
        transaction.set_rollback(True)
