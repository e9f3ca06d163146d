"""The frame of the console: menus by permission, the estate switch, what it asks of the database."""

from datetime import date

from django.contrib.sessions.backends.db import SessionStore
from django.test import RequestFactory

from guanjia.faces.kit import navigation
from guanjia.faces.kit.navigation import Entry
from guanjia.faces.kit.shell import Shell
from tests import make


def request_of(person, path="/", **session):
    request = RequestFactory().get(path)
    request.actor, request.session = person.actor, SessionStore()
    request.session.update(session)
    return request


def labels(name, request):
    return [link.label for link in navigation.menu(name, request)]


def test_a_menu_shows_what_exists_and_what_the_person_may(world, monkeypatch):
    entries = (Entry("/", "首页"), Entry("/kit/", "组件", permission="staff.view"), Entry("/not-built/", "没有"))
    monkeypatch.setitem(navigation.MENUS, "sample", entries)
    assert labels("sample", request_of(world.li)) == ["首页", "组件"]
    assert labels("sample", request_of(world.wang)) == ["首页"]


def test_the_longest_address_that_covers_the_page_is_the_current_one(world, monkeypatch):
    monkeypatch.setitem(navigation.MENUS, "sample", (Entry("/", "首页"), Entry("/kit/", "组件"), Entry("/kit/phone/", "手机")))
    current = {link.label for link in navigation.menu("sample", request_of(world.li, "/kit/phone/")) if link.current}
    assert current == {"手机"}
    assert [link.current for link in navigation.menu("sample", request_of(world.li, "/elsewhere/"))] == [False, False, False]


def test_the_switch_offers_only_estates_within_reach(world):
    assert [estate.pk for estate in Shell(request_of(world.li)).estates] == [world.estate.pk]


def test_a_kept_choice_out_of_reach_is_forgotten(world):
    assert Shell(request_of(world.li, estate=world.other_estate.pk)).estate == world.estate


def test_choosing_an_estate_keeps_it_and_returns_to_the_page(client, world):
    second = make.estate(world.company, "E2", "二号小区")
    world.li.member.appointments.create(post=world.li.member.appointments.get().post, estate=second, began_on=date(2026, 1, 1))
    client.force_login(world.li.user)
    response = client.post("/estate-choice/", {"estate": second.pk, "next": "/standards/?q=1"})
    assert (response.status_code, response["Location"], client.session["estate"]) == (303, "/standards/?q=1", second.pk)


def test_a_foreign_estate_does_not_exist_and_a_foreign_address_is_not_followed(client, world):
    client.force_login(world.li.user)
    assert client.post("/estate-choice/", {"estate": world.other_estate.pk}).status_code == 404
    assert client.post("/estate-choice/", {"estate": "x"}).status_code == 400
    assert client.post("/estate-choice/", {"estate": world.estate.pk, "next": "https://evil.example/"})["Location"] == "/"
