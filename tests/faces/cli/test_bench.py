"""The bench harness: what it compares, when it refuses to judge, and that it works in a database of its own."""

from __future__ import annotations

import json

import pytest
from django.core.management import CommandError
from django.db import connection

from guanjia.faces.cli.benchmarks.harness import NOISY, Comparison, Result, alternate, latency, quantile, scratch

pytestmark = pytest.mark.django_db  # the CPU of a PostgreSQL backend is asked for by a query


def spin(turns):
    return sum(number * number for number in range(turns))


def side(turns, units=1000):
    def work():
        spin(turns)
        return units

    return work


def test_the_ratio_is_ours_over_the_floor():
    found = alternate(side(40_000), side(400_000), rounds=3)

    assert 0.02 < found.ratio < 0.5
    assert found.ours_us < found.floor_us


def test_sides_that_did_different_work_are_not_compared():
    with pytest.raises(CommandError, match="disagree"):
        alternate(side(10, units=5), side(10, units=6), rounds=1)


def test_each_side_starts_from_the_restored_state():
    log = []

    def work(name):
        def run():
            log.append(name)
            spin(20_000)
            return 1

        return run

    alternate(work("ours"), work("floor"), rounds=2, restore=lambda: log.append("restored"))

    assert log[::2] == ["restored"] * 6
    assert sorted(log[1::2]) == ["floor"] * 3 + ["ours"] * 3


def test_rounds_that_differ_too_much_are_noisy():
    assert Comparison(1, 1, 1, NOISY + 0.01).noisy
    assert not Comparison(1, 1, 1, NOISY).noisy


@pytest.mark.parametrize(("share", "value"), [(0.5, 50), (0.95, 95), (1.0, 100)])
def test_a_quantile_is_a_value_that_was_measured(share, value):
    assert quantile([float(number) for number in range(100, 0, -1)], share) == value


def test_latency_is_that_of_the_quietest_round():
    seen = []

    def call(number):
        seen.append(number)
        spin(200_000 if len(seen) < 5 else 2_000)

    found = latency(call, 4, rounds=2)

    assert seen == [0, 0, 1, 2, 3, 0, 1, 2, 3]
    assert set(found) == {"p50_ms", "p95_ms", "wall_p95_ms", "backend_ms", "spread"}
    assert found["spread"] > 1


def test_the_json_has_the_promised_keys_first():
    result = Result("occurrences", 100, 0.2, 2.0, 0.1, 0.05, "met", {"more": 1})

    assert list(json.loads(json.dumps(result.as_json()))) == ["name", "size", "ours_us", "floor_us", "ratio", "spread", "verdict", "more"]


def test_another_database_than_the_installed_one_is_refused():
    other = "postgresql" if connection.vendor == "sqlite" else "sqlite"

    with pytest.raises(CommandError, match="GUANJIA_DATABASE_URL"), scratch(other):
        pass
