"""The residents' door, as a phone meets it."""

import pytest

from guanjia.domain.accounts import ports
from tests import make
from tests.conftest import at
from tests.world import model

PHONE = "13812340001"


@pytest.fixture
def sent(monkeypatch, clock):
    clock.stop(at("2026-03-02 09:00"))
    messages = []
    monkeypatch.setattr(ports, "_sender", [lambda phone, code: messages.append(code)])
    return messages


def test_a_resident_comes_in_by_phone_but_not_into_the_console(client, world, sent):
    party = make.party(world.estate, "王芳", phone=PHONE)
    make.occupancy(world.flat, party)

    assert client.post("/portal/sign-in/", {"phone": PHONE})["Location"] == "/portal/sign-in/code/"
    page = client.get("/portal/sign-in/code/").content.decode()
    assert "138****0001" in page
    assert PHONE not in page
    answer = client.post("/portal/sign-in/code/", {"code": sent[0]})

    assert (answer.status_code, answer["Location"]) == (303, "/portal/")
    assert model("accounts.Session").objects.get(door="portal").user.name == "王芳"
    assert client.get("/")["Location"] == "/sign-in/?next=/"
    assert client.post("/portal/sign-out/")["Location"] == "/portal/sign-in/"


def test_a_member_of_staff_who_proved_only_a_phone_is_no_staff(client, world, sent):
    model("accounts.User").objects.filter(pk=world.li.user.pk).update(phone_index=make.vault.blind(PHONE, context="accounts.User.phone"))
    party = make.party(world.estate, "李敏", phone=PHONE)
    make.occupancy(world.flat, party)
    client.post("/portal/sign-in/", {"phone": PHONE})
    client.post("/portal/sign-in/code/", {"code": sent[0]})

    assert model("accounts.Session").objects.get(door="portal").user_id == world.li.user.pk
    assert client.get("/settings/account/")["Location"].startswith("/sign-in/")


def test_every_number_is_answered_alike(client, world, sent):
    party = make.party(world.estate, "王芳", phone=PHONE)
    make.occupancy(world.flat, party)
    answers = []
    for phone in (PHONE, "13812340002"):
        answer = client.post("/portal/sign-in/", {"phone": phone})
        page = client.get(answer["Location"]).content.decode().replace(phone[-4:], "####")
        wrong = client.post("/portal/sign-in/code/", {"code": "not it"}).content.decode().replace(phone[-4:], "####")
        token = page.split('csrfmiddlewaretoken" value="')[1][:64]
        answers.append((answer.status_code, len(page.replace(token, "")), "验证码不对或已过期" in wrong))
    assert answers[0] == answers[1]
    assert len(sent) == 1


def test_a_number_that_is_none_is_said_in_the_form(client, world, sent):
    answer = client.post("/portal/sign-in/", {"phone": "12345"})
    assert answer.status_code == 422
    assert "手机号应为 11 位数字" in answer.content.decode()
