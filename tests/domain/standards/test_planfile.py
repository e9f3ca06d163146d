"""Plan files: what is read, what is refused and on which line, and what is written back."""

import contextlib
import re
import tomllib
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guanjia.domain.standards.rules import library, planfile
from guanjia.domain.standards.rules.planfile.lines import Lines
from tests.architecture.source import ROOT

HEAD = 'format = 1\n\n[plan]\ncode = "own"\nname = "本公司方案"\nedition = "1"\n'
CLAUSE = """
[[clause]]
id = "X-1"
section = "一"
quote = "每月检查一次"
kind = "cadence"
actor = "工程部"
subject = "每月检查"
params = "times=1;per=month"
record = ""
capability = "rounds"
"""


def flaws_of(text, bases=None):
    with pytest.raises(planfile.PlanFlaws) as refused:
        planfile.read(text, bases)
    return [(flaw.line, flaw.code) for flaw in refused.value.flaws]


def test_a_small_plan_is_read():
    plan = planfile.read(HEAD + CLAUSE)
    assert (plan.code, plan.edition, [clause.id for clause in plan.clauses]) == ("own", "1", ["X-1"])


def test_windows_line_ends_and_a_byte_order_mark_do_no_harm():
    assert planfile.read("\ufeff" + (HEAD + CLAUSE).replace("\n", "\r\n")) == planfile.read(HEAD + CLAUSE)


def test_a_broken_line_is_named():
    assert flaws_of(HEAD + 'note = "没有写完\n') == [(7, "syntax")]
    assert flaws_of(HEAD + 'name = "两次"\n') == [(7, "syntax")]


@pytest.mark.parametrize(
    ("change", "flaw"),
    [
        (("[plan]", "[plans]"), (3, "unknown_key")),
        (('edition = "1"', "edition = 1"), (6, "type")),
        (('edition = "1"', 'edition = "1"\nextends = "nowhere"'), (7, "unknown_plan")),
        (('code = "own"', 'code = "Own Plan"'), (1, "code")),
        (('id = "X-1"', 'id = "x1"'), (9, "code")),
        (('kind = "cadence"', 'kind = "cadense"'), (12, "kind")),
        (('quote = "每月检查一次"', 'quote = " "'), (11, "required")),
        (('params = "times=1;per=month"', 'params = "monthly"'), (15, "params")),
        (('params = "times=1;per=month"', "params = 3"), (15, "type")),
        (('params = "times=1;per=month"', 'params = "times=1;per=fortnight"'), (15, "cadence")),
        (('params = "times=1;per=month"', 'params = "interval=configurable"'), (15, "cadence")),
        (('record = ""', 'record = ""\nset = { months = "13" }\nwhy = "因为"\ndefault_by = "company"'), (17, "cadence")),
        (('record = ""', 'record = ""\ntarget = { of = "moon" }'), (17, "target")),
        (('record = ""', 'record = ""\nevidence = ["smell"]'), (17, "evidence")),
        (('record = ""', 'record = ""\nset = { per = "week" }\ndefault_by = "company"'), (8, "required")),
        (('record = ""', 'record = ""\nset = { per = "week" }\nwhy = "因为"'), (8, "default_by")),
        (('record = ""', 'record = ""\nset = { per = ["week"] }\nwhy = "因为"\ndefault_by = "company"'), (17, "params")),
        (('record = ""', 'record = ""\nbegan_on = 2026-02-01\nended_on = 2026-02-01'), (18, "order")),
        (('record = ""', 'record = ""\nbegan_on = "2026-02-01"'), (17, "type")),
        (('record = ""', 'record = ""\ncolour = "red"'), (17, "unknown_key")),
        (('actor = "工程部"\n', ""), (8, "required")),
    ],
)
def test_each_flaw_is_named_with_its_line(change, flaw):
    text = HEAD + CLAUSE
    assert change[0] in text
    assert flaw in flaws_of(text.replace(*change))


@pytest.mark.parametrize(
    "text", ["a = " + "[" * 9000, "a = " + "1" * 9000, "\x00", "= 1", "[plan]\nplan = 1", "plan = 3", "clause = [1]", "[clause]\nid = 1"]
)
def test_no_text_is_too_strange_to_be_refused(text):
    assert flaws_of(text)


def test_a_character_that_databases_refuse_is_named():
    assert flaws_of(HEAD + CLAUSE.replace('record = ""', 'record = "a\\u0000"')) == [(16, "nul")]
    assert (17, "nul") in flaws_of(HEAD + CLAUSE.replace('record = ""', 'record = ""\ntarget = { of = "estate", name = "\\u0000" }'))


@given(st.text(max_size=200))
def test_no_text_is_a_plan_by_chance(text):
    assert flaws_of(text)


KEYS = ["id", "quote", "set", "target", "evidence", "code", "options", "choice", "clauses", "rule", "why", "began_on", "kind", "value"]
VALUES = [
    '""',
    '"x"',
    "1",
    "true",
    "2026-01-01",
    "[]",
    "[1]",
    "[{}]",
    "[[]]",
    '{ key = "a" }',
    "{ of = [] }",
    "{ of = 1 }",
    '{ name = "x" }',
    "1.5",
]


@given(
    st.sampled_from(["clause", "conflict", "parameter", "source", "plan"]),
    st.dictionaries(st.sampled_from(KEYS), st.sampled_from(VALUES), max_size=6),
)
def test_tables_of_the_wrong_shape_are_refused_never_a_crash(table, pairs):
    whole = {
        "clause": CLAUSE,
        "conflict": '\n[[conflict]]\ncode = "K-40"\nnumber = "40"\nsubject = "频次"\nwhy = "因为"\nchoice = ["a"]\noptions = []\n',
        "parameter": '\n[[parameter]]\ncode = "rain"\nlabel = "雨"\nvalue = ""\n',
        "source": '\n[[source]]\ncode = "A"\ntitle = "甲"\n',
        "plan": "",
    }[table]
    kept = [line for line in (HEAD.replace("\n\n", "\n") + whole).split("\n") if table == "plan" or line.partition(" =")[0] not in pairs]
    lines = [f"{key} = {value}" for key, value in pairs.items()]
    with contextlib.suppress(planfile.PlanFlaws):
        planfile.read("\n".join([*kept, *lines]))


def test_every_flaw_is_said_at_once():
    text = HEAD + CLAUSE.replace("cadence", "rhythm") + CLAUSE.replace("X-1", "X-2").replace("times=1", "times")
    assert flaws_of(text) == [(12, "kind"), (26, "params")]


def test_flaws_of_shape_and_of_sense_are_said_together():
    text = (
        HEAD
        + 'remove = ["A-001"]\n'
        + CLAUSE.replace("cadence", "rhythm")
        + CLAUSE.replace("X-1", "X-2").replace('record = ""', "record = 1")
    )
    assert flaws_of(text) == [(7, "unknown_clause"), (13, "kind"), (28, "type")]


def test_a_clause_written_twice_points_at_the_second():
    assert flaws_of(HEAD + CLAUSE + CLAUSE) == [(19, "duplicate")]


def test_an_extending_plan_changes_only_what_it_says():
    text = HEAD + (
        'extends = "guanjia-2025"\nremove = ["A-001"]\n\n[[clause]]\nid = "A-130"\nset = { times = 1, per = "month" }\n'
        'default_by = "company"\nwhy = "合同第 12 条"\n'
    )
    plan = planfile.read(text, {library.BUILTIN: library.builtin()})
    assert (plan.clause("A-130").set, plan.clause("A-130").default_by) == ({"times": 1, "per": "month"}, "company")
    assert plan.clause("A-130").quote == library.builtin().clause("A-130").quote
    assert {clause.id for clause in library.builtin().clauses} - {clause.id for clause in plan.clauses} == {"A-001"}
    assert plan.clause("A-203") == library.builtin().clause("A-203")


def test_removing_what_is_not_there_is_refused():
    assert flaws_of(HEAD + 'remove = ["A-001"]\n' + CLAUSE) == [(7, "unknown_clause")]


def test_a_conflict_must_offer_what_it_chooses():
    conflict = (
        '\n[[conflict]]\ncode = "K-40"\nnumber = "40"\nsubject = "频次"\nwhy = "因为"\nchoice = ["c"]\n'
        'options = [\n  { key = "a", says = "每月", clauses = ["X-1"] },\n  { key = "b", says = "每周", clauses = ["X-9"] },\n]\n'
    )
    assert flaws_of(HEAD + CLAUSE + conflict) == [(24, "choice"), (25, "unknown_clause")]


def test_the_built_in_plan_reads_back_as_it_is_written():
    assert planfile.read(planfile.write(library.builtin())) == library.builtin()


keys = st.from_regex(r"[a-z_]{1,8}", fullmatch=True)
texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=20)


@given(st.lists(st.tuples(texts, st.lists(texts, max_size=3)), min_size=1, max_size=5))
def test_any_words_survive_writing_and_the_lines_are_found(clauses):
    base = planfile.read(HEAD + CLAUSE).clauses[0]
    drafts = tuple(
        replace(base, id=f"X-{index}", quote=f"x{quote}", record=" ".join(more), source="") for index, (quote, more) in enumerate(clauses)
    )
    plan = replace(planfile.read(HEAD + CLAUSE), clauses=drafts)
    text = planfile.write(plan)
    assert planfile.read(text) == plan
    lines = Lines(text)
    found = [text.split("\n")[lines.of("clause", index, "quote") - 1] for index in range(len(drafts))]
    assert [tomllib.loads(line)["quote"] for line in found] == [draft.quote for draft in drafts]


def test_lines_are_counted_through_multi_line_strings_and_arrays():
    text = 'a = """\n[[clause]]\nb = 1\n"""\n[[clause]]\nlist = [\n  "]", # ]\n  \'x = [\',\n]\nlast = 1\n'
    tomllib.loads(text)
    lines = Lines(text)
    assert (lines.of("a"), lines.of("clause", 0), lines.of("clause", 0, "list"), lines.of("clause", 0, "last")) == (1, 5, 6, 10)
    assert lines.of("clause", 0, "missing") == 5
    assert lines.of("nothing") == 1


def test_the_example_of_the_guide_is_a_plan():
    guide = (ROOT / "docs" / "plan-file.md").read_text(encoding="utf-8")
    examples = re.findall(r"```toml\n(.*?)```", guide, re.DOTALL)
    plan = planfile.read(examples[0], {library.BUILTIN: library.builtin()})
    assert (plan.clause("HT-1").target["name"], len(plan.clauses)) == ("天台门", 1084)
    assert planfile.read(HEAD + 'extends = "guanjia-2025"\n' + examples[1], {library.BUILTIN: library.builtin()}).conflicts
