"""`guanjia due`: the JSON that scripts read, exit codes, and what cannot be said."""

from __future__ import annotations

import io
import json

import pytest
from django.core.management import CommandError, call_command

from guanjia.domain.standards import actions
from tests.conftest import at
from tests.domain.standards.plans import BUILDINGS, adopt, clause


def run(*args):
    out, err = io.StringIO(), io.StringIO()
    call_command("due", *args, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def test_each_occurrence_says_clause_target_period_state_and_proof(world, clock):
    adopt(world.estate, clause("T-1", "times=1;per=month;due_day=5", BUILDINGS), clause("T-2", "times=1;per=hour;hours=23:00-01:00"))
    key = f"place:{world.building.pk}"
    proof = [{"kind": "photo", "file": 7}]
    actor, when = world.li.actor_at(at("2026-03-04 10:00")), at("2026-03-04 10:00")
    actions.record_done(world.estate, "T-1", key, done_at=when, evidence=proof, actor=actor, at=when)
    clock.stop(at("2026-03-20 12:00"))

    monthly, _ = run("--estate", "JHY", "--from", "2026-03-01", "--to", "2026-04-01", "--clause", "T-1", "--format", "json")
    nightly, _ = run("--estate", "JHY", "--from", "2026-03-20", "--to", "2026-03-21", "--clause", "T-2", "--format", "json")

    (first,) = json.loads(monthly)["occurrences"]
    assert first.pop("suggested_on") in {f"2026-03-0{day}" for day in range(1, 6)}
    assert first == {
        "clause": "T-1",
        "target": "3 号楼",
        "target_key": key,
        "period": ["2026-03-01", "2026-03-06"],
        "k": 1,
        "n": 1,
        "state": "done",
        "by": "李敏",
        "evidence": proof,
    }
    assert [(item["period"], item["state"], item["by"]) for item in json.loads(nightly)["occurrences"]] == [
        (["2026-03-20T23:00", "2026-03-21T00:00"], "due", None),
        (["2026-03-21T00:00", "2026-03-21T01:00"], "due", None),
    ]


def test_an_empty_answer_is_still_a_document(world):
    assert json.loads(run("--estate", "JHY", "--from", "2026-03-01", "--to", "2026-04-01", "--format", "json")[0]) == {"occurrences": []}


def test_what_cannot_be_said_goes_to_stderr(world, clock):
    adopt(world.estate, clause("T-1", "interval=configurable"), clause("T-2", "times=1;per=day;working_days=1"))

    out, err = run("--estate", "JHY", "--from", "2027-03-01", "--to", "2027-03-03", "--format", "json")

    assert json.loads(out) == {"occurrences": []}
    assert "T-1 makes nothing due: interval" in err
    assert "T-2 cannot be said: the holidays of 2027 are not published" in err


def test_the_text_form_counts_at_the_end(world, clock):
    adopt(world.estate, clause("T-1", "times=1;per=day"))
    clock.stop(at("2026-03-20 12:00"))

    out, err = run("--estate", "JHY", "--from", "2026-03-19", "--to", "2026-03-21")

    assert [line.split()[:3] for line in out.splitlines()] == [["2026-03-19", "T-1", "missed"], ["2026-03-20", "T-1", "due"]]
    assert err.strip() == "2 due: 0 done, 0 late, 1 missed, 1 open"


@pytest.mark.parametrize(
    ("args", "code"),
    [
        (["--estate", "NONE", "--from", "2026-03-01", "--to", "2026-04-01"], 1),
        (["--estate", "JHY", "--from", "2026-04-01", "--to", "2026-04-01"], 2),
    ],
)
def test_a_wrong_estate_is_refused_and_a_wrong_interval_is_wrong_usage(world, args, code):
    with pytest.raises(CommandError) as refused:
        run(*args)
    assert refused.value.returncode == code
