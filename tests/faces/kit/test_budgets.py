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


def modules(entry: str) -> set[str]:
    """Return a module and everything it can load."""
    found, waiting = set(), {entry}
    while waiting:
        name = waiting.pop()
        found.add(name)
        waiting |= set(re.findall(r'"\./([\w-]+\.js)"', (STATIC / "kit/js" / name).read_text())) - found
    return found


def cost(html: str) -> dict[str, int]:
    """Return the compressed bytes of a page's HTML, styles and scripts, lazily loaded behaviours included."""
    css = linked(html, r'rel="stylesheet" href="/static/([^"]+)"')
    js = linked(html, r'<script src="/static/([^"]+)"')
    js |= {f"kit/js/{name}" for name in modules("main.js")}
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
