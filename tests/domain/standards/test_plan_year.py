"""Each clause that the plan's data serves, over the year 2026 and one target: as often as its words say.

The table is written from the words of the clauses, not from the engine. 2026 begins and ends on a Thursday: 53 weeks touch it.
"""

from datetime import date

import pytest

from guanjia.domain.standards.rules import library, register
from guanjia.domain.standards.rules.cadence import Cadence, expand, follow
from guanjia.domain.standards.rules.terms import Held, terms
from guanjia.kernel.workdays import calendar

BEGIN, END = date(2026, 1, 1), date(2027, 1, 1)
PLAN = library.builtin()

YEAR = {
    365 * 24: "A-312",  # each hour
    365 * 3: "B-245",  # three shifts a day
    365 * 2: "A-191 A-229 A-370 A-373",  # twice a day
    365: (  # each day, and every duty that is manned day and night
        "A-034 A-052 A-055 A-060 A-104 A-162 A-182 A-199 A-211 A-213 A-244 A-257 A-295 A-302 A-325 A-334 A-335 A-340 A-346 A-362 A-366 A-367 "
        "A-371 A-376 A-382 A-384 B-002 B-009 B-045 B-117 B-230 D-142 D-152 E-008 E-011"
    ),
    183: "A-385",  # every other day
    51 * 3 + 2 + 2: "A-218",  # three a week: Thursday to Sunday of the first, Monday to Thursday of the last hold two each
    51 * 2 + 1 + 1: "A-236 A-363",  # twice a week
    53: "A-084 A-137 A-142 A-151 A-160 A-209 A-374 B-007 B-234 B-244 C-020",  # each week
    27: "B-017",  # every other week
    24: "A-206 A-272 A-386",  # each half month; every 15 days
    12: (  # each month
        "A-047 A-048 A-111 A-115 A-125 A-132 A-143 A-149 A-164 A-192 A-202 A-217 A-225 A-239 A-245 A-248 A-354 A-378 B-028 B-035 B-199 B-203 "
        "B-204 B-235 C-006 C-007 C-011 C-025 C-033 D-018 D-020 D-176 E-010 E-103 E-156 E-195 E-196 E-213"
    ),
    4 * 2: "A-203",  # each half month of four months
    4: "A-077 A-086 A-130 A-196 A-219 A-220 A-230 A-242 B-047 B-048 C-028 D-042 D-150 D-161",  # each quarter; each month of the rain
    2: "A-072 A-078 A-134 A-144 A-193 A-195 A-204 A-231 A-235 A-247 A-250 A-254 A-258 A-262 A-267 A-349 B-055 C-032 D-158 D-159",
    1: "A-079 A-110 A-128 A-221 A-223 A-228 A-240 A-243 A-273 A-331 B-010 C-029 E-124 E-125",  # once a year
}
CASES = [(code, times) for times, codes in YEAR.items() for code in codes.split()]


@pytest.fixture(scope="module")
def held():
    return {term.code: term for term in terms([Held(PLAN, BEGIN)], (), BEGIN, END)}


@pytest.mark.parametrize(("code", "times"), [pytest.param(*case, marks=pytest.mark.clause(case[0])) for case in CASES])
def test_a_clause_falls_due_as_often_as_its_words_say(held, code, times):
    term = held[code]
    cadence = Cadence.from_params(term.params)
    walk = follow(cadence, BEGIN, END, calendar(), BEGIN, ()) if cadence.after_days else expand(cadence, BEGIN, END, calendar(), BEGIN)
    assert (term.target is not None, len(walk)) == (True, times)


def test_the_table_names_exactly_the_clauses_that_the_plan_serves(held):
    assert {code for code, _times in CASES} == {term.code for term in held.values() if register.makes_due(term.clause, term.params)}
