"""The source tables are in the package, byte for byte."""

import csv
import hashlib
from pathlib import Path

import guanjia.domain.standards as standards
from guanjia.domain.standards.rules import library, params

LIBRARY = Path(standards.__file__).parent / "library"

DIGESTS = {
    "clauses.tsv": "a903cc237f29bd981856decb5456f89a539dd341971e69a0c089fdc37b9a02aa",
    "forms.tsv": "6765919ec4be344454edb405055afd4197d07c8e1ab1e005275925ba692ca64f",
    "glossary.tsv": "91432795fc31acfb8fea7816f8a1a56f0a687fec582bc18f005a0fd52ef88ded",
    "roles.tsv": "582b73c0b14d8860bfdfcb28406e7c360bc9f20101f4f46fa99c85363371eaca",
}


def test_the_source_tables_are_the_given_ones():
    found = {name: hashlib.sha256((LIBRARY / name).read_bytes()).hexdigest() for name in DIGESTS}
    assert found == DIGESTS


def test_the_digests_beside_the_tables_say_the_same():
    lines = (LIBRARY / "SHA256SUMS").read_text().splitlines()
    assert dict(reversed(line.split(maxsplit=1)) for line in lines) == DIGESTS


def test_the_built_in_plan_holds_every_row_unchanged():
    with (LIBRARY / "clauses.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    held = [{key: getattr(clause, key) for key in rows[0]} for clause in library.builtin().clauses]
    assert len(held) == 1084
    assert held == rows


def test_nothing_that_the_documents_leave_open_is_left_open_but_the_move_in_date():
    plan = library.builtin()
    shared = {item.code: item.value for item in plan.parameters}
    left = {
        (clause.id, item.key)
        for clause in plan.clauses
        for item in params.still_open(params.effective(clause.params, clause.set, shared=shared))
    }
    assert left == {("B-060", "movein_on")}


def test_every_value_of_ours_is_marked_and_says_why():
    plan = library.builtin()
    ours = [item for item in (*plan.clauses, *plan.parameters, *plan.conflicts) if getattr(item, "set", True)]
    assert {item.default_by for item in ours} == {"guanjia"}
    assert all(len(item.why) >= 8 for item in ours)
    assert not [clause.id for clause in plan.clauses if not clause.set and clause.default_by != "document"]


def test_every_conflict_of_the_catalogue_is_a_parameter():
    conflicts = library.builtin().conflicts
    assert [item.number for item in conflicts] == ["1", "1b", *map(str, range(2, 30))]
    assert all(item.choice and item.clauses for item in conflicts)


def test_every_cadence_row_has_a_target_rule_and_a_post_of_the_role_table():
    roles = {row["name_zh"] for row in library.table("roles")}
    cadences = [clause for clause in library.builtin().clauses if clause.kind == "cadence"]
    assert len(cadences) == 119
    assert [clause.id for clause in cadences if not clause.target or not clause.evidence] == []
    assert {clause.post for clause in cadences} <= roles
