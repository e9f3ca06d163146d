"""Programs come in with a token, as far as it goes."""

import pytest

from guanjia.domain.accounts import actions
from tests.conftest import at
from tests.world import model

MORNING = at("2026-03-02 09:00")
DUE = "/api/estates/JHY/due?begin=2026-03-01&end=2026-03-08"


@pytest.fixture(autouse=True)
def morning(clock):
    clock.stop(MORNING)


def token_for(person, *scopes):
    token, secret = actions.make_token(person.user, name="报表", scopes=list(scopes), days=30, actor=person.actor, at=MORNING)
    return token, {"Authorization": f"Bearer {secret}"}


def test_a_token_says_whose_it_is_and_what_it_may(client, world):
    token, head = token_for(world.li, "estate.view", "standards.view")
    answer = client.get("/api/me", headers=head).json()
    assert (answer["name"], answer["permissions"]) == ("李敏", ["estate.view", "standards.view"])
    token.refresh_from_db()
    assert token.used_at == MORNING


@pytest.mark.parametrize("head", [{}, {"Authorization": "Bearer gj_wrong"}, {"Authorization": "Basic bGk6eA=="}])
def test_without_a_token_nobody_comes_in_not_even_with_a_session(client, world, head):
    client.force_login(world.li.user)
    answer = client.get("/api/me", headers=head)
    assert (answer.status_code, answer.json()) == (401, {"code": "no_token", "message": "请带上有效的令牌", "field": ""})


def test_a_token_reaches_its_own_estate_within_its_scopes_only(client, world):
    _token, head = token_for(world.li, "standards.view")
    _other, narrow = token_for(world.li, "estate.view")
    answers = [client.get(address, headers=given) for address, given in ((DUE, head), (DUE.replace("JHY", "YTL"), head), (DUE, narrow))]
    assert [answer.status_code for answer in answers] == [200, 404, 404]
    assert answers[0].json() == {"estate": "JHY", "occurrences": []}
    assert answers[1].json() == client.get(DUE.replace("JHY", "NONE"), headers=head).json()


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("begin=2026-03-01&end=2026-03-01", "end"),
        ("begin=2026-03-01&end=2026-05-01", "end"),
        ("begin=x&end=2026-03-01", "begin"),
        ("", "begin"),
    ],
)
def test_a_question_that_makes_no_sense_is_refused_with_its_field(client, world, query, field):
    _token, head = token_for(world.li, "standards.view")
    answer = client.get(f"/api/estates/JHY/due?{query}", headers=head)
    assert (answer.status_code, answer.json()["field"]) == (422, field)


def test_who_left_the_company_takes_no_token_along(client, world):
    _token, head = token_for(world.li, "estate.view")
    model("staff.Member").objects.filter(pk=world.li.member.pk).update(left_on="2026-03-01")
    assert client.get("/api/me", headers=head).status_code == 401


def test_the_document_lists_every_answer_that_can_come(client, db):
    document = client.get("/api/openapi.json").json()
    assert document["openapi"].startswith("3.1")
    for address, operations in document["paths"].items():
        for operation in operations.values():
            assert {"200", "401", "403", "404", "422"} <= operation["responses"].keys(), address
