"""What a clause means from which day to which day: editions, overrides, parameters, conflicts."""

from dataclasses import replace
from datetime import date

from guanjia.domain.standards.rules import library, params
from guanjia.domain.standards.rules.terms import Change, Held, terms

PLAN = library.builtin()
JAN, FEB, MAR, APR = (date(2026, month, 1) for month in (1, 2, 3, 4))


def of(code, held, changes=(), begin=JAN, end=APR):
    return [(term.began_on, term.ended_on, dict(term.params)) for term in terms(held, changes, begin, end) if term.code == code]


def test_a_plan_alone_gives_one_term_for_each_clause():
    found = terms([Held(PLAN, JAN)], (), JAN, APR)
    assert [term.code for term in found] == [clause.id for clause in PLAN.clauses]
    assert {(term.began_on, term.ended_on, term.anchor) for term in found} == {(JAN, None, JAN)}


def test_nothing_holds_before_the_plan_is_adopted():
    assert terms([Held(PLAN, FEB)], (), JAN, FEB) == []


def test_an_override_in_mid_month_cuts_the_clause_in_two_and_no_other():
    day = date(2026, 2, 15)
    held = [Held(PLAN, JAN)]
    assert of("A-206", held, [Change("A-206", {"per": "week"}, day)]) == [
        (JAN, day, {"times": "1", "per": "half_month"}),
        (day, None, {"times": "1", "per": "week"}),
    ]
    assert len(of("A-204", held, [Change("A-206", {"per": "week"}, day)])) == 1


def test_an_override_that_ended_leaves_the_plans_own_values():
    assert [pairs["per"] for _began, _ended, pairs in of("A-206", [Held(PLAN, JAN)], [Change("A-206", {"per": "week"}, FEB, MAR)])] == [
        "half_month",
        "week",
        "half_month",
    ]


def test_a_new_edition_ends_the_old_terms_and_keeps_the_count_of_days():
    clauses = tuple(replace(clause, params="times=2;per=half_month") if clause.id == "A-206" else clause for clause in PLAN.clauses)
    newer = replace(PLAN, edition="2026.1", clauses=clauses)
    found = [term for term in terms([Held(PLAN, JAN, MAR), Held(newer, MAR)], (), JAN, APR) if term.code == "A-206"]
    assert [(term.began_on, term.ended_on, term.params["times"], term.anchor) for term in found] == [
        (JAN, MAR, "1", JAN),
        (MAR, None, "2", JAN),
    ]


def test_a_break_between_plans_starts_the_count_of_days_anew():
    found = terms([Held(PLAN, JAN, FEB), Held(PLAN, MAR)], (), MAR, APR)
    assert {term.anchor for term in found} == {MAR}


def test_a_clause_holds_only_in_its_own_days():
    clauses = tuple(replace(clause, began_on=FEB, ended_on=MAR) if clause.id == "A-206" else clause for clause in PLAN.clauses)
    assert of("A-206", [Held(replace(PLAN, clauses=clauses), JAN)]) == [(FEB, MAR, {"times": "1", "per": "half_month"})]


def test_a_changed_parameter_reaches_the_clauses_that_it_concerns():
    changes = [Change("prompt_minutes", {"value": 60}, FEB)]
    assert [pairs["minutes"] for *_days, pairs in of("A-197", [Held(PLAN, JAN)], changes)] == ["240", "60"]
    assert len(of("A-207", [Held(PLAN, JAN)], changes)) == 1


def test_every_clause_that_takes_a_parameter_is_named_by_it():
    shared = {item.code: item.value for item in PLAN.parameters}
    for item in PLAN.parameters:
        without = {code: value for code, value in shared.items() if code != item.code}
        taking = {
            clause.id
            for clause in PLAN.clauses
            if params.effective(clause.params, clause.set, shared=shared) != params.effective(clause.params, clause.set, shared=without)
        }
        assert taking <= set(item.clauses), item.code


def test_a_conflict_sets_aside_only_what_was_not_chosen():
    def aside(changes):
        return {term.code: term.set_aside for term in terms([Held(PLAN, JAN)], changes, FEB, MAR) if term.set_aside}

    assert aside([]) == {}
    assert aside([Change("K-20", {"choice": ["wash"]}, JAN)]) == {"A-384": "K-20"}
    assert aside([Change("K-20", {"choice": ["wash"]}, MAR)]) == {}


def test_the_move_in_date_of_the_estate_closes_the_last_open_value():
    held = [Held(PLAN, JAN)]
    [missing] = [term.missing for term in terms(held, (), JAN, FEB) if term.code == "B-060"]
    assert [item.key for item in missing] == ["movein_on"]
    [given] = [term for term in terms(held, [Change("movein_on", {"value": "2026-05-01"}, JAN)], JAN, FEB) if term.code == "B-060"]
    assert (given.missing, given.params["movein_on"]) == ((), "2026-05-01")
