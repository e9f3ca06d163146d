"""Rotating keys re-seals every row, whatever the table, and changes no text and no index."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from guanjia.kernel import rotation, vault
from tests.world import model


@pytest.fixture
def key_file(settings, tmp_path) -> Path:
    settings.GUANJIA_KEYS = ""
    settings.GUANJIA_KEY_FILE = str(tmp_path / "keys")
    vault.forget_keys()
    yield Path(settings.GUANJIA_KEY_FILE)
    vault.forget_keys()


@pytest.fixture
def phones(key_file, world):
    for number in ("13812345678", "13912345678", "13712345678"):
        model("parties.Phone").objects.create(
            estate=world.estate, party=world.zhang.party, number=number, number_index=vault.blind(number, context="x"), tail_index="t"
        )
    return model("parties.Phone").objects.order_by("pk")


def shown() -> dict:
    out = StringIO()
    call_command("keys", format="json", stdout=out)
    return json.loads(out.getvalue())


def test_every_sealed_column_of_the_apps_is_known(db):
    labels = {column.label for column in rotation.columns()}
    assert {"parties.Phone.number", "parties.Party.id_number", "accounts.User.phone", "staff.Member.phone"} <= labels


def test_rotation_reseals_all_rows_and_keeps_texts_and_indexes(phones):
    before = list(phones.values_list("number", "number_index"))
    call_command("keys", "rotate", stdout=StringIO(), stderr=StringIO())
    assert shown()["columns"]["parties.Phone.number"] == {"2": 3}
    assert list(phones.values_list("number", "number_index")) == before


def test_rotation_works_in_batches_and_repeating_it_adds_nothing(phones, monkeypatch):
    monkeypatch.setattr(rotation, "BATCH", 2)
    vault.add_key()
    assert rotation.reseal() == 3
    assert rotation.reseal() == 0


def test_a_key_in_use_is_not_dropped_and_an_unused_one_is(phones):
    vault.add_key()
    with pytest.raises(CommandError, match="1"):
        call_command("keys", "drop", "1", stdout=StringIO(), stderr=StringIO())
    rotation.reseal()
    call_command("keys", "drop", "1", stdout=StringIO(), stderr=StringIO())
    assert phones[0].number == "13812345678"
    assert shown()["current"] == 2


def test_a_row_that_does_not_open_stops_the_rotation_loudly(phones, key_file):
    good = key_file.read_text()
    key_file.unlink()
    vault.forget_keys()
    with pytest.raises(CommandError):
        call_command("keys", "rotate", stdout=StringIO(), stderr=StringIO())
    key_file.write_text(good)
    vault.forget_keys()
    assert phones[0].number == "13812345678"


def test_a_sealed_column_cannot_be_searched(world):
    with pytest.raises(TypeError, match="blind index"):
        list(model("parties.Phone").objects.filter(number="13812345678"))
