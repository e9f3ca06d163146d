"""The room box and the forms about a room, without the mouse."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.world import PASSWORD


@pytest.fixture
def desk(live_server, world, page):
    """李主管 signed in, on the page of houses, with the keys listening."""
    page.goto(f"{live_server.url}/sign-in/?next=/places/")
    page.locator("input[name=login]").fill("li")
    page.locator("input[name=password]").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "sign-in" not in url)
    page.wait_for_load_state("networkidle")
    return page


def test_a_room_is_opened_and_its_use_noted_by_keys_alone(desk, live_server, world):
    desk.keyboard.press("/")
    desk.keyboard.type("3栋2单元1501")
    expect(desk.locator("#search_list [role=option]")).to_have_text(["3-2-1501张美玲业主"])
    desk.keyboard.press("Enter")
    desk.wait_for_url(f"**/places/{world.flat.pk}/")
    desk.wait_for_load_state("networkidle")
    desk.keyboard.press("u")
    desk.wait_for_url("**/vacancy/")
    desk.wait_for_load_state("networkidle")
    desk.locator("input[name=state][value=vacant]").focus()
    desk.keyboard.press("Space")
    desk.keyboard.press("Control+Enter")
    desk.wait_for_url(f"**/places/{world.flat.pk}/")
    expect(desk.locator("header .figure").first).to_contain_text("空置")


def test_a_refused_form_keeps_what_was_typed_and_moves_the_focus_to_it(desk, live_server, world):
    desk.goto(f"{live_server.url}/places/{world.flat.pk}/split/")
    desk.wait_for_load_state("networkidle")
    desk.locator("textarea").fill("1501 10\n1502 20")
    desk.keyboard.press("Control+Enter")
    expect(desk.locator(".alert--over")).to_contain_text("各间面积之和要等于原面积 118.62 ㎡")
    assert desk.locator("textarea").input_value() == "1501 10\n1502 20"
    assert desk.evaluate("document.activeElement.classList.contains('alert--over')")
