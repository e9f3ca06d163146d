"""The staff's door, as a browser meets it."""

from datetime import timedelta

import pytest
from django.test import Client

from guanjia.config.sessions import digest_of
from guanjia.domain.accounts import actions
from tests.conftest import at
from tests.domain.accounts.test_second_factor import shown
from tests.world import PASSWORD, model

MORNING = at("2026-03-02 09:00")


@pytest.fixture(autouse=True)
def morning(clock):
    clock.stop(MORNING)


def sign_in(client, login="li", password=PASSWORD, **extra):
    return client.post("/sign-in/", {"login": login, "password": password, **extra}, HTTP_USER_AGENT="Firefox on the front desk")


def test_after_signing_in_the_page_that_was_asked_for_comes_back(client, world):
    asked = client.get("/settings/account/?tab=1")
    assert asked["Location"] == "/sign-in/?next=/settings/account/%3Ftab%3D1"
    page = client.get(asked["Location"])
    assert 'name="next" value="/settings/account/?tab=1"' in page.content.decode()

    answer = sign_in(client, next="/settings/account/?tab=1")

    assert (answer.status_code, answer["Location"]) == (303, "/settings/account/?tab=1")
    assert client.get("/settings/account/").status_code == 200


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_no_sign_in_leads_to_another_site(client, world, elsewhere):
    assert sign_in(client, next=elsewhere)["Location"] == "/"


def test_a_wrong_password_is_said_in_the_form_and_the_login_stays(client, world):
    answer = sign_in(client, password="wrong")
    assert answer.status_code == 422
    words = answer.content.decode()
    assert "账号或密码不对" in words
    assert 'value="li"' in words
    assert "wrong" not in words


def test_the_session_cookie_is_fresh_and_out_of_reach_of_scripts(client, world):
    client.get("/sign-in/")
    before = client.session.session_key
    answer = sign_in(client)
    cookie, device = answer.cookies["session"], answer.cookies["device"]
    assert cookie.value != before
    assert (cookie["httponly"], cookie["samesite"], device["httponly"], device["samesite"]) == (True, "Lax", True, "Lax")
    row = model("accounts.Session").objects.get(user=world.li.user)
    assert (row.door, row.agent, row.address, row.began_at) == ("staff", "Firefox on the front desk", "127.0.0.1", MORNING)
    assert cookie.value not in str(model("accounts.Session").objects.values())


def test_the_second_factor_stands_between_the_password_and_the_page(client, world, clock):
    user = world.wang.user
    secret = actions.begin_second_factor(user)
    actions.confirm_second_factor(user, shown(secret), actor=world.wang.actor, at=MORNING)

    answer = sign_in(client, "wang", next="/settings/account/")
    assert answer["Location"] == "/sign-in/code/?next=/settings/account/"
    assert client.get("/").status_code == 302
    assert client.post("/sign-in/code/", {"code": "000000"}).status_code == 422

    clock.stop(MORNING + timedelta(seconds=30))
    answer = client.post("/sign-in/code/", {"code": shown(secret, 30), "next": "/settings/account/"})
    assert (answer.status_code, answer["Location"]) == (303, "/settings/account/")
    assert client.get("/").status_code == 200


def test_the_second_step_is_not_waited_for_longer_than_five_minutes(client, world, clock):
    user = world.wang.user
    secret = actions.begin_second_factor(user)
    actions.confirm_second_factor(user, shown(secret), actor=world.wang.actor, at=MORNING)
    sign_in(client, "wang")
    clock.stop(MORNING + timedelta(minutes=5, seconds=1))
    assert client.post("/sign-in/code/", {"code": shown(secret, 301)})["Location"] == "/sign-in/"


def test_a_lent_password_leads_to_its_change_first(client, world):
    model("accounts.User").objects.filter(login="wang").update(password_lent_at=MORNING)
    sign_in(client, "wang")
    assert client.get("/")["Location"] == "/settings/account/password/"
    client.post("/settings/account/password/", {"old_password": PASSWORD, "new_password": "nine lamps by the lake"})
    assert client.get("/").status_code == 200


def test_a_demanded_second_factor_is_enrolled_first_and_the_codes_are_shown_once(client, world):
    model("staff.Post").objects.filter(code="维修人员").update(requires_totp=True)
    sign_in(client, "wang")
    assert client.get("/")["Location"] == "/settings/account/second-factor/"
    page = client.get("/settings/account/second-factor/").content.decode()
    assert 'class="qr"' in page
    world.wang.user.refresh_from_db()
    secret = world.wang.user.totp_secret
    done = client.post("/settings/account/second-factor/", {"code": shown(secret)})
    assert done.content.decode().count("<code>") == 10
    assert client.get("/").status_code == 200


def test_idle_for_half_an_hour_or_twelve_hours_old_means_signing_in_again(client, world, clock):
    sign_in(client)
    for minutes in range(29, 12 * 60, 29):
        clock.stop(MORNING + timedelta(minutes=minutes))
        assert client.get("/").status_code == 200
    clock.stop(MORNING + timedelta(hours=12, minutes=1))
    assert client.get("/").status_code == 302

    clock.stop(MORNING)
    sign_in(client)
    clock.stop(MORNING + timedelta(minutes=31))
    assert client.get("/").status_code == 302


def test_a_session_ended_elsewhere_is_over_at_the_next_request(client, world):
    other = Client()
    sign_in(client)
    sign_in(other)
    theirs = digest_of(other.cookies["session"].value)

    page = client.get("/settings/account/").content.decode()
    assert page.count("Firefox") == 4  # two windows, two devices
    assert client.post(f"/settings/account/sessions/{theirs}/").status_code == 303

    assert (client.get("/").status_code, other.get("/").status_code) == (200, 302)


def test_changing_the_password_ends_the_other_sessions_and_keeps_this_one(client, world):
    other = Client()
    sign_in(client)
    sign_in(other)
    answer = client.post("/settings/account/password/", {"old_password": PASSWORD, "new_password": "nine lamps by the lake"})
    assert answer.status_code == 303
    assert (client.get("/").status_code, other.get("/").status_code) == (200, 302)


def test_signing_out_ends_the_session_and_needs_a_post(client, world):
    sign_in(client)
    assert client.get("/sign-out/").status_code == 405
    assert client.post("/sign-out/")["Location"] == "/sign-in/"
    assert client.get("/").status_code == 302
    assert model("accounts.Session").objects.filter(user=world.li.user).count() == 0


def test_removing_a_device_ends_what_is_open_on_it(client, world):
    sign_in(client)
    device = model("accounts.Device").objects.get(user=world.li.user)
    assert client.post(f"/settings/account/devices/{device.pk}/").status_code == 303
    assert client.get("/").status_code == 302


def test_a_token_is_shown_once(client, world):
    sign_in(client)
    page = client.post("/settings/account/tokens/", {"name": "报表", "days": "30", "scopes": ["estate.view"]}).content.decode()
    assert "gj_" in page
    assert "gj_" not in client.get("/settings/account/").content.decode()


def test_htmx_is_told_to_move_the_whole_page_to_the_sign_in(client, world):
    answer = client.get("/settings/account/", headers={"HX-Request": "true", "HX-Current-URL": "http://testserver/places/?q=1"})
    assert (answer.status_code, answer["HX-Redirect"]) == (401, "/sign-in/?next=/places/%3Fq%3D1")


def test_a_form_without_its_token_is_refused(world):
    answer = Client(enforce_csrf_checks=True).post("/sign-in/", {"login": "li", "password": PASSWORD})
    assert answer.status_code == 403
