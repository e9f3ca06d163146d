"""The page of all components, on a desk and on a phone: axe, width, complaints; and what the behaviours promise."""

from __future__ import annotations

import pytest

from tests.browser.house import DESKTOP, PHONE, Listener, violations, wider_than_screen


@pytest.fixture
def kit(live_server, page):
    """Open an address of the component pages and listen to complaints."""
    listener = Listener().attach(page)

    def open_at(path="/kit/", size=DESKTOP):
        page.set_viewport_size(size)
        page.goto(f"{live_server.url}{path}")
        page.wait_for_load_state("networkidle")
        return page

    yield open_at
    assert listener.complaints == []


@pytest.mark.parametrize("path", ["/kit/", "/kit/phone/"])
@pytest.mark.parametrize("size", [DESKTOP, PHONE, {"width": 320, "height": 640}], ids=["desktop", "phone", "narrow"])
def test_every_component_passes_axe_and_fits(kit, path, size):
    page = kit(path, size)
    assert violations(page) == []
    assert wider_than_screen(page) <= 0


def test_a_dialog_opens_takes_the_focus_and_gives_it_back(kit):
    page = kit()
    opener = page.get_by_role("button", name="打开对话框")
    opener.click()
    assert page.locator("#dlg").evaluate("d => d.open && d.contains(document.activeElement)")
    page.keyboard.press("Escape")
    assert opener.evaluate("b => b === document.activeElement")


def test_a_menu_closes_on_escape_and_on_a_click_elsewhere(kit):
    page = kit()
    menu = page.locator("details.menu")
    menu.locator("summary").click()
    page.keyboard.press("Escape")
    assert menu.evaluate("d => d.open") is False
    menu.locator("summary").click()
    page.locator("h1").click()
    assert menu.evaluate("d => d.open") is False


def test_picking_rows_shows_the_batch_bar_with_their_number(kit):
    page = kit()
    boxes = page.locator("input[name=pick]")
    boxes.nth(0).check()
    boxes.nth(2).click(modifiers=["Shift"])
    assert page.locator("[data-picked-count]").inner_text() == "3"
    page.locator("[data-all]").check()
    assert page.locator("[data-picked-count]").inner_text() == "4"
    page.locator("[data-all]").uncheck()
    assert page.locator("[data-batch]").is_hidden()


def test_a_running_clock_counts_down_and_a_held_one_does_not(kit):
    page = kit()
    left = page.locator("[data-urgent] [data-left]").first
    before = left.inner_text()
    page.wait_for_function("before => document.querySelector('[data-urgent] [data-left]').textContent !== before", arg=before)
    assert left.inner_text() < before
    assert page.get_by_text("暂停计时").first.is_visible()


def test_steps_and_stars_answer_to_the_hand(kit):
    page = kit()
    page.get_by_role("button", name="增加").click()
    assert page.locator("input[name=count]").input_value() == "3"
    page.locator("input[name=stars][value='2']").check(force=True)
    assert page.locator(".rating label.is-on").count() == 2


def test_letters_are_keys_only_outside_fields(kit):
    page = kit()
    page.locator("input[name=q]").first.focus()
    page.keyboard.press("n")
    assert page.locator("input[name=q]").first.input_value() == "n"
    page.locator("input[name=category]").nth(0).focus()
    page.keyboard.press("Alt+3")
    assert page.locator("input[name=category]").nth(2).is_checked()


def test_focus_is_always_visible(kit):
    page = kit()
    for _step in range(25):
        page.keyboard.press("Tab")
        shown = page.evaluate(
            "() => { const e = document.activeElement, s = getComputedStyle(e), b = getComputedStyle(e.parentElement);"
            " return s.outlineStyle !== 'none' || b.outlineStyle !== 'none'; }"
        )
        assert shown, page.evaluate("document.activeElement.outerHTML.slice(0, 120)")


def test_nothing_moves_for_who_asked_for_less_motion(live_server, browser):
    context = browser.new_context(reduced_motion="reduce")
    page = context.new_page()
    page.goto(f"{live_server.url}/kit/")
    longest = page.evaluate(
        "() => Math.max(...[...document.querySelectorAll('*')].map(e => parseFloat(getComputedStyle(e).animationDuration)))"
    )
    context.close()
    assert longest <= 0.01
