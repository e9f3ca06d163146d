"""Small drawings: what the numbers become."""

import pytest

from guanjia.faces.kit import drawing


def test_a_sparkline_runs_from_edge_to_edge_lowest_at_the_bottom():
    line = drawing.spark([1, 3, 2], width=100, height=20)
    assert (line.points, line.x, line.y) == ("0.0,18.0 50.0,2.0 100.0,10.0", 100.0, 10.0)


def test_a_flat_sparkline_lies_in_the_middle_and_one_value_draws_nothing():
    assert drawing.spark([5, 5], width=10, height=20).points == "0.0,10.0 10.0,10.0"
    assert drawing.spark([5]) is None


def test_parts_fill_the_bar_and_nothing_is_drawn_for_nothing():
    pieces = drawing.parts([(3, "ok", "按时"), (0, "soon", "迟做"), (1, "over", "漏做")])
    assert [(p.x, p.width, p.tone) for p in pieces] == [(0.0, 75.0, "ok"), (75.0, 25.0, "over")]
    assert drawing.parts([(0, "ok", "")]) == []


@pytest.mark.parametrize(("value", "goal", "expected"), [(5, 10, 50.0), (12, 10, 100.0), (0, 0, 100.0), (-1, 10, 0.0)])
def test_percent_of_a_goal_stays_between_nothing_and_all(value, goal, expected):
    assert drawing.percent(value, goal) == expected


@pytest.mark.parametrize(("name", "letters"), [("刘桂芳", "刘"), ("Ann Lee", "AL"), ("x", "X"), ("", "·")])
def test_an_avatar_shows_surname_or_initials(name, letters):
    assert drawing.initial(name) == letters


def test_the_same_name_has_the_same_tint_on_every_page():
    assert {drawing.tone_of("张建国") for _ in range(3)} == {(ord("张") + ord("建") + ord("国")) % 5}
