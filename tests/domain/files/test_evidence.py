"""Evidence is stored once, under a random name, before its row; whoever tampers with it is found out."""

import io
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.db import transaction

from guanjia.domain.files import actions, ports, queries
from guanjia.domain.files.rules import BadFile, sha256
from guanjia.kernel.actor import Actor
from guanjia.kernel.errors import NotAllowed
from tests.conftest import at
from tests.domain.files.test_rules import PDF, camera_exif, picture
from tests.world import model, told

MORNING = at("2026-03-02 09:30")


@pytest.fixture
def folder(evidence_folder):
    return evidence_folder


def attach(world, data=None, name="漏水.jpg", about=None):
    return actions.attach(about or world.flat, data=data or picture(exif=camera_exif()), name=name, actor=world.wang.actor, at=MORNING)


def test_a_photo_is_kept_with_its_moment_its_hash_and_a_small_copy(world, folder):
    sent = picture(exif=camera_exif())
    file = attach(world, sent)

    assert (file.about_type, file.about_id, file.estate_id, file.by_id) == (
        "estate.Place",
        world.flat.pk,
        world.estate.pk,
        world.wang.user.pk,
    )
    assert (file.kind, file.media_type, file.width, file.height, file.name) == ("photo", "image/jpeg", 640, 480, "漏水.jpg")
    assert (file.captured_at, file.received_at) == (at("2026-03-02 09:15"), MORNING)
    assert file.received_sha256 == sha256(sent)
    assert file.sha256 == sha256((folder / file.storage_key).read_bytes())
    assert (folder / file.thumbnail_key).stat().st_size < 25 * 1024
    assert told(world.flat) == [("files.FileAttached", {"file_id": file.pk, "sha256": file.sha256})]


def test_names_on_the_disk_are_random_without_ending_and_closed_to_others(world, folder):
    file = attach(world)
    path = folder / file.storage_key
    assert Path(file.storage_key).suffix == ""
    assert "漏水" not in file.storage_key
    assert (oct(path.stat().st_mode)[-3:], oct(path.parent.stat().st_mode)[-3:]) == ("600", "700")


def test_the_same_bytes_for_the_same_thing_are_one_file_however_often_they_are_sent(world):
    first, again, elsewhere = attach(world), attach(world), attach(world, about=world.building)
    assert (first.pk == again.pk, first.pk == elsewhere.pk, model("files.File").objects.count()) == (True, False, 2)


def test_a_refused_file_leaves_nothing_behind(world, folder):
    with pytest.raises(BadFile):
        attach(world, b"<svg/>", "a.svg")
    assert (list(folder.rglob("*")), model("files.File").objects.count()) == ([], 0)


def test_a_thing_takes_thirty_files_and_no_more(world, monkeypatch):
    monkeypatch.setattr(actions, "MOST_PER_THING", 2)
    for number in (1, 2):
        attach(world, PDF + b"%" * number, "a.pdf")
    with pytest.raises(BadFile, match="这里已有 2 个文件，不能再加"):
        attach(world, PDF, "a.pdf")


@pytest.mark.parametrize(("who", "sees", "adds"), [("li", True, True), ("wang", True, False), ("zhao", False, False)])
def test_who_sees_the_place_sees_its_files_and_who_edits_it_adds(world, who, sees, adds):
    file = attach(world)
    actor = getattr(world, who).actor
    assert (queries.visible(actor, file.pk) is not None) is sees
    if adds:
        assert actions.upload(world.flat, file=io.BytesIO(PDF), name="合同.pdf", actor=actor, at=MORNING).name == "合同.pdf"
    else:
        with pytest.raises(NotAllowed):
            actions.upload(world.flat, file=io.BytesIO(PDF), name="合同.pdf", actor=actor, at=MORNING)


def test_what_nobody_answers_for_is_seen_by_nobody(world):
    model("files.File").objects.filter(pk=attach(world).pk).update(about_type="estate.Unknown")
    assert queries.visible(Actor.system(), model("files.File").objects.get().pk) is None
    assert ports.subject(world.li.actor, "estate.Unknown", 1) is None


def test_a_changed_or_missing_file_is_found(world, folder):
    kept, changed, lost = attach(world), attach(world, PDF, "a.pdf"), attach(world, PDF + b" ", "b.pdf")
    assert queries.hashes().wrong == 0
    (folder / changed.storage_key).write_bytes(PDF.replace(b"1.7", b"1.6"))
    (folder / lost.storage_key).unlink()

    outcome = queries.hashes()

    assert (outcome.checked, outcome.wrong, outcome.first) == (3, 2, f"file {changed.pk}: is not what was stored")
    (folder / kept.thumbnail_key).unlink()
    assert queries.hashes().wrong == 3


def test_a_file_without_a_row_is_found_and_swept_after_a_day(world, folder):
    undone = transaction.savepoint()
    attach(world)
    transaction.savepoint_rollback(undone)
    kept = attach(world, PDF, "a.pdf")

    assert (queries.orphans().checked, queries.orphans().wrong) == (3, 2)
    now = default_storage.get_modified_time(kept.storage_key)
    assert actions.sweep(at=now) == 0
    assert actions.sweep(at=now + actions.ORPHAN_AFTER * 2) == 2
    assert queries.orphans().wrong == 0
    assert queries.content(kept).read() == PDF
