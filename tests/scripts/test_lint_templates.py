"""The lint finds each kind of offence, and the house has none."""

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "scripts"))
from lint_templates import findings  # noqa: E402

CLEAN = "{# needs: nothing #}\n"


@pytest.fixture
def house(tmp_path):
    """A house with one clean file of each kind."""

    def write(path: str, text: str) -> Path:
        file = tmp_path / "guanjia/faces" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        return tmp_path

    write("kit/icons.txt", "check\n")
    write("kit/static/kit/css/tokens.css", ":root { --ink: #000; --t-14: 14px }\n")
    write("kit/static/kit/js/main.js", 'import "./clock.js";\n')
    write("kit/static/kit/js/clock.js", "export default () => {};\n")
    write("console/templates/console/a.html", CLEAN)
    return write


def test_the_house_is_clean():
    assert list(findings(ROOT)) == []


def test_a_clean_house_gives_no_finding(house):
    assert list(findings(house("kit/static/kit/css/base.css", "a { color: var(--ink) }\n"))) == []


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ('<p style="color: red">', "no style attribute"),
        ("<script>alert(1)</script>", "no inline script"),
        ("<style>a{}</style>", "no style element"),
        ('<b hx-on:click="x()">', "no hx-on"),
        ('<b onclick="x()">', "no event attribute"),
        ("<b hx-vals='js:{a: 1}'>", "no js: values"),
        ('<b hx-trigger="click[ctrlKey]">', "no trigger filter"),
        ('<img src="//cdn.example/x.png">', "no address outside"),
        ("{{ text|safe }}", "no |safe"),
        ('{{ icon("nope") }}', "icon nope is not in icons.txt"),
    ],
)
def test_a_template_offence_is_named_with_its_line(house, line, why):
    found = list(findings(house("console/templates/console/a.html", f"{CLEAN}{line}\n")))
    assert [found[0].startswith("guanjia/faces/console/templates/console/a.html:2: "), why in found[0], len(found)] == [True, True, 1]


def test_a_template_that_does_not_say_what_it_needs_is_found(house):
    assert "the first line says" in next(findings(house("console/templates/console/a.html", "<p>\n")))


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("a { color: #fff }", "raw colour"),
        ("a { color: rgba(0, 0, 0, 0.5) }", "raw colour"),
        ("a { font-size: 12px }", "font size in px"),
        ("a { color: inherit !important }", "!important"),
        ("  & b { color: inherit }", "no nesting"),
        ("a { color: var(--nope) }", "--nope is no token"),
    ],
)
def test_a_style_offence_is_found_outside_the_tokens(house, line, why):
    found = list(findings(house("kit/static/kit/css/base.css", f"{line}\n")))
    assert [why in found[0], len(found)] == [True, 1]


def test_a_long_a_lost_and_an_unsafe_module_are_found(house):
    assert "at most 60 lines" in next(findings(house("kit/static/kit/js/clock.js", "\n" * 61)))
    house("kit/static/kit/js/clock.js", "")
    assert "no module imports it" in next(findings(house("kit/static/kit/js/lost.js", "\n")))
    house("kit/static/kit/js/main.js", 'import "./clock.js";\nimport "./lost.js";\n')
    assert "no eval" in next(findings(house("kit/static/kit/js/lost.js", "eval('1')\n")))
