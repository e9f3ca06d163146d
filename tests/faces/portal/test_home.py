"""首页 of a resident: the home, who looks after it, what was promised and done; nothing of anybody else."""

from dataclasses import replace

import pytest

from guanjia.domain.standards import actions
from tests import make
from tests.conftest import at
from tests.domain.standards.plans import SYSTEM, adopt, clause
from tests.faces.kit.test_budgets import BUDGETS, cost
from tests.world import model

NOW = "2026-03-03 09:00"


@pytest.fixture
def zhang(client, world, clock):
    clock.stop(at(NOW))
    client.force_login(world.zhang.user)
    return client


def page(client, address="/portal/"):
    return client.get(address).content.decode()


def done(world, code, when, late=False):
    target = f"estate:{world.estate.pk}"
    actions.record_done(world.estate, code, target, done_at=at(when), evidence=[], actor=SYSTEM, at=at(when))


def daily(code="T-1", subject="大堂每日清洁"):
    return replace(clause(code, "times=1;per=day"), subject=subject, quote=subject)


def test_a_stranger_is_sent_to_the_residents_door(client, db):
    response = client.get("/portal/")
    assert (response.status_code, response["Location"]) == (302, "/portal/sign-in/?next=/portal/")


def test_the_home_its_estate_and_the_greeting_are_shown(zhang, world):
    shown = page(zhang)
    assert [words in shown for words in ("锦和苑 · 管家", "3-2-1501", "上午好，张女士", "业主")] == [True] * 4


def test_the_steward_of_the_grid_is_named_and_nobody_without_one(zhang, world):
    assert "您家的服务管家" not in page(zhang)
    grid = model("estate.Grid").objects.create(estate=world.estate, code="G1", name="一号网格")
    model("estate.GridPlace").objects.create(estate=world.estate, grid=grid, place=world.building)
    model("staff.Stewardship").objects.create(estate=world.estate, grid=grid, member=world.li.member, began_on="2026-01-01")
    assert "管家 李敏" in page(zhang)


def test_what_was_done_late_and_missed_this_month_is_counted_misses_first(zhang, world):
    adopt(world.estate, daily(), daily("T-2", "设备房每日巡查"))
    done(world, "T-1", "2026-03-01 08:00")
    done(world, "T-1", "2026-03-02 08:00")
    done(world, "T-2", "2026-03-01 08:00")
    shown = page(zhang)
    assert ["3 月承诺按时做到 75.0%" in shown, "1 条没做好" in shown, "漏 1 次" in shown] == [True, True, True]
    everything = page(zhang, "/portal/standards/")
    assert everything.index("设备房每日巡查") < everything.index("大堂每日清洁")
    assert ["按时 2" in everything, "漏 1" in everything, "还没到期 1" in everything] == [True, True, True]


def test_what_is_open_today_is_held_against_nobody(zhang, world):
    adopt(world.estate, daily())
    done(world, "T-1", "2026-03-01 08:00")
    done(world, "T-1", "2026-03-02 08:00")
    assert "3 月承诺按时做到 100.0%" in page(zhang)


def test_without_a_plan_the_pages_say_what_will_stand_there(zhang, world):
    assert "3 月还没有到期的承诺" in page(zhang)
    assert "这个月还没有应做的承诺" in page(zhang, "/portal/standards/")


def test_one_of_several_homes_is_chosen_and_kept(zhang, world):
    shop = make.flat(world.other_estate, "9/1/101/")
    party = make.party(world.other_estate, "张美玲", user=world.zhang.user)
    make.occupancy(shop, party, relation="tenant")
    response = zhang.post("/portal/home-choice/", {"place": shop.pk})
    assert (response.status_code, response["Location"]) == (303, "/portal/")
    assert "云汀里 · 管家" in page(zhang)


def test_a_flat_comes_before_a_parking_space(zhang, world):
    space = make.place(world.estate, "1/B1-001/", kind="parking", name="B1-001", label="B1-001")
    make.occupancy(space, world.zhang.party)
    shown = page(zhang)
    assert ["B1-001" in shown, shown.index("3-2-1501") < shown.index("B1-001")] == [True, True]


def test_a_home_that_is_not_mine_does_not_exist(zhang, world):
    assert [zhang.post("/portal/home-choice/", {"place": each}).status_code for each in (world.other_flat.pk, "x", "")] == [404, 404, 400]


def test_a_home_left_behind_is_not_shown(zhang, world):
    old = make.flat(world.estate, "5/1/202/")
    make.occupancy(old, world.zhang.party, relation="tenant", ended_on=at("2026-02-01 00:00").date())
    assert "5-1-202" not in page(zhang)


@pytest.mark.parametrize("address", ["/portal/", "/portal/standards/", "/portal/me/"])
def test_a_page_stays_within_the_residents_budget(zhang, world, address):
    adopt(world.estate, *[daily(f"T-{n}", f"第 {n} 项服务承诺，每天一次，有记录可查") for n in range(120)])
    spent = cost(page(zhang, address))
    assert {name: size for name, size in spent.items() if size > BUDGETS["portal"][name]} == {}, spent


def test_the_home_asks_the_database_a_fixed_number_of_times(zhang, world, django_assert_max_num_queries):
    adopt(world.estate, *[daily(f"T-{n}") for n in range(20)])
    page(zhang)
    with django_assert_max_num_queries(26):
        page(zhang)


def test_the_manifest_names_the_app_and_where_it_starts(client, db):
    about = client.get("/portal/manifest.webmanifest").json()
    assert (about["start_url"], about["scope"], about["display"], len(about["icons"])) == ("/portal/", "/portal/", "standalone", 2)
