"""A served demo company, and the ways a test looks at it: sign in, crawl, axe, keyboard, pictures."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from tests.serving import ROOT, run, served

DESKTOP = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
PICTURES = ROOT / "test-results" / "pages"
AXE = ROOT / "guanjia" / "faces" / "kit" / "static" / "kit" / "vendor" / "axe.min.js"
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"], "resultTypes": ["violations"]}


@dataclass(frozen=True)
class Account:
    """One of the accounts that the demo prints."""

    role: str
    face: str
    login: str
    password: str
    name: str


@dataclass(frozen=True)
class House:
    """The served demo company."""

    url: str
    folder: Path
    accounts: tuple[Account, ...]

    def account(self, role: str) -> Account:
        return next(account for account in self.accounts if account.role == role)

    def sign_in(self, page: Page, role: str) -> Account:
        """Sign in through the form, as a person does."""
        account = self.account(role)
        page.goto(f"{self.url}/sign-in/")
        page.locator("input[name=login]").fill(account.login)
        page.locator("input[name=password]").fill(account.password)
        page.locator("form:has(input[name=password]) button[type=submit]").click()
        page.wait_for_url(lambda url: "/sign-in/" not in url)
        return account


@contextmanager
def open_house(folder: Path) -> Iterator[House]:
    """Build the demo company in the folder, serve it, and name its accounts.

    Whoever writes a page saves the minutes of building: `TEST_HOUSE` names a data folder in which a demo lies already.
    """
    built = run(Path(os.environ.get("TEST_HOUSE") or folder), "demo", "--no-serve", "--format", "json")
    if built.returncode:
        raise RuntimeError(f"guanjia demo failed:\n{built.stdout[-2000:]}\n{built.stderr[-4000:]}")
    told = json.loads(built.stdout)
    var = Path(told["folder"])
    with served(var) as url:
        fields = Account.__dataclass_fields__
        accounts = tuple(Account(**{name: account[name] for name in fields}) for account in told["accounts"])
        yield House(url, var, accounts)


@dataclass
class Listener:
    """Collects what a page complains about while somebody uses it: script errors, CSP reports, failed requests."""

    complaints: list[str] = field(default_factory=list)

    def attach(self, page: Page) -> Listener:
        page.on("pageerror", lambda error: self.complaints.append(f"{page.url}: script error: {error}"))
        page.on("console", lambda message: self._console(page, message))
        page.on("response", lambda answer: self._response(answer))
        return self

    def _console(self, page: Page, message: Any) -> None:
        if message.type == "error" and "status of 4" not in message.text:
            self.complaints.append(f"{page.url}: console: {message.text}")

    def _response(self, answer: Any) -> None:
        if answer.status >= 500 or (answer.status == 404 and "/static/" in answer.url):
            self.complaints.append(f"{answer.request.method} {answer.url}: {answer.status}")


def violations(page: Page) -> list[str]:
    """Return what axe finds wrong on the page as it stands, one line for each element."""
    # evaluate() is not subject to the page's CSP; a script element would be.
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("rules => axe.run(document, rules)", RULES)
    return [
        f"{violation['id']}: {node['target'][0]} ({node['failureSummary'].splitlines()[-1].strip()})"
        for violation in found["violations"]
        for node in violation["nodes"]
    ]


def wider_than_screen(page: Page) -> int:
    """Return by how many pixels the page scrolls sideways."""
    return int(page.evaluate("document.scrollingElement.scrollWidth - document.documentElement.clientWidth"))


def picture(page: Page, name: str) -> Path:
    """Keep a screenshot of the whole page under test-results/pages/."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    path = PICTURES / f"{name}.png"
    page.screenshot(path=path, full_page=True)
    return path


def tab_stops(page: Page, limit: int = 200) -> list[str]:
    """Press Tab from the top of the page and return what gets the focus, until it comes round again."""
    page.evaluate("document.activeElement && document.activeElement.blur()")
    stops: list[str] = []
    for _ in range(limit):
        page.keyboard.press("Tab")
        stop = page.evaluate(
            "() => { const e = document.activeElement; if (!e || e === document.body) return '';"
            " const r = e.getBoundingClientRect();"
            " return `${e.tagName.toLowerCase()}#${e.id}[${(e.getAttribute('aria-label') || e.textContent || e.name || '').trim().slice(0, 30)}]"
            "@${Math.round(r.x)},${Math.round(r.y + scrollY)}`; }"
        )
        if not stop or (stops and stop == stops[0]):
            break
        stops.append(stop)
    return stops
