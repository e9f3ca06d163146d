"""The texts of the interface: Chinese msgids in code and templates, English in `guanjia/locale/en`.

`update` rewrites the catalogue from the sources (known texts keep their English), `compile` makes the binary that the
server reads, `check` says what has no English, what is no longer used, and where placeholders differ.
"""

import re
import sys
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
ENGLISH = ROOT / "guanjia" / "locale" / "en" / "LC_MESSAGES" / "django.po"
METHODS = [("**/migrations/**", "ignore"), ("**.py", "python"), ("**/templates/**.html", "jinja2")]
OPTIONS = {"**/templates/**.html": {"trimmed": "true", "silent": "false", "encoding": "utf-8"}}
KEYWORDS = {
    name: spec
    for names, spec in (
        (("_", "gettext", "gettext_lazy"), None),
        (("ngettext", "ngettext_lazy"), (1, 2)),
        (("pgettext", "pgettext_lazy"), ((1, "c"), 2)),
    )
    for name in names
}
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|\{(\w+)\}")


def sources() -> Catalog:
    """Return a catalogue of every text that the sources mark, without English."""
    catalogue = Catalog(domain="django", charset="utf-8")
    found = extract_from_dir(str(ROOT / "guanjia"), METHODS, OPTIONS, keywords=KEYWORDS, strip_comment_tags=True)
    for filename, _line, message, _comments, context in found:
        catalogue.add(message, locations=[(f"guanjia/{filename}", 0)], context=context)
    return catalogue


def english() -> Catalog:
    """Return the committed catalogue, or an empty one."""
    if not ENGLISH.exists():
        return Catalog(locale="en", domain="django", charset="utf-8")
    return read_po(ENGLISH.open("rb"), locale="en", domain="django")


def update() -> None:
    catalogue = Catalog(locale="en", domain="django", charset="utf-8", header_comment="# English texts of Guanjia.", fuzzy=False)
    known = english()
    for message in sources():
        if not message.id:
            continue
        before = known.get(message.id, context=message.context) if not isinstance(message.id, tuple) else known.get(message.id[0])
        catalogue.add(message.id, before.string if before else "", locations=message.locations, context=message.context)
    ENGLISH.parent.mkdir(parents=True, exist_ok=True)
    out = BytesIO()
    write_po(out, catalogue, width=140, no_location=True, sort_output=True, omit_header=False)
    text = re.sub(
        rb'"(POT-Creation-Date|PO-Revision-Date|Generated-By|Last-Translator|Language-Team|Report-Msgid[^:]*):[^"]*"\n', b"", out.getvalue()
    )
    ENGLISH.write_bytes(text)
    sys.stdout.write(f"{len(catalogue)} texts, {len(missing(catalogue))} without English\n")


def missing(catalogue: Catalog) -> list[str]:
    """Return the msgids without English; of plural texts both forms are needed."""
    return [
        str(message.id)
        for message in catalogue
        if message.id and (not message.string or (isinstance(message.string, (tuple, list)) and not all(message.string)))
    ]


def faults() -> list[str]:
    """Return one line per fault of the committed catalogue; empty when it is complete."""
    known, wanted = english(), sources()
    lines = []
    for message in wanted:
        if not message.id:
            continue
        key = message.id[0] if isinstance(message.id, tuple) else message.id
        entry = known.get(key, context=message.context)
        if entry is None:
            lines.append(f"not in the catalogue: {key!r}")
    lines += [f"no English: {text}" for text in missing(known)]
    ids = {m.id[0] if isinstance(m.id, tuple) else m.id for m in wanted if m.id}
    for message in known:
        if not message.id:
            continue
        key = message.id[0] if isinstance(message.id, tuple) else message.id
        if key not in ids:
            lines.append(f"no longer used: {key!r}")
        strings = message.string if isinstance(message.string, (tuple, list)) else (message.string,)
        asked = {a or b for a, b in PLACEHOLDER.findall(key)}
        lines += [
            f"placeholders differ: {key!r} → {text!r}"
            for text in strings
            if text and {a or b for a, b in PLACEHOLDER.findall(text)} != asked
        ]
        lines += [f"fuzzy: {key!r}"] if message.fuzzy else []
    return lines


def compile_all() -> None:
    out = BytesIO()
    write_mo(out, english())
    ENGLISH.with_suffix(".mo").write_bytes(out.getvalue())


def main(verb: str) -> int:
    if verb == "update":
        update()
    elif verb == "compile":
        compile_all()
    elif verb == "check":
        found = faults()
        sys.stdout.write("\n".join([*found[:40], f"{len(found)} faults in the English texts", ""]))
        return 1 if found else 0
    else:
        sys.stderr.write("usage: messages.py update|compile|check\n")
        return 2
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1] if len(sys.argv) == 2 else ""))
