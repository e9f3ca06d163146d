"""Lint of templates, styles and behaviours: what the strict content security policy and the tokens forbid, said with file and line.

Templates: no style attribute, no inline script, no hx-on or on… attribute, no address outside the house, first line says what it needs,
no icon that the sprite lacks. Styles: raw colours, px font sizes and !important only in tokens.css; no nesting; every token that is used
exists. Modules: at most 60 lines, no eval, known to main.js. Usage: python scripts/lint_templates.py [ROOT]
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

TEMPLATE_RULES = {
    r"\sstyle\s*=": "no style attribute: use a class, or an SVG attribute for data",
    r"<script(?![^>]*\bsrc=)[^>]*>": "no inline script: write a module in static/kit/js",
    r"<style\b": "no style element: write CSS in static/kit/css",
    r"\shx-on[:\s=]": "no hx-on: it needs unsafe-eval; write a behaviour",
    r"\son[a-z]+\s*=\s*[\"']": "no event attribute: write a behaviour",
    r"hx-vals\s*=\s*[\"']\s*js:": "no js: values: they need unsafe-eval",
    r"hx-trigger\s*=\s*[\"'][^\"']*\[": "no trigger filter: it needs unsafe-eval",
    r"(?:src|href|action|hx-get|hx-post)\s*=\s*[\"'](?:https?:)?//": "no address outside the house",
    r"\|\s*safe\b": "no |safe: let markup come from a macro",
}
STYLE_RULES = {
    r"#[0-9a-fA-F]{3,8}\b": "raw colour outside tokens.css",
    r"\brgba?\(|\bhsla?\(": "raw colour outside tokens.css",
    r"font(?:-size)?\s*:[^;]*\d(?:px|pt)\b": "font size in px outside tokens.css",
    r"!important": "!important outside tokens.css",
    r"^\s*&": "no nesting: the browser floor does not know it",
}
MODULE_LINES = 60


def findings(root: Path) -> Iterator[str]:
    """Yield "file:line: what is wrong" for everything under the package's faces."""
    faces = root / "guanjia" / "faces"
    icons = set((faces / "kit" / "icons.txt").read_text(encoding="utf-8").split("\n"))
    for path in sorted(faces.glob("*/templates/**/*.html")):
        yield from template(path, path.relative_to(root), icons)
    css = faces / "kit" / "static" / "kit" / "css"
    tokens = set(re.findall(r"(--[\w-]+)\s*:", (css / "tokens.css").read_text(encoding="utf-8")))
    for path in sorted(css.glob("*.css")):
        yield from style(path, path.relative_to(root), tokens)
    js = faces / "kit" / "static" / "kit" / "js"
    for path in sorted(js.glob("*.js")):
        yield from module(path, path.relative_to(root))


def template(path: Path, name: Path, icons: set[str]) -> Iterator[str]:
    lines = path.read_text(encoding="utf-8").split("\n")
    if not lines[0].startswith("{#"):
        yield f"{name}:1: the first line says what the template needs, in {{# … #}}"
    for number, line in enumerate(lines, start=1):
        for pattern, why in TEMPLATE_RULES.items():
            if re.search(pattern, line):
                yield f"{name}:{number}: {why}"
        for icon in re.findall(r"\b(?:draw_)?icon\(\s*\"([\w-]+)\"|\bicon=\"([\w-]+)\"", line):
            if (icon[0] or icon[1]) not in icons:
                yield f"{name}:{number}: icon {icon[0] or icon[1]} is not in icons.txt"


def style(path: Path, name: Path, tokens: set[str]) -> Iterator[str]:
    text = re.sub(r"/\*.*?\*/", lambda found: "\n" * found[0].count("\n"), path.read_text(encoding="utf-8"), flags=re.S)
    known = tokens | set(re.findall(r"(--[\w-]+)\s*:", text))
    for number, line in enumerate(text.split("\n"), start=1):
        if path.name != "tokens.css":
            for pattern, why in STYLE_RULES.items():
                if re.search(pattern, line):
                    yield f"{name}:{number}: {why}"
        for token in re.findall(r"var\((--[\w-]+)", line):
            if token not in known:
                yield f"{name}:{number}: {token} is no token"


def module(path: Path, name: Path) -> Iterator[str]:
    text = path.read_text(encoding="utf-8")
    if len(text.splitlines()) > MODULE_LINES:
        yield f"{name}:{MODULE_LINES + 1}: a behaviour has at most {MODULE_LINES} lines"
    if re.search(r"\beval\(|new Function\(|innerHTML\s*=", text):
        yield f"{name}:1: no eval and no markup from strings"
    if path.name != "main.js" and not any(f'"./{path.name}"' in other.read_text(encoding="utf-8") for other in path.parent.glob("*.js")):
        yield f"{name}:1: no module imports it"


def main() -> int:
    root = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parents[1]
    found = list(findings(root))
    sys.stdout.write("".join(f"{line}\n" for line in found))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
