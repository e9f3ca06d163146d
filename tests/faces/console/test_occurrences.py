"""本月, a day, 工作台, and the three acts: what they show, to whom, and what they refuse."""

from __future__ import annotations

import io
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from guanjia.domain.standards import actions, queries
from tests import make
from tests.conftest import at
from tests.domain.standards.plans import BUILDINGS, SYSTEM, adopt, clause
from tests.world import model

NOW = at("2026-03-20 12:00")


@pytest.fixture
def desk(client, world, clock):
    """李主管 at her desk on a Friday noon; yesterday was missed."""
    clock.stop(NOW)
    make.place(world.estate, "5/", kind="building", name="5 号楼")
    adopt(
        world.estate,
        clause("T-1", "times=1;per=day", BUILDINGS, evidence=("checklist", "photo")),
        clause("T-2", "times=1;per=month", post="保洁员"),
        clause("T-3", "interval=configurable"),
    )
    client.force_login(world.li.user)
    return client


def ref(world, code="T-1", day="2026-03-20"):
    begin = date.fromisoformat(day)
    return str(queries.due(SYSTEM, world.estate, begin, begin.replace(day=begin.day + 1), now=NOW, codes=[code]).items[0].ref)


def text(response):
    return response.content.decode()


def test_the_month_shows_each_day_in_words_and_what_is_missing(desk, world):
    page = text(desk.get(reverse("console:month")))

    assert "2026 年 3 月应做" in page
    assert "漏 2" in page
    assert "T-3 T-3 应做的事 还缺参数" in page
    assert page.count('class="calendar__day"') == 42  # six weeks touch March 2026


@pytest.mark.parametrize("by", ["clause", "place", "person"])
def test_the_month_is_told_by_clause_place_and_person(desk, world, by):
    page = text(desk.get(reverse("console:month"), {"by": by}))

    assert {"clause": "T-1 应做的事", "place": "5 号楼", "person": "没有人在此岗位"}[by] in page


def test_the_month_narrows_to_a_clause_a_place_and_a_person(desk, world):
    month = reverse("console:month")

    assert text(desk.get(month, {"clause": "T-2"})).count("漏 ") == 0
    assert "漏 1" in text(desk.get(month, {"place": world.building.pk}))
    assert desk.get(month, {"place": world.other_flat.pk}).status_code == 404
    assert desk.get(month, {"person": world.zhao.member.pk}).status_code == 404
    assert desk.get(month, {"person": world.wang.member.pk}).status_code == 200


def test_a_panel_is_answered_without_its_page(desk):
    answer = text(desk.get(reverse("console:month"), headers={"HX-Request": "true", "HX-Request-Type": "partial"}))

    assert answer.lstrip().startswith('<div class="stack" id="month">')


@pytest.mark.parametrize("query", [{"day": "2026-13-45"}, {"month": "x"}, {"by": "moon", "page": "zz"}, {"day": "0001-01-01"}])
def test_a_strange_address_falls_back_to_today(desk, query):
    assert "2026 年 3 月应做" in text(desk.get(reverse("console:month"), query))


def test_a_day_lists_groups_and_then_single_occurrences(desk, world):
    day = reverse("console:day")

    groups = text(desk.get(day, {"day": "2026-03-19"}))
    rows = text(desk.get(day, {"day": "2026-03-19", "clause": "T-1"}))

    assert "T-1 应做的事" in groups
    assert rows.count("漏做") >= 2
    assert "3 号楼" in rows
    assert reverse("console:completions") in rows


def test_who_may_only_look_sees_no_acts(client, world, clock, desk):
    post = make.post(world.company, "看", permissions=["standards.view"])
    model("staff.Appointment").objects.create(member=world.wang.member, post=post, estate=world.estate, began_on=date(2026, 1, 1))
    client.force_login(world.wang.user)

    page = text(client.get(reverse("console:day"), {"day": "2026-03-19", "clause": "T-1"}))

    assert reverse("console:completions") not in page
    assert client.get(reverse("console:completions"), {"ref": ref(world)}).status_code == 403


def test_my_list_names_the_clause_and_leads_to_it(client, world, desk):
    post = make.post(world.company, "看", permissions=["standards.view"])
    model("staff.Appointment").objects.create(member=world.wang.member, post=post, estate=world.estate, began_on=date(2026, 1, 1))
    client.force_login(world.wang.user)

    page = text(client.get("/"))

    assert "我的待办" in page
    assert "T-1 应做的事" in page
    assert "0 / 2" in page


def test_the_supervisor_sees_what_was_missed_and_what_is_nobodys(desk, world):
    page = text(desk.get("/"))

    assert "昨天漏做" in page
    assert "漏 2" in page
    assert "今天无人负责" in page


def test_recording_asks_for_proof_and_leads_back(desk, world):
    address = f"{reverse('console:completions')}?ref={ref(world)}"

    empty = desk.post(address, {"done_at": "2026-03-20T10:00", "kind": "checklist", "note": ""})
    done = desk.post(
        address, {"done_at": "2026-03-20T10:00", "kind": "checklist", "note": "XJ-0320-1", "next": "/standards/day/?day=2026-03-20"}
    )

    assert empty.status_code == 422
    assert (done.status_code, done["Location"]) == (303, "/standards/day/?day=2026-03-20")
    row = model("standards.Occurrence").objects.get()
    assert (row.state, row.evidence, row.done_by) == ("done", [{"kind": "checklist", "note": "XJ-0320-1"}], world.li.user)


def test_a_photo_is_kept_as_evidence(desk, world, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    picture = io.BytesIO()
    Image.new("RGB", (40, 30), "white").save(picture, "PNG")
    address = f"{reverse('console:completions')}?ref={ref(world)}"

    without = desk.post(address, {"done_at": "2026-03-20T10:00", "kind": "photo", "note": "楼道已扫"})
    upload = SimpleUploadedFile("a.png", picture.getvalue(), content_type="image/png")
    done = desk.post(address, {"done_at": "2026-03-20T10:00", "kind": "photo", "note": "楼道已扫", "photo": upload})

    assert (without.status_code, done.status_code) == (422, 303)
    row = model("standards.Occurrence").objects.get()
    assert row.state == "done"
    assert {item["kind"] for item in row.evidence} == {"photo"}
    assert model("files.File").objects.filter(about_type="standards.Occurrence", about_id=row.pk).count() == 1


def test_a_scan_names_a_checkpoint_that_exists(desk, world):
    adopt(world.estate, clause("T-7", "times=1;per=day", evidence=("scan",)), on=date(2026, 3, 20), edition="2")
    building = world.building
    model("estate.Checkpoint").objects.create(estate=world.estate, place=building, code="B1-05", name="1 号", token="t1")
    address = f"{reverse('console:completions')}?ref={ref(world, 'T-7')}"

    wrong = desk.post(address, {"done_at": "2026-03-20T10:00", "kind": "scan", "note": "B9-99"})
    right = desk.post(address, {"done_at": "2026-03-20T10:00", "kind": "scan", "note": "b1-05"})

    assert (wrong.status_code, right.status_code) == (422, 303)


def test_a_refusal_is_said_on_the_form(desk, world):
    address = f"{reverse('console:completions')}?ref={ref(world)}"

    answer = desk.post(address, {"done_at": "2026-03-20T13:00", "kind": "checklist", "note": "1"})

    assert answer.status_code == 422
    assert "完成时间不能晚于现在" in text(answer)


def test_a_missed_one_is_recorded_as_late(desk, world):
    address = f"{reverse('console:completions')}?ref={ref(world, day='2026-03-19')}"

    desk.post(address, {"done_at": "2026-03-20T10:00", "kind": "checklist", "note": "补做"})

    assert model("standards.Occurrence").objects.get().state == "late"


def test_assigning_and_excusing_have_their_pages(desk, world):
    assign = desk.post(f"{reverse('console:assignments')}?ref={ref(world)}", {"to": world.wang.member.pk})
    excuse = desk.post(f"{reverse('console:excuses')}?ref={ref(world, 'T-1', '2026-03-19')}", {"reason": "停水"})

    assert (assign.status_code, excuse.status_code) == (303, 303)
    rows = model("standards.Occurrence").objects.order_by("pk").values_list("state", "assigned_to", "reason")
    assert list(rows) == [("due", world.wang.member.pk, ""), ("excused", None, "停水")]
    assert "王海涛" in text(desk.get(reverse("console:assignments"), {"ref": ref(world)}))


@pytest.mark.parametrize("name", ["completions", "assignments", "excuses"])
def test_an_occurrence_that_the_plan_does_not_have_does_not_exist(desk, world, name):
    for wrong in ("x", "T-1~place:0~1065000000~1", "T-9~estate:1~1~1", f"{ref(world)}9"):
        assert desk.get(reverse(f"console:{name}"), {"ref": wrong}).status_code == 404
    assert desk.get(reverse(f"console:{name}")).status_code == 302


def test_nobody_is_led_to_a_foreign_page(desk, world):
    answer = desk.post(f"{reverse('console:excuses')}?ref={ref(world)}", {"reason": "停水", "next": "https://example.org/standards/"})

    assert answer["Location"] == reverse("console:month")


def test_another_estate_shows_nothing_of_ours(client, world, desk):
    client.force_login(world.zhao.user)

    page = text(client.get(reverse("console:month")))

    assert "T-1" not in page
    assert client.get(reverse("console:completions"), {"ref": ref(world)}).status_code == 404


def test_pages_cost_the_same_queries_at_one_and_three_targets(desk, world, django_assert_max_num_queries):
    desk.get(reverse("console:month"))
    for path in ("7/", "8/"):
        make.place(world.estate, path, kind="building", name=path)
    actions.record_done(world.estate, "T-1", f"place:{world.building.pk}", done_at=NOW, evidence=[{"kind": "photo"}], actor=SYSTEM, at=NOW)
    for address in (reverse("console:month"), f"{reverse('console:day')}?day=2026-03-20&clause=T-1", "/"):
        with django_assert_max_num_queries(32):
            desk.get(address)
