"""我的 on the phone: posts and reach, certificates, the way the page is shown."""

from tests.conftest import at


def test_posts_and_their_reach_are_shown(client, world):
    client.force_login(world.wang.user)
    page = client.get("/field/me/").content.decode()
    assert [words in page for words in ("王海涛", "维修人员", "锦和苑")] == [True, True, True]


def test_a_certificate_that_ends_soon_and_one_that_ended_are_marked(client, world, clock):
    for kind, expires_on in (("electrician", "2026-03-20"), ("lift", "2026-01-01"), ("property", "2030-01-01")):
        world.wang.member.certificates.create(kind=kind, number=f"N-{kind}", expires_on=expires_on)
    clock.stop(at("2026-03-02 09:00"))
    client.force_login(world.wang.user)
    page = client.get("/field/me/").content.decode()
    assert [words in page for words in ("低压电工作业证", "快到期", "已过期", "有效期到 2030-01-01")] == [True] * 4


def test_large_type_is_kept_in_a_cookie_and_shown_on_every_page(client, world):
    client.force_login(world.wang.user)
    response = client.post("/preferences/", {"text": "large", "next": "/field/me/"})
    assert (response.status_code, response["Location"], response.cookies["text"].value) == (303, "/field/me/", "large")
    assert 'data-text="large"' in client.get("/field/me/").content.decode()


def test_a_preference_that_does_not_exist_is_refused_and_a_foreign_address_is_not_followed(client, db):
    assert [client.post("/preferences/", body).status_code for body in ({}, {"text": "huge"}, {"other": "1"})] == [400, 400, 400]
    assert client.post("/preferences/", {"keys": "off", "next": "//evil.example/"})["Location"] == "/"
