"""What is said to serve a clause exists, is tested, and is listed in docs/clauses.md."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys

import pytest
from django.core.management import call_command

from guanjia.domain.standards.rules import library, register
from tests.architecture.source import ROOT


@pytest.fixture(scope="module")
def marked(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """Collect the whole suite and return the clauses that its tests are marked with."""
    kept = tmp_path_factory.mktemp("marks") / "marks.json"
    collecting = [sys.executable, "-m", "pytest", "--collect-only", "-qq", "-n0", "-p", "tests.architecture.clause_marks", "tests"]
    subprocess.run(collecting, cwd=ROOT, check=True, env=os.environ | {"CLAUSE_MARKS": str(kept)}, stdout=subprocess.DEVNULL)
    return set(json.loads(kept.read_text()))


def test_every_docstring_names_a_clause_of_the_documents():
    assert [str(found) + " " + found.clause for found in register.unknown(library.builtin(), register.references())] == []


def test_references_are_read_from_functions_classes_and_ranges(tmp_path):
    package = tmp_path / "sample"
    package.mkdir()
    (package / "__init__.py").write_text('"""Nothing."""\n')
    (package / "rounds.py").write_text(
        '"""A part.\n\nClause: A-001.\n"""\n\n\nclass Round:\n    """One.\n\n    Clause: A-002..004 (only some). Raises A."""\n\n'
        '    def walk(self):\n        """Walk. Clause: B-010, B-012."""\n'
    )
    found = [(reference.clause, str(reference)) for reference in register.references(package)]
    assert found == [
        ("A-001", "code:sample.rounds"),
        ("A-002", "code:sample.rounds:Round"),
        ("A-003", "code:sample.rounds:Round"),
        ("A-004", "code:sample.rounds:Round"),
        ("B-010", "code:sample.rounds:Round.walk"),
        ("B-012", "code:sample.rounds:Round.walk"),
    ]


@pytest.mark.slow
def test_every_served_clause_is_exercised_by_a_marked_test(marked):
    assert {row.clause.id: row.served_by for row in register.register() if row.served_by and row.clause.id not in marked} == {}


@pytest.mark.slow
def test_no_test_is_marked_with_a_clause_that_does_not_exist(marked):
    assert marked - {clause.id for clause in library.builtin().clauses} == set()


def test_the_list_of_clauses_is_up_to_date():
    out = io.StringIO()
    call_command("clauses", format="markdown", stdout=out)
    assert (ROOT / "docs" / "clauses.md").read_text(encoding="utf-8") == out.getvalue(), (
        "guanjia clauses --format markdown > docs/clauses.md"
    )
