"""The library of posts, loaded and edited."""

from datetime import date

import pytest

from guanjia.domain.staff import actions, queries
from guanjia.domain.staff.actions.posts import HoldsNothing, NotHeld, PostTaken, ReportsInCircle, UnknownPermission
from guanjia.kernel import permissions
from guanjia.kernel.actor import Actor
from guanjia.kernel.errors import NotAllowed, Stale
from tests import make

from .conftest import NOON

DAY = date(2026, 3, 2)


@pytest.mark.clause("A-096")
@pytest.mark.clause("A-098")
def test_the_library_gives_every_post_its_superior(library):
    assert library["客服管家主管"].reports_to == library["项目经理"]
    assert library["客服管家"].reports_to == library["客服管家主管"]
    lines = library["客服部主管"].lines.order_by("rank").values_list("to__name", "manner", "note")
    assert list(lines) == [("项目经理", "stated", ""), ("公司总经理", "stated", "accidents")]


@pytest.mark.clause("B-004")
@pytest.mark.clause("E-006")
def test_the_library_knows_the_foreman_and_the_assistant_director(library):
    assert library["保洁领班"].department.name == "环境部"
    assert library["管理处主任助理"].reports_to == library["管理处主任"]
    assert library["事务管理员"].reports_to == library["管理处主任助理"]


def test_overseeing_makes_nobody_a_superior(library):
    assert library["园艺工"].reports_to is None
    assert [line.to.name for line in library["园艺工"].lines.all()] == ["物业管家"]


def test_loading_twice_changes_nothing_and_keeps_what_somebody_edited(world, office, library, told):
    post = library["客服管家"]
    actions.change_post(
        post, permissions=["estate.view"], requires_totp=True, reports_to=None, seen=post.version, actor=office.sun.actor, at=NOON
    )
    assert actions.load_library(world.company, actor=Actor.system(), at=NOON) == (0, 0)
    post.refresh_from_db()
    assert (post.permissions, post.requires_totp, post.reports_to) == (["estate.view"], True, None)
    assert told(post) == [("staff.PostChanged", {"post_id": post.pk, "fields": ["permissions", "requires_totp", "reports_to"]})]


def test_an_older_post_takes_over_what_the_library_says_now(world, library):
    make.model("staff.Post").objects.filter(pk=library["保洁员"].pk).update(permissions=[])
    assert actions.load_library(world.company, actor=Actor.system(), at=NOON) == (0, 1)
    library["保洁员"].refresh_from_db()
    assert "estate.view" in library["保洁员"].permissions


def test_only_who_may_set_posts_loads_the_library(world):
    with pytest.raises(NotAllowed):
        actions.load_library(world.company, actor=world.li.actor, at=NOON)


def test_refusals_of_change_post(world, office, library):
    post, seen = library["客服管家"], library["客服管家"].version

    def change(who=office.sun, on=post, seen=seen, **facts):
        facts = {"permissions": ["estate.view"], "requires_totp": False, "reports_to": None, **facts}
        actions.change_post(on, seen=seen, actor=who.actor, at=NOON, **facts)

    with pytest.raises(NotAllowed):
        change(world.li)
    with pytest.raises(UnknownPermission):
        change(permissions=["estate.fly"])
    with pytest.raises(ReportsInCircle):
        change(on=library["项目经理"], reports_to=post)
    with pytest.raises(HoldsNothing):
        change(on=library["工程部"], seen=library["工程部"].version)
    with pytest.raises(Stale):
        change(seen=seen + 1)


def test_nobody_hands_out_what_he_does_not_hold(world, office, library):
    post = make.post(world.company, "人事", ["staff.posts"])
    make.model("staff.Appointment").objects.create(member=office.he.member, post=post, began_on=DAY)
    with pytest.raises(NotHeld):
        actions.change_post(
            library["保洁员"],
            permissions=[*library["保洁员"].permissions, "parties.reveal"],
            requires_totp=False,
            reports_to=None,
            seen=library["保洁员"].version,
            actor=office.he.actor,
            at=NOON,
        )


def test_a_company_adds_posts_of_its_own(world, office):
    facts = {"name": "宠物管家", "permissions": ["estate.view"], "requires_totp": False, "actor": office.sun.actor, "at": NOON}
    post = actions.add_post(world.company, code="宠物管家", **facts)
    assert post.permissions == ["estate.view"]
    with pytest.raises(PostTaken):
        actions.add_post(world.company, code="宠物管家", **facts)


def test_the_tree_hangs_posts_below_their_superiors(world, office, library):
    make.model("staff.Appointment").objects.create(member=office.he.member, post=library["客服管家"], estate=world.estate, began_on=DAY)
    nodes = list(queries.tree(office.sun.actor, on=DAY))
    names = [node.post.name for node in nodes]
    depth = {node.post.name: node.depth for node in nodes}
    assert names.index("项目经理") < names.index("客服管家主管") < names.index("客服管家")
    assert (depth["项目经理"], depth["客服管家主管"], depth["客服管家"]) == (0, 1, 2)
    assert {node.post.name: node.holders for node in nodes}["客服管家"] == 1
    assert {node.post.name: node.beside for node in nodes}["客服部主管"] == "公司总经理（accidents）"
    assert "业主" not in names


def test_the_tree_asks_few_questions(world, office, library, django_assert_max_num_queries):
    actor = office.sun.actor
    with django_assert_max_num_queries(3):
        list(queries.tree(actor, on=DAY))


def test_permissions_are_listed_by_app_with_what_the_post_holds(library):
    groups = dict(queries.permission_groups(library["维修人员"]))
    assert {name for rows in groups.values() for name, _, _ in rows} == set(permissions.every())
    assert [held for name, _, held in groups["住户"] if name == "parties.needs"] == [True]
