"""Target rules as data: what can be said, and what is refused."""

import pytest

from guanjia.domain.standards.rules.targets import MalformedTarget, TargetRule


def test_a_rule_reads_back_as_it_was_written():
    raw = {"of": "equipment", "name": "消防泵", "category": ["fire_pump"], "has_building": ["high_rise"], "otherwise": "estate"}
    assert TargetRule.from_mapping(raw).as_mapping() == raw


@pytest.mark.parametrize(
    ("raw", "key"),
    [
        ({"of": "moon"}, "of"),
        ({"of": []}, "of"),
        ({"name": "电梯"}, "of"),
        ({"of": "estate", "name": 3}, "name"),
        ({"of": "equipment", "category": ["spaceship"]}, "category"),
        ({"of": "estate", "colour": "red"}, "colour"),
        ({"of": "estate", "category": ["lift"]}, "category"),
        ({"of": "place", "kind": []}, "kind"),
        ({"of": "place", "kind": [3]}, "kind"),
        ({"of": "post"}, "post"),
        ({"of": "grid", "otherwise": "moon"}, "otherwise"),
    ],
)
def test_a_rule_that_means_nothing_is_refused_with_the_part_at_fault(raw, key):
    with pytest.raises(MalformedTarget) as refused:
        TargetRule.from_mapping(raw)
    assert refused.value.key == key
