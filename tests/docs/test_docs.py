"""The documentation names things that exist."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "guanjia").rglob("README.md")])
LINK = re.compile(r"\[[^\]]*\]\(([^)#\s]+)(?:#[^)]*)?\)")


@pytest.mark.parametrize("document", PAGES, ids=lambda document: str(document.relative_to(ROOT)))
def test_every_link_leads_somewhere(document):
    targets = [target for target in LINK.findall(document.read_text(encoding="utf-8")) if "://" not in target]
    assert [target for target in targets if not (document.parent / target).exists()] == []


def test_every_decision_is_in_the_list_and_carries_its_number():
    folder = ROOT / "docs" / "decisions"
    pages = sorted(path.name for path in folder.glob("0*.md"))
    listed = re.findall(r"\((0\d{3}-[^)]+\.md)\)", (folder / "README.md").read_text(encoding="utf-8"))
    assert listed == pages
    assert [name for name in pages if not (folder / name).read_text(encoding="utf-8").startswith(f"# {name[:4]} ")] == []


def test_every_run_time_dependency_says_why_it_is_there():
    page = (ROOT / "docs" / "decisions" / "0011-dependencies.md").read_text(encoding="utf-8")
    rows = {line.split("|")[1].strip().lower() for line in page.splitlines() if line.startswith("| ")}
    names = {
        re.split(r"[\[<>=!~ ]", line)[0].lower() for line in (ROOT / "requirements" / "run.in").read_text().splitlines() if line.strip()
    }
    assert names - rows == set()
    assert rows - names == {"package"}


def test_the_glossary_has_one_word_for_one_concept():
    rows = [
        line.split("|")[1].strip()
        for line in (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8").splitlines()
        if line.startswith("| ")
    ]
    terms = [term for term in rows if term != "English"]
    assert sorted(terms) == sorted(set(terms))
    assert len(terms) > 50
