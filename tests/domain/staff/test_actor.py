"""From a user to an actor: posts, scopes, deputies, days."""

from datetime import date

import pytest

from guanjia.domain.staff import queries
from tests import make
from tests.conftest import at

DAY = "2026-03-02 09:00"


def appoint(member, post, began=date(2026, 1, 1), ended=None, **scope):
    return make.model("staff.Appointment").objects.create(member=member, post=post, began_on=began, ended_on=ended, **scope)


@pytest.fixture
def clerk(world):
    post = make.post(world.company, "文员", ["estate.view"])
    user = make.user("he", "何倩")
    return user, make.member(world.company, "he", "何倩", user=user), post


def test_a_company_post_reaches_every_estate_of_the_company(world, clerk):
    user, member, post = clerk
    appoint(member, post)
    actor = queries.actor_for(user, at=at(DAY))
    assert (actor.may("estate.view", world.estate), actor.may("estate.view", world.other_flat)) == (True, True)
    stranger = make.estate(make.company("other", "别家物业"), "QTX", "青藤轩")
    assert not actor.may("estate.view", stranger)


def test_a_branch_post_reaches_the_estates_of_the_branches_below(world, clerk):
    user, member, post = clerk
    branch = make.model("estate.Branch").objects
    region = branch.create(company=world.company, code="east", name="华东")
    city = branch.create(company=world.company, code="hz", name="杭州", parent=region)
    world.estate.branch = city
    world.estate.save()
    appoint(member, post, branch=region)
    actor = queries.actor_for(user, at=at(DAY))
    assert (actor.may("estate.view", world.flat), actor.may("estate.view", world.other_flat)) == (True, False)


def test_a_place_post_reaches_its_subtree(world, clerk):
    user, member, post = clerk
    appoint(member, post, place=world.building)
    actor = queries.actor_for(user, at=at(DAY))
    assert (actor.may("estate.view", world.flat), actor.may("estate.view", world.estate)) == (True, False)


@pytest.mark.parametrize(
    ("moment", "may"), [("2026-02-28 23:59", False), ("2026-03-01 00:00", True), ("2026-03-09 23:59", True), ("2026-03-10 00:00", False)]
)
def test_a_post_holds_from_its_first_day_to_the_day_before_its_end(world, clerk, moment, may):
    user, member, post = clerk
    appoint(member, post, date(2026, 3, 1), date(2026, 3, 10), estate=world.estate)
    assert queries.actor_for(user, at=at(moment)).may("estate.view", world.flat) == may


@pytest.mark.parametrize(
    ("moment", "may"), [("2026-03-01 23:59", False), ("2026-03-02 00:00", True), ("2026-03-04 23:59", True), ("2026-03-05 00:00", False)]
)
def test_a_deputy_has_the_grants_only_in_those_days(world, clerk, moment, may):
    user, member, _ = clerk
    make.model("staff.Deputyship").objects.create(
        member=world.li.member, deputy=member, began_on=date(2026, 3, 2), ended_on=date(2026, 3, 5)
    )
    actor = queries.actor_for(user, at=at(moment))
    assert actor.may("parties.edit", world.flat) == may
    assert not actor.may("parties.edit", world.other_flat)


def test_a_deputy_does_not_inherit_what_his_principal_deputises(world, clerk):
    user, member, _ = clerk
    deputy = make.model("staff.Deputyship").objects
    deputy.create(member=world.li.member, deputy=world.wang.member, began_on=date(2026, 3, 1), ended_on=date(2026, 3, 9))
    deputy.create(member=world.wang.member, deputy=member, began_on=date(2026, 3, 1), ended_on=date(2026, 3, 9))
    assert not queries.actor_for(user, at=at(DAY)).may("parties.edit", world.flat)


def test_who_has_left_may_nothing_and_neither_may_his_deputy(world, clerk):
    user, member, _ = clerk
    make.model("staff.Deputyship").objects.create(
        member=world.li.member, deputy=member, began_on=date(2026, 3, 1), ended_on=date(2026, 3, 9)
    )
    world.li.member.left_on = date(2026, 3, 2)
    world.li.member.save()
    assert [queries.actor_for(who, at=at(DAY)).grants for who in (user, world.li.user)] == [(), ()]


def test_posts_of_one_scope_become_one_grant_and_few_queries(world, clerk, django_assert_num_queries):
    user, member, _ = clerk
    for number in range(4):
        appoint(member, make.post(world.company, f"兼职{number}", [f"x.{number}"]), estate=world.estate)
    with django_assert_num_queries(2):
        actor = queries.actor_for(user, at=at(DAY))
    assert [sorted(grant.permissions) for grant in actor.grants] == [["x.0", "x.1", "x.2", "x.3"]]


def test_the_second_factor_is_demanded_by_the_post_held_on_the_day(world, clerk):
    user, member, _ = clerk
    cash = make.post(world.company, "出纳", ["estate.view"], requires_totp=True)
    appoint(member, cash, date(2026, 3, 2), date(2026, 3, 4), estate=world.estate)
    moments = ("2026-03-01 12:00", "2026-03-02 12:00", "2026-03-04 12:00")
    assert [queries.totp_required(user.pk, at=at(moment)) for moment in moments] == [False, True, False]


def test_a_user_who_is_no_member_gets_no_grants(world):
    actor = queries.actor_for(world.zhang.user, at=at(DAY))
    assert (actor.member_id, actor.grants) == (None, ())
