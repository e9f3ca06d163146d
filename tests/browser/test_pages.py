"""Every page that a role can reach by links: it answers, complains of nothing, passes axe, and fits a phone."""

from __future__ import annotations

import pytest

from tests.browser.crawling import crawl
from tests.browser.house import DESKTOP, PHONE, Listener, picture, violations, wider_than_screen

ROLES = {"manager": "项目经理", "steward": "客服管家", "technician": "维修人员", "director": "公司总经理"}


@pytest.mark.parametrize("role", ROLES.values(), ids=ROLES)
def test_every_page_that_a_role_can_reach_is_sound(house, page, role):
    listener = Listener().attach(page)
    account = house.sign_in(page, role)
    first = "/field/today/" if account.face == "field" else "/"
    wrong: list[str] = []
    opened = 0
    for kind, path in crawl(page, house.url, first):
        opened += 1
        if page.locator("h1").count() != 1:
            wrong.append(f"{path}: {page.locator('h1').count()} h1")
        for size, name in ((DESKTOP, "desktop"), (PHONE, "phone")):
            page.set_viewport_size(size)
            wrong += [f"{path} ({name}): {line}" for line in violations(page)]
            if name == "phone" and wider_than_screen(page) > 0:
                wrong.append(f"{path}: {wider_than_screen(page)} px wider than a phone")
            picture(page, f"{role}-{kind.replace(':', '-').strip('/') or 'first'}-{name}")
        page.set_viewport_size(DESKTOP)
    assert wrong + listener.complaints == []
    assert opened >= 3
