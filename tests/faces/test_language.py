"""Chinese is the default whatever the browser asks for; English is a choice that stays."""

import pytest


def test_the_browser_does_not_choose(client, world):
    client.force_login(world.li.user)
    response = client.get("/", headers={"Accept-Language": "en"})
    assert response["Content-Language"] == "zh-hans"


def test_a_choice_stays_and_comes_back_to_its_page(client, world):
    client.force_login(world.li.user)
    response = client.post("/language/", {"language": "en", "next": "/?day=today"})
    assert (response.status_code, response["Location"]) == (303, "/?day=today")
    assert client.get("/")["Content-Language"] == "en"


@pytest.mark.parametrize(("language", "after", "status", "to"), [("fr", "/", 400, None), ("en", "https://evil.example/", 303, "/")])
def test_unknown_languages_and_foreign_pages_are_refused(client, language, after, status, to):
    response = client.post("/language/", {"language": language, "next": after})
    assert (response.status_code, response.headers.get("Location")) == (status, to)
