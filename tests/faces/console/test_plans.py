"""服务标准: plans loaded, adopted, compared and retired in the browser; what the estate decides."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from guanjia.domain.standards import actions, queries
from guanjia.domain.standards.rules import library, planfile
from tests.conftest import at

NOW = at("2026-03-16 09:00")
SMALL = """format = 1

[plan]
code = "own"
name = "本公司方案"
edition = "1"

[[parameter]]
code = "rain"
label = "雨天"
value = "6-9"
clauses = ["X-1"]
default_by = "company"
why = "当地气象"

[[clause]]
id = "X-1"
section = "一"
quote = "每月检查一次"
kind = "cadence"
actor = "工程部"
subject = "每月检查"
params = "times=1;per=month"
record = ""
capability = "rounds"
target = { of = "estate" }
"""


@pytest.fixture
def desk(client, world, clock):
    clock.stop(NOW)
    client.force_login(world.li.user)
    return client


@pytest.fixture
def small(world):
    return actions.load(planfile.read(SMALL), estate=world.estate, actor=world.li.actor, at=NOW)


def upload(client, text, name="plan.toml"):
    content = text if isinstance(text, bytes) else text.encode()
    return client.post("/settings/plans/", {"file": SimpleUploadedFile(name, content)})


def text_of(response):
    return response.content.decode()


def test_the_built_in_plan_is_loaded_with_one_button(desk, world):
    assert "载入内置方案" in text_of(desk.get("/settings/plans/"))
    response = desk.post("/settings/plans/", {"builtin": "on"})
    [shelved] = queries.shelf(world.li.actor)
    assert (response.status_code, response["Location"]) == (303, f"/settings/plans/{shelved.plan.pk}/")
    assert shelved.clauses == 1084
    assert "载入内置方案" not in text_of(desk.get("/settings/plans/"))


def test_an_uploaded_plan_is_adopted_and_listed(desk, world):
    where = upload(desk, SMALL)["Location"]
    response = desk.post(where, {"act": "adopt", "began_on": "2026-03-01"})
    assert (response.status_code, response["Location"]) == (303, "/settings/plans/")
    shown = text_of(desk.get("/settings/plans/"))
    assert all(words in shown for words in ("本公司方案", "2026-03-01", "执行中", "在用"))
    assert queries.adopted(world.estate, date(2026, 3, 1)).code == "own"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            SMALL.replace('kind = "cadence"', 'kind = "rhythm"'),
            ["文件里有 1 处要改", '<td data-label="行" class="num-col">20</td>', "类别「rhythm」不认识"],
        ),
        ("not toml", ["文件里有 1 处要改", "不是合法的 TOML"]),
        ("方案".encode("gbk"), ["文件不是 UTF-8 文字"]),
    ],
)
def test_a_flawed_file_comes_back_with_its_lines_and_nothing_is_kept(desk, world, text, said):
    response = upload(desk, text)
    assert (response.status_code, [words for words in said if words not in text_of(response)]) == (422, [])
    assert queries.shelf(world.li.actor) == []


def test_no_file_is_a_refusal(desk, world):
    response = desk.post("/settings/plans/", {})
    assert (response.status_code, "请选择方案文件" in text_of(response)) == (422, True)


def test_an_edition_with_other_content_is_refused_in_place(desk, small):
    response = upload(desk, SMALL.replace("每月检查一次", "每月查一次"))
    assert (response.status_code, "已经载入过，内容不同" in text_of(response)) == (422, True)


def test_a_day_gone_by_is_refused_once_a_plan_runs(desk, world, small):
    actions.adopt(world.estate, small, began_on=date(2026, 1, 1), actor=world.li.actor, at=NOW)
    second = actions.load(planfile.read(SMALL.replace('edition = "1"', 'edition = "2"')), estate=world.estate, actor=world.li.actor, at=NOW)
    response = desk.post(f"/settings/plans/{second.pk}/", {"act": "adopt", "began_on": "2026-03-01"})
    assert (response.status_code, "新版只能从今天或以后开始" in text_of(response)) == (422, True)


def test_two_editions_are_compared(desk, world, small):
    text = SMALL.replace('edition = "1"', 'edition = "2"').replace("times=1;per=month", "times=2;per=month")
    second = actions.load(
        planfile.read(text + SMALL[SMALL.index("[[clause]]") :].replace("X-1", "X-2")), estate=world.estate, actor=world.li.actor, at=NOW
    )
    shown = text_of(desk.get(f"/settings/plans/diff/?before={small.pk}&after={second.pk}"))
    assert all(words in shown for words in ("原文参数", "times=1;per=month", "times=2;per=month", "新增的", "X-2"))
    assert "两版内容相同" in text_of(desk.get(f"/settings/plans/diff/?before={small.pk}&after={small.pk}"))
    assert desk.get(f"/settings/plans/diff/?before={small.pk}").status_code == 404
    assert desk.get("/settings/plans/diff/?before=9999999999999999999999&after=1").status_code == 404


def test_what_differs_is_told_in_words(desk, world):
    who = {"estate": world.estate, "actor": world.li.actor, "at": NOW}
    own = (
        'format = 1\n[plan]\ncode = "own"\nname = "本公司方案"\nedition = "1"\nextends = "guanjia-2025"\n[[clause]]\nid = "A-130"\n'
        'set = { times = 1, per = "month" }\ndefault_by = "company"\nwhy = "合同"\ntarget = { of = "grid" }\nevidence = ["photo"]\n'
    )
    before = actions.load(library.builtin(), **who)
    after = actions.load(planfile.read(own, {library.BUILTIN: library.builtin()}), **who)
    shown = text_of(desk.get(f"/settings/plans/diff/?before={before.pk}&after={after.pk}"))
    for words in ("次数 1；周期 每季", "次数 1；周期 每月", "管家默认", "公司设定", "宣传推广与沟通：整个小区", "每个网格", "文件、照片"):
        assert words in shown


def test_a_plan_is_given_out_as_the_file_that_makes_it(desk, small):
    response = desk.get(f"/settings/plans/{small.pk}/file/")
    assert planfile.read(text_of(response)) == planfile.read(SMALL)
    assert response["Content-Disposition"] == 'attachment; filename="own-1.toml"'


def test_a_plan_is_retired_unless_somebody_uses_it(desk, world, small):
    actions.adopt(world.estate, small, began_on=date(2026, 3, 16), actor=world.li.actor, at=NOW)
    response = desk.post(f"/settings/plans/{small.pk}/", {"act": "retire"})
    assert (response.status_code, "锦和苑 还在用这一版" in text_of(response)) == (422, True)
    spare = actions.load(planfile.read(SMALL.replace('edition = "1"', 'edition = "2"')), estate=world.estate, actor=world.li.actor, at=NOW)
    assert desk.post(f"/settings/plans/{spare.pk}/", {"act": "retire"}).status_code == 303
    assert "这一版已于 2026-03-16 停用" in text_of(desk.get(f"/settings/plans/{spare.pk}/"))


def test_conflicts_and_open_values_are_shown_with_their_source_and_changed(desk, world):
    plan = actions.load(library.builtin(), estate=world.estate, actor=world.li.actor, at=NOW)
    actions.adopt(world.estate, plan, began_on=date(2026, 3, 16), actor=world.li.actor, at=NOW)
    shown = text_of(desk.get("/settings/plans/values/"))
    assert all(f"K-{number:02d}" in shown for number in range(1, 30))
    assert shown.count("管家默认") == 30 + 11

    change = {"choice": ["wash"], "began_on": "2026-03-16", "reason": "业委会只要一次"}
    assert desk.post("/settings/plans/values/K-20/", change)["Location"] == "/settings/plans/values/"
    assert "业委会只要一次" in text_of(desk.get("/settings/plans/values/"))
    assert "冲突中未采用" in text_of(desk.get("/standards/A-384/"))

    change = {"value": "60", "began_on": "2026-03-16", "reason": "合同"}
    assert desk.post("/settings/plans/values/prompt_minutes/", change).status_code == 303
    assert queries.term_of(world.estate, "A-197", date(2026, 3, 16)).params["minutes"] == "60"

    refused = desk.post("/settings/plans/values/rainy_months/", {"value": "13", "began_on": "2026-03-16", "reason": "合同"})
    assert (refused.status_code, "months 读不懂" in text_of(refused)) == (422, True)
    assert desk.get("/settings/plans/values/nothing/").status_code == 404


@pytest.mark.parametrize(("who", "status"), [("li", 303), ("wang", 404), ("zhao", 303)])
def test_who_may_load_a_plan_for_the_company(client, world, clock, who, status):
    clock.stop(NOW)
    client.force_login(getattr(world, who).user)
    assert upload(client, SMALL).status_code == status


@pytest.mark.parametrize(("who", "status"), [("li", 303), ("wang", 404)])
def test_who_may_adopt_a_plan(client, world, clock, small, who, status):
    clock.stop(NOW)
    client.force_login(getattr(world, who).user)
    assert client.post(f"/settings/plans/{small.pk}/", {"act": "adopt", "began_on": "2026-03-16"}).status_code == status


def test_a_plan_adopted_elsewhere_is_not_shown_as_in_use(client, world, clock, small):
    clock.stop(NOW)
    actions.adopt(world.estate, small, began_on=date(2026, 3, 16), actor=world.li.actor, at=NOW)
    client.force_login(world.zhao.user)
    shown = text_of(client.get("/settings/plans/"))
    assert "本公司方案" in shown
    assert "锦和苑" not in shown
