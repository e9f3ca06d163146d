"""`guanjia clauses`: every row of the table, unchanged, with what serves it."""

import csv
import io
import json

from django.core.management import call_command

from guanjia.domain.standards.rules import library


def listed(**options):
    out = io.StringIO()
    call_command("clauses", format="json", stdout=out, **options)
    return json.loads(out.getvalue())["clauses"]


def test_every_row_is_listed_as_the_table_has_it():
    with (library.FOLDER / "clauses.tsv").open(encoding="utf-8", newline="") as file:
        rows = [
            {key: value for key, value in row.items() if key != "gloss"}
            for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        ]
    shown = listed()
    assert [{key: value for key, value in row.items() if key != "served_by"} for row in shown] == rows
    assert len(shown) == 1084


def test_data_serves_what_it_makes_due_and_nothing_serves_the_rest():
    served = {row["id"]: row["served_by"] for row in listed()}
    assert served["A-203"] == ["plan:A-203"]
    assert served["A-183"] == []  # a clock, and no case runs it yet
    assert served["B-060"] == []  # the move-in date is still missing
    assert {row["id"] for row in listed() if row["kind"] == "cadence" and not row["served_by"]} == {"B-060"}


def test_the_unserved_are_listed_alone():
    assert [row["id"] for row in listed(unserved=True)] == [row["id"] for row in listed() if not row["served_by"]]
