"""The built-in plan at work: every cadence row of the documents makes something due, or names what is still missing."""

from datetime import date

import pytest

from guanjia.domain.standards import actions, queries
from guanjia.domain.standards.rules import library
from guanjia.domain.standards.rules.cadence import Cadence, expand, follow
from guanjia.domain.standards.rules.kinds import Kind
from guanjia.domain.standards.rules.targets import TargetRule
from tests import make
from tests.conftest import at
from tests.world import model

BEGIN, END = date(2026, 1, 1), date(2027, 1, 1)
NOW = at("2026-01-01 08:00")

# Read by tests/architecture/test_clauses.py: the rows that the plan's data serves.
CADENCES = tuple(row["id"] for row in library.table("clauses") if row["kind"] == "cadence")


@pytest.fixture
def estate(world):
    plan = actions.load(library.builtin(), estate=world.estate, actor=world.li.actor_at(NOW), at=NOW)
    actions.adopt(world.estate, plan, began_on=BEGIN, actor=world.li.actor_at(NOW), at=NOW)
    model("estate.Vacancy").objects.create(estate=world.estate, place=world.flat, state="fit_out", began_on=BEGIN)
    return world.estate


def count_of_the_year(estate, terms):
    """Count slots × targets of each clause that lie in the days of both."""
    calendar = queries.workdays_of(estate.company_id)
    rows = queries.targets(estate, {term.target for term in terms if term.target})
    counted = {}
    for term in terms:
        if term.target is None or not term.active:
            continue
        cadence = Cadence.from_params(term.params)
        begin, end = max(BEGIN, term.began_on), min(END, term.ended_on or END)
        for target in rows[term.target]:
            first, last = max(begin, target.began_on or begin), min(end, target.ended_on or end)
            walk = (
                follow(cadence, first, last, calendar, term.anchor, ())
                if cadence.after_days
                else expand(cadence, first, last, calendar, term.anchor)
            )
            counted[term.code] = counted.get(term.code, 0) + len(walk)
    return counted


def test_every_cadence_row_falls_due_in_a_year_or_names_the_missing_value(estate):
    terms = [term for term in queries.terms(estate, BEGIN, END) if term.clause.kind == Kind.CADENCE]
    counted = count_of_the_year(estate, terms)
    silent = {term.code: [item.key for item in term.missing] for term in terms if not counted.get(term.code)}
    assert len(terms) == 119
    assert silent == {"B-060": ["movein_on"]}


def test_the_last_silent_row_speaks_once_the_estate_gives_its_move_in_date(estate, world):
    actions.override(estate, "movein_on", {"value": "2026-05-01"}, began_on=BEGIN, reason="交付计划", actor=world.li.actor_at(NOW), at=NOW)
    [term] = [term for term in queries.terms(estate, BEGIN, END) if term.code == "B-060"]
    assert count_of_the_year(estate, [term]) == {"B-060": 1}


@pytest.mark.parametrize(
    ("code", "times"),
    [
        ("A-047", 12),  # by the 5th of each month
        ("A-203", 8),  # half-monthly, June to September
        ("A-206", 24),  # half-monthly
        ("A-218", 51 * 3 + 2 + 2),  # three a week: 51 whole weeks, Thursday to Sunday before, Monday to Thursday after
        ("A-229", 730),  # twice a day
        ("A-272", 24),  # every 15 days from the last completion
        ("A-312", 8760),  # hourly
        ("A-385", 183),  # every other day
        ("B-017", 27),  # every other one of the 53 weeks that touch 2026, counted from the first
        ("B-245", 1095),  # three shifts a day
        ("D-042", 4),  # rainy season
        ("E-124", 1),  # January only
    ],
)
def test_the_year_of_a_clause_has_as_many_as_its_words_say(estate, code, times):
    [term] = [term for term in queries.terms(estate, BEGIN, END) if term.code == code]
    assert count_of_the_year(estate, [term]) == {code: times}


def test_what_holds_for_high_buildings_holds_for_office_towers_and_sleeps_in_villas(world):
    tower, villas = make.estate(world.company, "TOWER"), make.estate(world.company, "VILLA")
    make.place(tower, "A/", kind="building", building_type="office")
    make.place(villas, "1/", kind="building", building_type="villa")
    rules = {code: TargetRule.from_mapping(library.builtin().clause(code).target) for code in ("A-242", "A-243", "A-244", "A-272", "A-273")}
    assert {len(found) for found in queries.targets(tower, rules.values()).values()} == {1}
    assert {len(found) for found in queries.targets(villas, rules.values()).values()} == {0}
