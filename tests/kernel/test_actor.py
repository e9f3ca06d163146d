"""Scope: how far a grant reaches."""

from guanjia.kernel.actor import Actor, Grant


class Spot:
    estate_id = 7
    company_id = 1
    path = "3/2/1501/"


def actor(*grants: Grant) -> Actor:
    return Actor(user_id=1, name="李敏", grants=grants)


def test_a_subtree_grant_reaches_its_places_only():
    mine = actor(Grant(frozenset({"estate.view"}), estate_ids=frozenset({7}), path="3/2/"))
    beside = actor(Grant(frozenset({"estate.view"}), estate_ids=frozenset({7}), path="3/1/"))
    elsewhere = actor(Grant(frozenset({"estate.view"}), estate_ids=frozenset({8})))
    assert [who.may("estate.view", Spot()) for who in (mine, beside, elsewhere)] == [True, False, False]


def test_a_company_grant_reaches_every_estate_of_that_company_only():
    ours = actor(Grant(frozenset({"estate.view"}), company_id=1))
    theirs = actor(Grant(frozenset({"estate.view"}), company_id=2))
    assert [who.may("estate.view", Spot()) for who in (ours, theirs)] == [True, False]
