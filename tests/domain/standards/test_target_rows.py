"""Target rules against a register: which rows they find, and what stands in for rows that are not there."""

from datetime import date

from guanjia.domain.standards import queries
from guanjia.domain.standards.rules import library
from guanjia.domain.standards.rules.targets import TargetRule
from tests import make
from tests.world import model


def found(estate, **rule):
    rule = TargetRule.from_mapping(rule)
    return [(target.key, target.label, target.began_on, target.ended_on) for target in queries.targets(estate, [rule])[rule]]


def test_buildings_are_chosen_by_type(world):
    make.place(world.estate, "9/", kind="building", name="9 号楼", building_type="villa")
    tower = (f"place:{world.building.pk}", "3 号楼", None, None)
    assert found(world.estate, of="place", kind=["building"], building_type=["high_rise"]) == [tower]
    assert [label for _key, label, *_days in found(world.estate, of="place", kind=["building"])] == ["3 号楼", "9 号楼"]


def test_types_are_left_out_but_a_building_of_unknown_type_is_not(world):
    make.place(world.estate, "7/", kind="building", name="7 号楼")
    make.place(world.estate, "B1/", kind="building", name="B1 车库", building_type="garage")
    assert [label for _key, label, *_days in found(world.estate, of="place", kind=["building"], but_not=["garage"])] == ["3 号楼", "7 号楼"]


def test_every_rule_finds_the_same_alone_and_beside_all_others(world):
    make.place(world.estate, "B1/", kind="building", name="B1 车库", building_type="garage")
    make.place(world.estate, "9/", kind="building", name="9 号楼", building_type="villa")
    rules = {TargetRule.from_mapping(clause.target) for clause in library.builtin().clauses if clause.target}
    together = queries.targets(world.estate, rules)
    assert {rule: queries.targets(world.estate, [rule])[rule] for rule in rules} == together
    assert len(set(map(len, together.values()))) > 2


def test_nothing_of_another_estate_is_found(world):
    assert {key for key, *_ in found(world.estate, of="place", kind=["building"])} == {f"place:{world.building.pk}"}


def test_a_clause_of_high_buildings_sleeps_where_there_are_none(world):
    low = make.estate(world.company, "LOW")
    rule = {"of": "equipment", "category": ["lift"], "has_building": ["high_rise"], "otherwise": "estate", "name": "电梯"}
    assert found(low, **rule) == []
    assert [label for _key, label, *_days in found(world.estate, **rule)] == ["电梯（全小区）"]


def test_the_estate_stands_in_until_the_ledger_knows_the_machine(world):
    rule = {"of": "equipment", "category": ["water_pump"], "otherwise": "estate", "name": "水泵"}
    whole = f"estate:{world.estate.pk}"
    assert found(world.estate, **rule) == [(whole, "水泵（全小区）", None, None)]
    pump = model("estate.Equipment").objects.create(
        estate=world.estate, code="SB-1", name="1 号泵", category="water_pump", in_service_on=date(2026, 3, 1), ended_on=date(2026, 6, 1)
    )
    assert found(world.estate, **rule) == [
        (f"equipment:{pump.pk}", "1 号泵", date(2026, 3, 1), date(2026, 6, 1)),
        (whole, "水泵（全小区）", None, date(2026, 3, 1)),
        (whole, "水泵（全小区）", date(2026, 6, 1), None),
    ]


def test_vacant_premises_are_targets_in_the_days_of_their_vacancy(world):
    rows = model("estate.Vacancy").objects
    rows.create(estate=world.estate, place=world.flat, state="vacant", began_on=date(2026, 1, 5), ended_on=date(2026, 2, 1))
    rows.create(estate=world.estate, place=world.flat, state="let", began_on=date(2026, 2, 1))
    key = f"place:{world.flat.pk}"
    assert found(world.estate, of="place", kind=["premises"], vacancy=["vacant"]) == [
        (key, world.flat.label, date(2026, 1, 5), date(2026, 2, 1))
    ]


def test_grids_and_posts(world):
    assert [label for _key, label, *_days in found(world.estate, of="grid", otherwise="estate", name="巡视")] == ["巡视（全小区）"]
    grid = model("estate.Grid").objects.create(estate=world.estate, code="1", name="东区")
    assert found(world.estate, of="grid", otherwise="estate") == [(f"grid:{grid.pk}", "东区", None, None)]
    assert found(world.estate, of="post", post=["门岗"], name="主出入口立岗") == [("post:门岗", "主出入口立岗", None, None)]


def test_many_rules_cost_one_query_for_each_sort_of_thing(world, django_assert_num_queries):
    rules = [
        TargetRule("place", kind=("building",)),
        TargetRule("place", kind=("room",)),
        TargetRule("equipment", category=("lift",), has_building=("high_rise",)),
        TargetRule("equipment", category=("hydrant",)),
        TargetRule("grid"),
        TargetRule("estate"),
        TargetRule("post", post=("门岗",)),
    ]
    with django_assert_num_queries(3):
        queries.targets(world.estate, rules)
