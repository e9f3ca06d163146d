"""The params grammar: what the document says, what it leaves open, and what holds in the end."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import guanjia.domain.standards as standards
from guanjia.domain.standards.rules import params

TABLE = Path(standards.__file__).parent / "library" / "clauses.tsv"
ROWS = list(csv.DictReader(TABLE.open(encoding="utf-8"), delimiter="\t", quoting=csv.QUOTE_NONE))

keys = st.from_regex(r"[a-z][a-z0-9_]{0,8}", fullmatch=True).filter(lambda key: key != "limit")
values = st.text(st.characters(exclude_characters=";", exclude_categories=["C", "Z"]), min_size=1, max_size=12)


@pytest.mark.parametrize("row", [row for row in ROWS if row["params"]], ids=lambda row: row["id"])
def test_every_row_of_the_table_is_readable(row):
    assert params.parse(row["params"])


@given(st.dictionaries(keys, values, max_size=6))
def test_what_is_rendered_reads_back(pairs):
    assert params.parse(params.render(pairs)) == pairs


@pytest.mark.parametrize("text", ["times", "times=", "=", "Times=1", "times=1;>=98%", "per = week"])
def test_malformed_params_are_refused(text):
    with pytest.raises(params.MalformedParams):
        params.parse(text)


def test_a_schedule_closes_an_open_interval():
    assert params.effective("interval=configurable;scope=heating", {"times": 1, "per": "quarter"}) == {
        "scope": "heating",
        "times": "1",
        "per": "quarter",
    }


def test_the_override_of_the_estate_wins_over_the_default_of_the_plan():
    pairs = params.effective("interval=configurable", {"times": 1, "per": "month"}, {"per": "week"})
    assert pairs == {"times": "1", "per": "week"}


def test_a_cover_of_the_day_replaces_a_count():
    assert params.effective("times=1;per=day", {"coverage": "24h"}) == {"coverage": "24h"}


def test_shared_values_fill_only_what_is_open():
    shared = {"immediate_minutes": 15, "prompt_minutes": 240, "winter_months": "11-12"}
    assert params.effective("minutes=0;from=finding;to=stop", shared=shared)["minutes"] == "15"
    assert params.effective("minutes=30;from=report", shared=shared)["minutes"] == "30"
    assert params.effective("to=上级;timing=prompt", shared=shared)["minutes"] == "240"
    assert params.effective("times=1;per=year;season=winter", shared=shared)["months"] == "11-12"


def test_what_nobody_decided_stays_open():
    assert list(params.still_open(params.parse("duration_months=1;before=movein"))) == [params.Open("movein_on", "movein")]
    assert list(params.still_open(params.parse("target=configurable;metric=x"))) == [params.Open("target", "configurable")]
    assert list(params.still_open(params.effective("target=configurable;metric=x", {"limit": ">=98%"}))) == []
