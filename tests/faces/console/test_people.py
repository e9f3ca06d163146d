"""人员与岗位 at the settings: members, posts, certificates, deputies, grids."""

from __future__ import annotations

from datetime import date

import pytest

from guanjia.domain.staff import actions, queries
from guanjia.kernel import permissions
from guanjia.kernel.actor import Actor
from tests import make
from tests.conftest import at
from tests.world import Person

NOON = at("2026-03-02 12:00")
DAY = date(2026, 3, 2)


@pytest.fixture
def sun(world):
    """孙总 administers the whole company."""
    user = make.user("sun", "孙建国")
    post = make.post(world.company, "总部管理", permissions.every())
    return Person(user=user, member=make.member(world.company, "sun", "孙建国", post, user=user))


@pytest.fixture
def office(client, sun, clock):
    client.force_login(sun.user)
    clock.stop(NOON)
    return client


def test_members_are_listed_with_posts_and_found(office, world):
    page = office.get("/settings/people/").content.decode()
    assert [word in page for word in ("李敏", "客服部主管", "锦和苑")] == [True, True, True]
    found = office.get("/settings/people/?q=%E6%9D%8E%E6%95%8F").content.decode()
    assert ("李敏" in found, "王海涛" in found) == (True, False)


def test_a_member_joins_is_corrected_gets_a_login_and_leaves(office, world, sun):
    facts = {"number": "A017", "name": "单桂芳", "phone": "13812345678", "hired_on": "2026-03-01"}
    assert office.post("/settings/people/new/", facts).status_code == 303
    assert office.post("/settings/people/new/", facts).status_code == 422
    member = queries.members(sun.actor, on=DAY, text="sgf").get()
    here = f"/settings/people/{member.pk}"
    assert "138****5678" in office.get(f"{here}/").content.decode()
    assert office.post(f"{here}/facts/", {**facts, "phone": "", "name": "单桂芬", "seen": 1}).status_code == 303
    member.refresh_from_db()
    assert (member.name, member.phone) == ("单桂芬", "13812345678")
    assert office.post(f"{here}/login/", {"login": "a017", "password": "short", "seen": 2}).status_code == 422
    assert office.post(f"{here}/login/", {"login": "a017", "password": "quite a long sentence", "seen": 2}).status_code == 303
    assert office.post(f"{here}/leave/", {"left_on": "2026-03-02", "seen": 3}).status_code == 303
    assert "2026-03-02 离职" in office.get(f"{here}/").content.decode()


def test_a_member_is_appointed_over_an_estate_and_relieved(office, world):
    actions.load_library(world.company, actor=Actor.system(), at=NOON)
    post = make.model("staff.Post").objects.get(company=world.company, code="保洁员")
    here = f"/settings/people/{world.wang.member.pk}"
    assert "全公司" in office.get(f"{here}/appointments/new/").content.decode()
    wanted = {"post": post.pk, "scope": f"estate:{world.estate.pk}", "began_on": "2026-03-02"}
    assert office.post(f"{here}/appointments/new/", wanted).status_code == 303
    assert office.post(f"{here}/appointments/new/", wanted).status_code == 422
    held = queries.appointments_of(world.wang.member, on=DAY).get(post=post)
    assert held.estate == world.estate
    assert office.post(f"{here}/appointments/{held.pk}/end/", {"ended_on": "2026-03-02"}).status_code == 303
    assert not queries.appointments_of(world.wang.member, on=DAY).filter(post=post).exists()


def test_the_posts_of_the_documents_are_loaded_and_shown_as_a_tree(office, world):
    assert office.post("/settings/people/posts/library/").status_code == 303
    page = office.get("/settings/people/posts/").content.decode()
    assert page.index("项目经理") < page.index("客服管家主管") < page.index(">客服管家<")
    assert "派出所" not in page
    assert "派出所" in office.get("/settings/people/posts/?show=all").content.decode()


def test_permissions_are_ticked_and_a_stale_form_is_refused(office, world):
    post = make.model("staff.Post").objects.get(company=world.company, code="维修人员")
    here = f"/settings/people/posts/{post.pk}/"
    assert office.get(here).status_code == 200
    assert office.post(here, {"permissions": ["estate.view", "parties.needs"], "requires_totp": "on", "seen": 1}).status_code == 303
    post.refresh_from_db()
    assert (post.permissions, post.requires_totp) == (["estate.view", "parties.needs"], True)
    assert office.post(here, {"permissions": ["estate.view"], "seen": 1}).status_code == 422


def test_a_post_names_only_those_who_hold_it_where_the_person_may_look(client, world, clock):
    post = make.model("staff.Post").objects.get(company=world.company, code="客服部主管")
    client.force_login(world.li.user)
    clock.stop(NOON)
    page = client.get(f"/settings/people/posts/{post.pk}/").content.decode()
    assert (f'href="/settings/people/{world.li.member.pk}/"' in page, "赵磊" in page) == (True, False)


def test_a_company_adds_a_post(office, world):
    assert office.post("/settings/people/posts/new/", {"name": "宠物管家", "permissions": ["estate.view"]}).status_code == 303
    assert office.post("/settings/people/posts/new/", {"name": "宠物管家", "permissions": []}).status_code == 422


@pytest.mark.clause("A-090")
def test_ending_certificates_and_uncertified_managers_are_named(office, world):
    here = f"/settings/people/{world.li.member.pk}"
    facts = {"kind": "property", "number": "浙W-001", "expires_on": "2026-03-20"}
    assert "持证 0 / 2" in office.get("/settings/people/certificates/").content.decode()
    assert office.post(f"{here}/certificates/new/", facts).status_code == 303
    page = office.get("/settings/people/certificates/").content.decode()
    assert ("还有 18 天" in page, "持证 1 / 2，50.0%" in page) == (True, True)
    certificate = world.li.member.certificates.get()
    assert office.post(f"{here}/certificates/{certificate.pk}/revocation/", {"revoked_on": "2026-03-02", "seen": 1}).status_code == 303


def test_a_deputy_is_arranged_and_ends_early(office, world):
    here = f"/settings/people/{world.li.member.pk}"
    facts = {"deputy": world.wang.member.pk, "began_on": "2026-03-02", "ended_on": "2026-03-05", "reason": "年假"}
    assert office.post(f"{here}/deputies/new/", facts).status_code == 303
    assert office.post(f"{here}/deputies/new/", facts).status_code == 422
    assert "代班中" in office.get("/settings/people/deputies/").content.decode()
    row = world.li.member.deputyships.get()
    assert office.post(f"{here}/deputies/{row.pk}/end/", {"ended_on": "2026-03-02"}).status_code == 303
    assert "代班中" not in office.get("/settings/people/deputies/").content.decode()


def test_a_grid_gets_its_steward(office, world):
    grid = make.model("estate.Grid").objects.create(estate=world.estate, code="G1", name="一网格")
    here = f"/settings/people/{world.li.member.pk}"
    assert office.post(f"{here}/grids/new/", {"grid": grid.pk, "began_on": "2026-03-02"}).status_code == 303
    assert "一网格" in office.get(f"{here}/").content.decode()
    row = queries.stewardships_of(world.li.member, on=DAY).get()
    assert office.post(f"{here}/grids/{row.pk}/end/", {"ended_on": "2026-03-02"}).status_code == 303
    assert queries.steward_of_grid(grid, on=DAY) is None


@pytest.mark.parametrize(("who", "status"), [("li", 404), ("wang", 404), ("zhao", 404)])
def test_a_post_in_one_estate_does_not_change_who_works_for_the_company(client, world, sun, clock, who, status):
    client.force_login(getattr(world, who).user)
    clock.stop(NOON)
    assert client.get(f"/settings/people/{world.li.member.pk}/leave/").status_code == status


def test_a_colleague_s_post_in_another_estate_is_not_shown(client, world, clock):
    post = make.post(world.company, "兼职", [])
    make.model("staff.Appointment").objects.create(member=world.wang.member, post=post, estate=world.other_estate, began_on=DAY)
    client.force_login(world.li.user)
    clock.stop(NOON)
    for address in ("/settings/people/", f"/settings/people/{world.wang.member.pk}/"):
        assert "云汀里" not in client.get(address).content.decode()


@pytest.mark.parametrize("extra", [1, 3])
def test_the_list_costs_the_same_for_few_and_many(office, world, extra, django_assert_max_num_queries):
    for number in range(extra):
        make.member(world.company, f"x{number}", f"某{number}")
    with django_assert_max_num_queries(14):
        office.get("/settings/people/")
