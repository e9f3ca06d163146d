"""`guanjia plan`: load, show, diff; exit codes and messages."""

import io
import json
from datetime import date

import pytest
from django.core.management import CommandError, call_command

from guanjia.domain.standards import queries
from guanjia.domain.standards.rules import library, planfile
from tests.conftest import at

OWN = """format = 1

[plan]
code = "anhe-2026"
name = "安禾方案"
edition = "1"
extends = "guanjia-2025"
remove = ["E-050"]

[[clause]]
id = "A-130"
set = { times = 1, per = "month" }
default_by = "company"
why = "物业服务合同第 12 条"
"""


def run(*args):
    out = io.StringIO()
    call_command("plan", *args, stdout=out)
    return out.getvalue()


@pytest.fixture
def own(tmp_path):
    path = tmp_path / "own.toml"
    path.write_text(OWN, encoding="utf-8")
    return str(path)


@pytest.fixture(autouse=True)
def today(clock):
    clock.stop(at("2026-03-02 09:00"))


def test_the_built_in_plan_is_adopted_for_an_estate(world):
    facts = json.loads(run("load", "--builtin", "--estate", "JHY", "--from", "2026-01-01", "--format", "json"))
    assert (facts["clauses"], facts["digest"], facts["began_on"]) == (1084, library.builtin().digest, "2026-01-01")
    assert queries.adopted(world.estate, date(2026, 1, 1)).code == "guanjia-2025"
    assert queries.adopted(world.other_estate, date(2026, 1, 1)) is None


def test_an_own_plan_is_loaded_shown_and_written_back(world, own):
    run("load", own, "--estate", "JHY", "--from", "2026-01-01")
    shown = json.loads(run("show", "--estate", "JHY", "--on", "2026-03-01", "--format", "json"))
    assert (shown["plan"], len(shown["clauses"])) == ("anhe-2026", 1083)
    assert next(row["params"] for row in shown["clauses"] if row["id"] == "A-130") == {"times": "1", "per": "month"}
    toml = run("show", "anhe-2026@1", "--format", "toml")
    assert planfile.read(toml) == planfile.read(OWN, {library.BUILTIN: library.builtin()})


def test_what_is_different_is_listed(own):
    facts = json.loads(run("diff", "builtin", own, "--format", "json"))
    assert (facts["added"], facts["removed"]) == ([], ["E-050"])
    assert facts["changed"][0] == {
        "code": "A-130",
        "key": "set",
        "before": {"times": 1, "per": "quarter"},
        "after": {"times": 1, "per": "month"},
    }
    assert "- E-050" in run("diff", "builtin", own)
    assert run("diff", own, own) == "no difference\n"


def test_a_flawed_file_is_refused_with_its_lines_and_changes_nothing(world, tmp_path):
    path = tmp_path / "bad.toml"
    path.write_text(OWN.replace('per = "month"', 'per = "fortnight"'), encoding="utf-8")
    out = io.StringIO()
    with pytest.raises(CommandError, match=r"bad.toml:12: clause A-130 set") as refused:
        call_command("plan", "load", str(path), "--estate", "JHY", "--from", "2026-01-01", "--format", "json", stdout=out)
    assert refused.value.returncode == 1
    assert [(flaw["line"], flaw["code"]) for flaw in json.loads(out.getvalue())["errors"]] == [(12, "cadence")]
    assert queries.adopted(world.estate, date(2026, 1, 1)) is None


def test_a_refusal_of_the_domain_is_told_by_its_code(world):
    run("load", "--builtin", "--estate", "JHY", "--from", "2026-01-01")
    out = io.StringIO()
    with pytest.raises(CommandError):
        call_command("plan", "load", "--builtin", "--estate", "JHY", "--from", "2026-02-01", "--format", "json", stdout=out)
    assert json.loads(out.getvalue())["refused"] == "retroactive"


@pytest.mark.parametrize(
    ("args", "status"),
    [
        (["load", "--estate", "JHY", "--from", "2026-01-01"], 2),
        (["load", "x.toml", "--builtin", "--estate", "JHY", "--from", "2026-01-01"], 2),
        (["show"], 2),
        (["load", "--builtin", "--estate", "NOWHERE", "--from", "2026-01-01"], 1),
        (["load", "nowhere.toml", "--estate", "JHY", "--from", "2026-01-01"], 1),
        (["show", "--estate", "JHY"], 1),
        (["show", "nothing@1"], 1),
    ],
)
def test_wrong_usage_and_unknown_names_are_told_apart(world, args, status):
    with pytest.raises(CommandError) as refused:
        run(*args)
    assert refused.value.returncode == status
