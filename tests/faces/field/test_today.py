"""我的一天: what the clauses of my post make due, in the order in which it ends; doing it leaves a record with its evidence."""

from dataclasses import replace
from datetime import date
from urllib.parse import quote

import pytest

from tests import make
from tests.conftest import at
from tests.domain.standards.plans import BUILDINGS, adopt, clause
from tests.world import model

MORNING = "2026-03-20 09:00"


@pytest.fixture
def wang(client, world, clock):
    """王师傅 is signed in, on the morning of a day in force; his post may record."""
    post = world.wang.member.appointments.get().post
    post.permissions = [*post.permissions, "standards.record"]
    post.save()
    clock.stop(at(MORNING))
    client.force_login(world.wang.user)
    return client


def rounds(code="T-1", params="times=1;per=day", target=None, evidence=(), subject="泵房日巡"):
    return replace(clause(code, params, target, evidence=tuple(evidence)), subject=subject)


def page(client, address="/field/today/"):
    return client.get(address).content.decode()


def ref(world, code="T-1", key=None):
    from guanjia.domain.standards import queries

    return next(
        str(item.ref)
        for item in queries.my_day(world.wang.actor_at(at(MORNING)), world.estate, at=at(MORNING)).items
        if item.promise.code == code
    )


def test_a_day_without_a_plan_says_what_will_come(wang, world):
    shown = page(wang)
    assert ["今天没有排给你的事" in shown, "下一项" in shown] == [True, False]


def test_what_is_due_is_greeted_counted_and_named(wang, world):
    adopt(world.estate, rounds(subject="泵房日巡"), rounds("T-2", "times=1;per=month", subject="月度试运行"))
    shown = page(wang)
    assert [words in shown for words in ("上午好，王海涛", "3月20日 周五", "下一项", "泵房日巡", "条款 T-1")] == [True] * 5


def test_many_places_of_one_clause_are_one_line_that_opens(wang, world):
    make.place(world.estate, "5/", kind="building", name="5 号楼")
    adopt(world.estate, rounds(target=BUILDINGS, subject="外墙巡查"))
    assert "/field/today/T-1/" in page(wang)
    inside = page(wang, "/field/today/T-1/")
    assert ["3 号楼" in inside, "5 号楼" in inside, inside.count("/field/occurrence/?ref=")] == [True, True, 2]


def test_places_stand_in_the_order_in_which_people_count(wang, world):
    for number in (10, 2):
        make.place(world.estate, f"{number}/", kind="building", name=f"{number} 号楼", label=f"{number} 号楼")
    adopt(world.estate, rounds(target=BUILDINGS))
    inside = page(wang, "/field/today/T-1/")
    assert inside.index("2 号楼") < inside.index("3 号楼") < inside.index("10 号楼")


def test_recording_with_evidence_meets_the_occurrence_and_returns_to_the_day(wang, world):
    adopt(world.estate, rounds(evidence=["checklist"]))
    body = {"kind": "checklist", "text": "8 项正常", "key": "6f1c9f2e-6f0b-4b7e-9a52-6f0c8a0b1d11"}
    response = wang.post(f"/field/occurrence/?ref={quote(ref(world))}", body)
    row = model("standards.Occurrence").objects.get()
    assert (response.status_code, response["Location"]) == (303, "/field/today/")
    assert (row.state, row.done_by_id, row.evidence) == ("done", world.wang.user.pk, [{"kind": "checklist", "text": "8 项正常"}])
    assert "做完的" in page(wang)


def test_sending_the_same_form_twice_records_once(wang, world):
    adopt(world.estate, rounds(evidence=["checklist"]))
    address = f"/field/occurrence/?ref={quote(ref(world))}"
    body = {"kind": "checklist", "text": "8 项正常", "key": "6f1c9f2e-6f0b-4b7e-9a52-6f0c8a0b1d11"}
    wang.post(address, body)
    wang.post(address, body)
    assert model("standards.Occurrence").objects.count() == 1


def test_a_scan_must_name_a_checkpoint_of_this_estate(wang, world):
    adopt(world.estate, rounds(evidence=["scan"]))
    model("estate.Checkpoint").objects.create(estate=world.other_estate, place=world.other_flat, code="X1", name="别处", token="x1")
    response = wang.post(
        f"/field/occurrence/?ref={quote(ref(world))}", {"kind": "scan", "text": "x1", "key": "6f1c9f2e-6f0b-4b7e-9a52-6f0c8a0b1d12"}
    )
    assert (response.status_code, "没找到这个点位。请核对点位牌上的编号" in response.content.decode()) == (422, True)
    assert model("standards.Occurrence").objects.count() == 0


def test_without_the_permission_there_is_no_form_and_no_record(client, world, clock):
    adopt(world.estate, rounds(evidence=["checklist"]))
    clock.stop(at(MORNING))
    client.force_login(world.wang.user)
    address = f"/field/occurrence/?ref={quote(ref(world))}"
    assert "记录完成" not in page(client, address)
    client.post(address, {"kind": "checklist", "text": "x", "key": "6f1c9f2e-6f0b-4b7e-9a52-6f0c8a0b1d13"})
    assert model("standards.Occurrence").objects.count() == 0


def test_an_occurrence_that_is_not_mine_leads_back_to_my_day(wang, world):
    adopt(world.estate, clause("T-9", "times=1;per=day", post="保洁员"))
    assert [wang.get(f"/field/occurrence/?ref={r}").status_code for r in ("T-9~estate:1~1~1", "nonsense", "")] == [302, 302, 302]
    assert wang.get("/field/today/T-9/").status_code == 302


def test_the_order_is_by_the_end_of_the_period(wang, world):
    adopt(world.estate, rounds("T-1", "times=31;per=month", subject="月底的"), rounds("T-2", subject="今天的"))
    shown = page(wang)
    assert shown.index("今天的") < shown.index("月底的")


def test_the_page_of_a_full_day_stays_within_its_budget(wang, world):
    from tests.faces.kit.test_budgets import BUDGETS, cost

    for number in range(10, 50):
        make.place(world.estate, f"{number}/", kind="building", name=f"{number} 号楼")
    adopt(world.estate, *[rounds(f"T-{n}", target=BUILDINGS, subject=f"第 {n} 项巡查") for n in range(30)])
    spent = cost(page(wang))
    assert {name: size for name, size in spent.items() if size > BUDGETS["field"][name]} == {}, spent


def test_the_words_for_when_and_until():
    from types import SimpleNamespace

    from guanjia.domain.standards.rules.cadence import Slot
    from guanjia.faces.field.today import day
    from guanjia.kernel.periods import to_minute

    def item(began, ended, suggested, minute=-1):
        return SimpleNamespace(
            slot=Slot(to_minute(at(began)), to_minute(at(ended)), 1, 1, date.fromisoformat(suggested).toordinal(), minute)
        )

    today = date(2026, 3, 20)
    daily = item("2026-03-20 00:00", "2026-03-21 00:00", "2026-03-20")
    shift = item("2026-03-20 08:00", "2026-03-20 20:00", "2026-03-20")
    month = item("2026-03-01 00:00", "2026-04-01 00:00", "2026-03-20")
    timed = item("2026-03-20 00:00", "2026-03-21 00:00", "2026-03-20", minute=570)
    assert [day.when(each, today) for each in (daily, shift, month, timed)] == ["今天", "20:00", "03-31", "09:30"]
    assert [day.until(each) for each in (daily, shift, month)] == ["03-20 当天结束前", "03-20 20:00 前", "03-31 当天结束前"]


def jpeg():
    from io import BytesIO

    from django.core.files.uploadedfile import SimpleUploadedFile
    from PIL import Image

    buffer = BytesIO()
    Image.new("RGB", (640, 480), "teal").save(buffer, "JPEG")
    return SimpleUploadedFile("pump.jpg", buffer.getvalue(), "image/jpeg")


def test_a_photo_is_kept_with_the_record_and_seen_by_who_may_record_there(wang, world):
    adopt(world.estate, rounds(evidence=["photo"]))
    body = {"kind": "photo", "text": "", "file": jpeg(), "key": "6f1c9f2e-6f0b-4b7e-9a52-6f0c8a0b1d14"}
    response = wang.post(f"/field/occurrence/?ref={quote(ref(world))}", body)
    row = model("standards.Occurrence").objects.get()
    file = model("files.File").objects.get()
    assert (response.status_code, row.state, row.evidence) == (303, "done", [{"kind": "photo", "text": "pump.jpg"}])
    assert (file.about_type, file.about_id, file.kind) == ("standards.Occurrence", row.pk, "photo")
    assert wang.get(f"/files/{file.pk}/").status_code == 200
    wang.force_login(world.zhao.user)
    assert wang.get(f"/files/{file.pk}/").status_code == 404


def test_a_picture_that_is_none_undoes_the_record(wang, world):
    from django.core.files.uploadedfile import SimpleUploadedFile

    adopt(world.estate, rounds(evidence=["photo"]))
    body = {"kind": "photo", "file": SimpleUploadedFile("pump.jpg", b"not a picture at all", "image/jpeg")}
    response = wang.post(f"/field/occurrence/?ref={quote(ref(world))}", {**body, "key": "6f1c9f2e-6f0b-4b7e-9a52-6f0c8a0b1d15"})
    assert (response.status_code, model("standards.Occurrence").objects.count(), model("files.File").objects.count()) == (422, 0, 0)


def test_a_kind_without_its_proof_is_asked_for(wang, world):
    adopt(world.estate, rounds(evidence=["photo", "checklist"]))
    address = f"/field/occurrence/?ref={quote(ref(world))}"
    key = "6f1c9f2e-6f0b-4b7e-9a52-6f0c8a0b1d16"
    assert "请拍一张照片" in wang.post(address, {"kind": "photo", "key": key}).content.decode()
    assert "请写下检查结果" in wang.post(address, {"kind": "checklist", "text": " ", "key": key}).content.decode()
    assert model("standards.Occurrence").objects.count() == 0
