"""The built-in plan chooses its targets by words that the register of places, equipment and posts knows."""

from guanjia.domain.estate.states import BuildingType, Category, PlaceKind, VacancyState
from guanjia.domain.staff.rules import library as posts
from guanjia.domain.standards.rules import library
from guanjia.domain.standards.rules.targets import TargetRule


def test_every_target_of_the_built_in_plan_can_exist():
    known = {
        "category": set(Category.values),
        "kind": set(PlaceKind.values),
        "building_type": set(BuildingType.values),
        "has_building": set(BuildingType.values),
        "vacancy": set(VacancyState.values),
        "post": {post.name for post in posts.posts()},
    }
    rules = [(clause.id, TargetRule.from_mapping(clause.target)) for clause in library.builtin().clauses if clause.target]
    unknown = [
        (code, name, word) for code, rule in rules for name, words in known.items() for word in getattr(rule, name) if word not in words
    ]
    assert unknown == []
    assert len(rules) > 100
