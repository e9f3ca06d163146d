"""What a page costs on the wire, compressed: the budgets of the design guide, section 9."""

import gzip
import re
from pathlib import Path

import pytest

STATIC = Path(__file__).resolve().parents[3] / "guanjia/faces/kit/static"
KB = 1024


def packed(data: bytes) -> int:
    return len(gzip.compress(data, 9))


def linked(html: str, pattern: str) -> set[str]:
    return set(re.findall(pattern, html))


def modules(html: str) -> set[str]:
    """Return the modules that a page loads: main.js, what it and they import, and the behaviours that the page names."""
    behaviours = {name for names in re.findall(r'data-behavior="([^"]+)"', html) for name in names.split()}
    found, waiting = set(), {"main.js"} | {f"{name}.js" for name in behaviours} | ({"hotkeys.js"} if "data-key=" in html else set())
    while waiting:
        name = waiting.pop()
        found.add(name)
        waiting |= set(re.findall(r'^import .*"\./([\w-]+\.js)"', (STATIC / "kit/js" / name).read_text(), re.MULTILINE)) - found
    return found


def cost(html: str) -> dict[str, int]:
    """Return the compressed bytes of a page's HTML, styles and scripts, the behaviours that it names included."""
    css = linked(html, r'rel="stylesheet" href="/static/([^"]+)"')
    js = linked(html, r'<script src="/static/([^"]+)"')
    js |= {f"kit/js/{name}" for name in modules(html)}
    return {
        "html": packed(html.encode()),
        "css": sum(packed((STATIC / name).read_bytes()) for name in css),
        "js": sum(packed((STATIC / name).read_bytes()) for name in js),
    }


BUDGETS = {
    "console": {"html": 60 * KB, "css": 20 * KB, "js": 45 * KB},
    "field": {"html": 20 * KB, "css": 20 * KB, "js": 45 * KB},
    "portal": {"html": 20 * KB, "css": 12 * KB, "js": 20 * KB},
}


@pytest.mark.parametrize(("face", "person", "address"), [("console", "li", "/")])
def test_a_first_page_stays_within_its_budget(client, world, face, person, address):
    client.force_login(getattr(world, person).user)
    response = client.get(address)
    spent = cost(response.content.decode())
    assert response.status_code == 200
    assert {name: size for name, size in spent.items() if size > BUDGETS[face][name]} == {}, spent


def test_the_icons_are_one_small_file():
    assert packed((STATIC / "kit/vendor/icons.svg").read_bytes()) <= 12 * KB


def test_a_page_with_a_form_may_ask_for_the_sheets_of_forms(rf, db):
    from django.template import engines

    page = engines["jinja2"].from_string('{% set sheets = ["fields", "choices", "phone"] %}{% extends "portal/layout.html" %}')
    request = rf.get("/portal/")
    html = page.render({}, request)
    assert linked(html, r"kit/css/([\w-]+)\.css") >= {"fields", "choices", "phone", "tokens"}
