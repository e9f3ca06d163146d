"""条款库 and one clause's page: what is shown, searched, changed and refused."""

from datetime import date

import pytest

from guanjia.domain.standards import actions, queries
from guanjia.domain.standards.rules import library
from tests.conftest import at
from tests.world import model

NOW = at("2026-03-16 09:00")
TODAY = date(2026, 3, 16)


@pytest.fixture
def adopted(world, clock, client):
    clock.stop(NOW)
    who = {"actor": world.li.actor, "at": NOW}
    plan = actions.load(library.builtin(), estate=world.estate, **who)
    actions.adopt(world.estate, plan, began_on=date(2026, 2, 1), **who)
    client.force_login(world.li.user)
    return world.estate


def text_of(response):
    return response.content.decode()


def test_an_estate_without_a_plan_is_told_what_to_do(client, world, clock):
    clock.stop(NOW)
    client.force_login(world.li.user)
    assert "锦和苑还没有采用服务方案" in text_of(client.get("/standards/"))
    assert client.get("/standards/A-203/").status_code == 404


def test_the_library_shows_promise_words_frequency_and_who_serves(client, adopted):
    shown = text_of(client.get("/standards/?q=A-203"))
    assert all(words in shown for words in ("排水6月至9月每半月检查一次", "6–9 月 每半月", "工程部", "自动排期", "整个小区"))
    assert "A-204" not in shown


def test_filters_find_what_the_table_holds(client, adopted):
    table = {
        "": 1084,
        "kind=cadence": 119,
        "kind=sla": 33,
        "state=missing": 1,
        "state=aside": 0,
        "capability=repair&kind=report": 4,
        "q=围墙": 4,
        "q=消防泵+启动": 1,
        "q=没有这样的字": 0,
        "state=nonsense": 1084,
        "post=监控岗&kind=cadence": 4,
    }
    for query, number in table.items():
        shown = text_of(client.get(f"/standards/?{query}"))
        assert f"共 {number:,} 条" in shown if number else "没有符合条件的条款" in shown, query


def test_a_panel_answers_the_filter_and_a_workbook_the_export(client, adopted):
    panel = text_of(client.get("/standards/?kind=sla", headers={"HX-Request": "true", "HX-Request-Type": "partial"}))
    assert panel.lstrip().startswith('<section class="card card--clip" id="clauses">')
    book = client.get("/standards/?kind=sla&format=xlsx")
    assert book["Content-Type"].endswith("spreadsheetml.sheet")


def test_the_page_of_a_clause_tells_words_values_targets_and_months(client, adopted):
    shown = text_of(client.get("/standards/A-218/"))
    for words in (
        "每周对供水设备检查三次以上",
        "times",
        "每周 ≥3 次",
        "台账里还没有登记「每个供水水泵」",
        "plan:A-218",
        "2026-03",
        "2026-02",
    ):
        assert words.replace("times", "次数") in shown
    assert "2026-01" not in shown  # the plan was not in force


def test_done_and_missed_days_stand_in_the_strip(client, adopted, world):
    shown = text_of(client.get("/standards/A-206/"))
    assert "应做 2，按时 0，迟做 0，漏做 2" in shown  # both halves of February went by


def test_a_clause_says_when_it_is_ours_and_why(client, adopted):
    shown = text_of(client.get("/standards/A-130/"))
    assert "管家默认" in shown
    assert "每季度一次，和质量分析会同一节奏" in shown


def test_a_missing_value_is_named(client, adopted):
    assert "还差「首批入住日期」" in text_of(client.get("/standards/B-060/"))


def test_conflicting_documents_are_shown_beside_the_clause(client, adopted):
    assert "来源文件说法不一：楼梯扶手" in text_of(client.get("/standards/A-384/"))


def test_an_override_is_made_shown_and_taken_back(client, adopted, world):
    change = {"act": "change", "times": "2", "per": "half_month", "began_on": "2026-03-16", "reason": "业委会要求"}
    response = client.post("/standards/A-206/", change)
    assert (response.status_code, response["Location"]) == (303, "/standards/A-206/")
    assert [row.values for row in queries.overrides(world.li.actor, adopted, "A-206")] == [{"times": "2"}]
    shown = text_of(client.get("/standards/A-206/"))
    assert "业委会要求" in shown
    assert "每半月 2 次" in shown
    assert client.post("/standards/A-206/", {"act": "restore", "back-began_on": "2026-04-01", "back-reason": "恢复"}).status_code == 303
    assert queries.term_of(adopted, "A-206", date(2026, 4, 1)).params["times"] == "1"


def test_a_refused_change_comes_back_with_its_reason(client, adopted, world):
    table = {
        "应为 0 到 1000 的整数": {"times": "many"},
        "请填写要调整的值": {"times": "1"},
        "只能从今天或以后开始调整": {"times": "2", "began_on": "2026-03-01"},
        "这个字段是必填项": {"times": "2", "reason": ""},
    }
    for said, change in table.items():
        response = client.post("/standards/A-206/", {"act": "change", "began_on": "2026-03-16", "reason": "合同", **change})
        assert (response.status_code, said in text_of(response)) == (422, True), said
    assert not queries.overrides(world.li.actor, adopted, "A-206")


@pytest.mark.parametrize(("who", "status"), [("li", 303), ("wang", 404), ("zhao", 404)])
def test_only_who_may_adopt_here_changes_a_clause(client, adopted, world, who, status):
    client.force_login(getattr(world, who).user)
    change = {"act": "change", "times": "2", "began_on": "2026-03-16", "reason": "合同"}
    assert client.post("/standards/A-206/", change).status_code == status
    assert queries.overrides(world.li.actor, adopted, "A-206").count() == (status == 303)


def test_the_library_costs_as_many_queries_for_any_number_of_clauses(client, adopted, django_assert_max_num_queries):
    client.get("/standards/")
    with django_assert_max_num_queries(16):
        client.get("/standards/")
    for number in range(3):
        model("standards.Override").objects.create(
            estate=adopted, code=f"A-20{number + 2}", values={"times": "2"}, reason="x", began_on=TODAY, made_at=NOW
        )
    with django_assert_max_num_queries(16):
        client.get("/standards/")
