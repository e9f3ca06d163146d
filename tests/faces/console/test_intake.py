"""The import wizard: template, upload, preview, confirmation, result, undo."""

from __future__ import annotations

import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from guanjia.domain.intake.rules import judging, reader
from guanjia.domain.intake.states import State
from tests.conftest import at
from tests.domain.intake import dirt
from tests.domain.intake.test_import import ALL, bring, counted, workbook
from tests.world import model

NOW = at("2026-11-21 10:00")
HOME = "/settings/intake/"


@pytest.fixture
def desk(client, world, clock):
    client.force_login(world.li.user)
    clock.stop(NOW)
    return client


@pytest.fixture
def send(desk, django_capture_on_commit_callbacks):
    def send(data: bytes, name: str = "资料.xlsx"):
        with django_capture_on_commit_callbacks(execute=True):
            answer = desk.post(HOME, {"file": SimpleUploadedFile(name, data), "key": str(uuid.uuid4())})
        assert answer.status_code == 303, answer.content.decode()
        return model("intake.Batch").objects.get(pk=int(answer["Location"].strip("/").rsplit("/", 1)[1]))

    return send


def press(client, batch, what: str, capture=None, **values):
    batch.refresh_from_db()
    url = f"{HOME}{batch.pk}/{what}/"
    if capture is None:
        return client.post(url, {"seen": batch.version, **values})
    with capture(execute=True):
        return client.post(url, {"seen": batch.version, **values})


def test_a_clean_workbook_goes_from_upload_to_result_and_back(desk, send, django_capture_on_commit_callbacks):
    before = counted()
    batch = send(workbook(**ALL))
    assert batch.state == State.JUDGED
    assert counted() == before
    page = desk.get(f"{HOME}{batch.pk}/").content.decode()
    assert "确认导入" in page
    assert "138****1111" in page
    assert "13800001111" not in page

    assert press(desk, batch, "confirmation", django_capture_on_commit_callbacks).status_code == 303
    batch.refresh_from_db()
    assert batch.state == State.DONE
    assert "撤销这个批次" in desk.get(f"{HOME}{batch.pk}/").content.decode()

    assert press(desk, batch, "undo").status_code == 303
    assert counted() == before


def test_every_bad_cell_is_shown_marked_and_nothing_is_imported(desk, send, django_capture_on_commit_callbacks):
    before = counted()
    batch = send(dirt.build())
    page = desk.get(f"{HOME}{batch.pk}/").content.decode()
    for fault in model("intake.Fault").objects.filter(batch=batch, level="error"):
        assert fault.message in page

    refused = press(desk, batch, "confirmation", django_capture_on_commit_callbacks)
    assert refused.status_code == 422
    assert "行有错" in refused.content.decode()
    assert counted() == before

    copy = desk.get(f"{HOME}{batch.pk}/annotated/")
    assert judging.judge(reader.read("copy.xlsx", copy.content))[0]

    assert press(desk, batch, "confirmation", django_capture_on_commit_callbacks, skip_bad_rows="on").status_code == 303
    batch.refresh_from_db()
    assert batch.state == State.DONE


def test_the_same_file_twice_is_noticed(desk, send, world):
    data = workbook(**ALL)
    bring(world.estate, data)

    page = desk.get(f"{HOME}{send(data).pk}/").content.decode()

    assert "已经导入过" in page
    assert "和现有资料一样，没有变化" in page


def test_a_file_that_is_no_workbook_says_why(desk, send):
    batch = send(b"%PDF-1.7", "a.xlsx")

    assert "这不是 Excel 表格" in desk.get(f"{HOME}{batch.pk}/").content.decode()


def test_a_file_too_large_or_missing_is_refused_at_once(desk, monkeypatch):
    assert desk.post(HOME, {"key": str(uuid.uuid4())}).status_code == 422
    monkeypatch.setattr("guanjia.domain.intake.rules.limits.PACKED_BYTES", 3)
    assert desk.post(HOME, {"file": SimpleUploadedFile("a.csv", b"1234"), "key": str(uuid.uuid4())}).status_code == 422


def test_the_progress_panel_is_polled_and_leads_on_when_done(desk, world):
    batch = model("intake.Batch").objects.create(
        estate=world.estate, file_name="a.xlsx", sha256="0", size=1, made_at=NOW, state=State.RUNNING, phase="compare", done=1, total=2
    )
    partial = {"HX-Request": "true", "HX-Request-Type": "partial"}
    panel = desk.get(f"{HOME}{batch.pk}/", headers=partial).content.decode()
    assert 'value="55"' in panel
    assert "和现有资料比对" in panel
    model("intake.Batch").objects.update(state=State.FAILED, failure="坏了")
    assert desk.get(f"{HOME}{batch.pk}/", headers=partial)["HX-Location"] == f"{HOME}{batch.pk}/"


def test_a_dead_worker_s_batch_can_be_started_again_or_dropped(desk, world, send, django_capture_on_commit_callbacks):
    batch = send(workbook(**ALL))
    model("intake.Batch").objects.filter(pk=batch.pk).update(state=State.RUNNING)

    assert press(desk, batch, "restart", django_capture_on_commit_callbacks).status_code == 303
    batch.refresh_from_db()
    assert batch.state == State.DONE

    other = send(workbook(**ALL))
    assert press(desk, other, "drop").status_code == 303
    assert not model("intake.Upload").objects.filter(batch=other).exists()


def test_undo_that_is_not_possible_says_what_stands_in_the_way(desk, world):
    batch = bring(world.estate, workbook(**ALL))
    model("parties.Party").objects.filter(name="周明").update(version=2)

    answer = press(desk, batch, "undo")

    assert answer.status_code == 422
    assert "1 条住户后来改过" in answer.content.decode()


def test_the_template_is_a_workbook(desk):
    assert reader.read("t.xlsx", desk.get(f"{HOME}template/").content).sheets


@pytest.mark.parametrize(("who", "status"), [("li", 200), ("wang", 404), ("zhao", 404)])
def test_only_who_may_import_here_sees_a_batch(client, world, clock, who, status):
    batch = bring(world.estate, workbook(**ALL))
    client.force_login(getattr(world, who).user)
    clock.stop(NOW)

    assert client.get(f"{HOME}{batch.pk}/").status_code == status
