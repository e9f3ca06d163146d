"""Loading plans, following them from a day, promising something else: effects, refusals, trail."""

from dataclasses import replace
from datetime import date

import pytest

from guanjia.domain.standards import actions, queries
from guanjia.domain.standards.actions import calendar as refusals_calendar
from guanjia.domain.standards.actions import plans as refusals
from guanjia.domain.standards.rules import library
from guanjia.kernel.actor import Actor
from guanjia.kernel.errors import NotAllowed
from tests import make
from tests.conftest import at
from tests.world import model, told

WHOLE = library.builtin()
PLAN = replace(
    WHOLE, clauses=tuple(clause for clause in WHOLE.clauses if clause.id in {"A-197", "A-206", "A-367", "A-384", "B-060", "D-042"})
)
NOW = at("2026-03-02 09:00")
TODAY, LATER = date(2026, 3, 2), date(2026, 4, 1)
SYSTEM = Actor.system("test")


def newer(edition="2026.1"):
    clauses = tuple(replace(clause, params="times=2;per=half_month") if clause.id == "A-206" else clause for clause in PLAN.clauses)
    return replace(PLAN, edition=edition, clauses=clauses)


@pytest.fixture
def plan(world):
    return actions.load(PLAN, estate=world.estate, actor=world.li.actor, at=NOW)


def followed(world):
    rows = queries.adoptions(SYSTEM, world.estate).order_by("pk")
    return [(row.plan.edition, row.began_on, row.ended_on) for row in rows]


def test_a_plan_is_kept_whole_and_told(world):
    plan = actions.load(WHOLE, estate=world.estate, actor=world.li.actor, at=NOW)
    assert queries.draft_of(plan) == WHOLE
    assert told(plan) == [
        ("standards.PlanLoaded", {"plan_id": plan.pk, "code": "guanjia-2025", "edition": "2025.1", "digest": WHOLE.digest, "clauses": 1084})
    ]


def test_loading_the_same_content_again_is_harmless(world, plan):
    assert actions.load(PLAN, estate=world.other_estate, actor=world.zhao.actor, at=NOW) == plan
    assert len(told(plan)) == 1


def test_a_loaded_edition_never_changes(world, plan):
    with pytest.raises(refusals.EditionTaken):
        actions.load(newer(PLAN.edition), estate=world.estate, actor=world.li.actor, at=NOW)


def test_only_who_may_adopt_may_load_adopt_and_override(world, plan):
    with pytest.raises(NotAllowed):
        actions.load(newer(), estate=world.estate, actor=world.wang.actor, at=NOW)
    with pytest.raises(NotAllowed):
        actions.adopt(world.estate, plan, began_on=TODAY, actor=world.zhao.actor, at=NOW)
    with pytest.raises(NotAllowed):
        actions.override(world.estate, "A-206", {"per": "week"}, began_on=TODAY, reason="合同", actor=world.zhao.actor, at=NOW)
    with pytest.raises(NotAllowed):
        actions.restore(world.estate, "A-206", began_on=TODAY, reason="合同", actor=world.zhao.actor, at=NOW)
    with pytest.raises(NotAllowed):
        actions.retire(plan, estate=world.estate, actor=world.wang.actor, at=NOW)


def test_the_first_plan_may_begin_on_any_day_and_is_told(world, plan):
    actions.adopt(world.estate, plan, began_on=date(2026, 1, 1), actor=world.li.actor, at=NOW)
    assert followed(world) == [("2025.1", date(2026, 1, 1), None)]
    assert told(world.estate)[-1] == (
        "standards.PlanAdopted",
        {"estate_id": world.estate.pk, "plan_id": plan.pk, "code": "guanjia-2025", "edition": "2025.1", "began_on": "2026-01-01"},
    )


def test_a_new_edition_takes_over_on_its_day(world, plan):
    actions.adopt(world.estate, plan, began_on=date(2026, 1, 1), actor=world.li.actor, at=NOW)
    second = actions.load(newer(), estate=world.estate, actor=world.li.actor, at=NOW)
    actions.adopt(world.estate, second, began_on=LATER, actor=world.li.actor, at=NOW)
    assert followed(world) == [("2025.1", date(2026, 1, 1), LATER), ("2026.1", LATER, None)]
    assert (queries.adopted(world.estate, date(2026, 3, 31)), queries.adopted(world.estate, LATER)) == (plan, second)
    assert [queries.term_of(world.estate, "A-206", day).params["times"] for day in (date(2026, 3, 31), LATER)] == ["1", "2"]


def test_a_coming_edition_can_still_be_replaced(world, plan):
    actions.adopt(world.estate, plan, began_on=date(2026, 1, 1), actor=world.li.actor, at=NOW)
    second = actions.load(newer(), estate=world.estate, actor=world.li.actor, at=NOW)
    third = actions.load(newer("2026.2"), estate=world.estate, actor=world.li.actor, at=NOW)
    actions.adopt(world.estate, second, began_on=LATER, actor=world.li.actor, at=NOW)
    actions.adopt(world.estate, third, began_on=date(2026, 3, 20), actor=world.li.actor, at=NOW)
    assert followed(world) == [
        ("2025.1", date(2026, 1, 1), date(2026, 3, 20)),
        ("2026.1", LATER, LATER),
        ("2026.2", date(2026, 3, 20), None),
    ]
    assert queries.adopted(world.estate, LATER) == third


def test_nothing_is_adopted_for_days_gone_by(world, plan):
    actions.adopt(world.estate, plan, began_on=date(2026, 1, 1), actor=world.li.actor, at=NOW)
    second = actions.load(newer(), estate=world.estate, actor=world.li.actor, at=NOW)
    with pytest.raises(refusals.Retroactive):
        actions.adopt(world.estate, second, began_on=date(2026, 3, 1), actor=world.li.actor, at=NOW)
    with pytest.raises(refusals.AlreadyAdopted):
        actions.adopt(world.estate, plan, began_on=date(2026, 1, 1), actor=world.li.actor, at=NOW)


def test_the_plan_of_another_company_is_refused(world):
    foreign = make.estate(make.company(), "LXG")
    plan = actions.load(PLAN, estate=foreign, actor=SYSTEM, at=NOW)
    with pytest.raises(refusals.NotOfThisCompany):
        actions.adopt(world.estate, plan, began_on=TODAY, actor=world.li.actor, at=NOW)
    with pytest.raises(refusals.NotOfThisCompany):
        actions.retire(plan, estate=world.estate, actor=world.li.actor, at=NOW)
    assert plan not in queries.plans(world.li.actor)


def test_a_plan_in_use_is_not_retired_and_a_retired_one_not_adopted(world, plan):
    actions.adopt(world.estate, plan, began_on=TODAY, actor=world.li.actor, at=NOW)
    with pytest.raises(refusals.PlanInUse, match="锦和苑"):
        actions.retire(plan, estate=world.estate, actor=world.li.actor, at=NOW)
    second = actions.load(newer(), estate=world.estate, actor=world.li.actor, at=NOW)
    actions.retire(second, estate=world.estate, actor=world.li.actor, at=NOW)
    assert told(second)[-1][0] == "standards.PlanRetired"
    with pytest.raises(refusals.PlanEnded):
        actions.adopt(world.estate, second, began_on=LATER, actor=world.li.actor, at=NOW)
    with pytest.raises(refusals.PlanEnded):
        actions.retire(second, estate=world.estate, actor=world.li.actor, at=NOW)


def test_an_override_holds_from_its_day_until_it_is_replaced_or_taken_back(world, plan):
    actions.adopt(world.estate, plan, began_on=date(2026, 1, 1), actor=world.li.actor, at=NOW)
    made = actions.override(world.estate, "A-206", {"per": "week"}, began_on=TODAY, reason="合同第 9 条", actor=world.li.actor, at=NOW)
    actions.override(world.estate, "A-206", {"per": "day"}, began_on=LATER, reason="业委会要求", actor=world.li.actor, at=NOW)
    days = (date(2026, 3, 1), TODAY, LATER, date(2026, 5, 1))
    assert [queries.term_of(world.estate, "A-206", day).params["per"] for day in days] == ["half_month", "week", "day", "day"]
    actions.restore(world.estate, "A-206", began_on=date(2026, 5, 1), reason="合同到期", actor=world.li.actor, at=NOW)
    assert [queries.term_of(world.estate, "A-206", day).params["per"] for day in days] == ["half_month", "week", "day", "half_month"]
    assert told(made) == [
        (
            "standards.ClauseOverridden",
            {"estate_id": world.estate.pk, "code": "A-206", "values": {"per": "week"}, "began_on": "2026-03-02", "reason": "合同第 9 条"},
        )
    ]
    assert [row.values for row in queries.overrides(SYSTEM, world.estate, "A-206")] == [{"per": "day"}, {"per": "week"}]


@pytest.mark.parametrize(
    ("code", "values", "refusal"),
    [
        ("A-206", {}, refusals.BadValues),
        ("A-206", {"per": "fortnight"}, refusals.BadValues),
        ("A-206", {"per": ["week"]}, refusals.BadValues),
        ("A-206", {"per": "week;times=9"}, refusals.BadValues),
        ("A-206", {"Per": "week"}, refusals.BadValues),
        ("prompt_minutes", {"value": "soon"}, refusals.BadValues),
        ("prompt_minutes", {"minutes": 5}, refusals.BadValues),
        ("rainy_months", {"value": "13"}, refusals.BadValues),
        ("movein_on", {"value": "next spring"}, refusals.BadValues),
        ("K-20", {"choice": []}, refusals.BadValues),
        ("K-20", {"choice": ["neither"]}, refusals.BadValues),
        ("K-04", {"choice": ["half_year", "periodic"]}, refusals.BadValues),
        ("Z-9", {"per": "week"}, refusals.NothingToChange),
    ],
)
def test_values_that_could_not_be_followed_are_refused(world, plan, code, values, refusal):
    actions.adopt(world.estate, plan, began_on=TODAY, actor=world.li.actor, at=NOW)
    with pytest.raises(refusal):
        actions.override(world.estate, code, values, began_on=TODAY, reason="合同", actor=world.li.actor, at=NOW)


def test_an_override_needs_a_plan_a_reason_and_a_day_to_come(world, plan):
    def attempt(**changes):
        given = {"began_on": TODAY, "reason": "合同", "actor": world.li.actor, "at": NOW} | changes
        return actions.override(world.estate, "A-206", {"per": "week"}, **given)

    with pytest.raises(refusals.NothingToChange):
        attempt()
    actions.adopt(world.estate, plan, began_on=date(2026, 1, 1), actor=world.li.actor, at=NOW)
    with pytest.raises(refusals.BadValues):
        attempt(reason=" ")
    with pytest.raises(refusals.Retroactive):
        attempt(began_on=date(2026, 3, 1))
    with pytest.raises(refusals.NothingToChange):
        actions.restore(world.estate, "A-206", began_on=TODAY, reason="x", actor=world.li.actor, at=NOW)
    attempt()
    with pytest.raises(refusals.Retroactive):
        actions.restore(world.estate, "A-206", began_on=date(2026, 3, 1), reason="x", actor=world.li.actor, at=NOW)


def test_parameters_and_conflicts_are_changed_like_clauses(world, plan):
    actions.adopt(world.estate, plan, began_on=TODAY, actor=world.li.actor, at=NOW)
    actions.override(world.estate, "prompt_minutes", {"value": 60}, began_on=TODAY, reason="合同", actor=world.li.actor, at=NOW)
    actions.override(world.estate, "K-20", {"choice": ["wash"]}, began_on=TODAY, reason="合同", actor=world.li.actor, at=NOW)
    assert queries.term_of(world.estate, "A-197", TODAY).params["minutes"] == "60"
    assert queries.term_of(world.estate, "A-384", TODAY).set_aside == "K-20"


def test_days_off_are_entered_and_the_year_of_a_whole_notice_is_known(world):
    spring = [(date(2031, 1, 24), "off", "春节"), (date(2031, 2, 1), "work", "春节调休")]
    calendar = queries.workdays_of(world.company.pk)
    assert not calendar.knows(2031)
    actions.declare_days(spring, estate=world.estate, notice="国办发明电〔2030〕7 号", actor=world.li.actor, at=NOW)
    calendar = queries.workdays_of(world.company.pk)
    assert (
        calendar.knows(2031),
        calendar.worked(date(2031, 1, 24)),
        calendar.worked(date(2031, 2, 1)),
        calendar.worked(date(2031, 3, 3)),
    ) == (
        True,
        False,
        True,
        True,
    )
    actions.declare_days([(date(2026, 7, 9), "off", "台风停工")], estate=world.estate, actor=world.li.actor, at=NOW)
    assert not queries.workdays_of(world.company.pk).worked(date(2026, 7, 9))
    with pytest.raises(refusals_calendar.NoDays):
        actions.declare_days([], estate=world.estate, actor=world.li.actor, at=NOW)
    with pytest.raises(NotAllowed):
        actions.declare_days(spring, estate=world.estate, actor=world.wang.actor, at=NOW)


def test_verify_finds_an_edited_clause_and_two_plans_on_one_day(world, plan):
    actions.adopt(world.estate, plan, began_on=TODAY, actor=world.li.actor, at=NOW)
    assert (queries.prove_plans().checked, queries.prove_plans().wrong) == (2, 0)
    edited = model("standards.Clause").objects.filter(plan=plan, code="A-206")
    edited.update(params="times=1;per=year")
    assert (queries.prove_plans().wrong, queries.prove_plans().first) == (1, f"{plan} ({plan.pk})")
    edited.update(params="times=1;per=half_month")
    model("standards.Adoption").objects.create(estate=world.estate, plan=plan, began_on=date(2026, 1, 1), ended_on=LATER, adopted_at=NOW)
    assert queries.prove_plans().wrong == 1
