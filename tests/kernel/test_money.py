"""Money: rounded once, split without loss."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guanjia.kernel import money


@pytest.mark.parametrize(
    ("value", "step", "rounded"),
    [
        (Decimal("0.5"), 1, 1),
        (Decimal("2.5"), 1, 3),  # half to even would say 2
        (Decimal("-2.5"), 1, -3),
        (Decimal("2.4999999999"), 1, 2),
        (Decimal("14.9"), 10, 10),
        (15, 10, 20),
        (-15, 10, -20),
        (149, 100, 100),
    ],
)
def test_a_half_goes_away_from_zero(value, step, rounded):
    assert money.round_half_up(value, step) == rounded


def test_rounding_each_month_differs_from_rounding_once():
    price, area = Decimal("2.35"), Decimal("89.37")

    assert money.price_times_area(price, area, months=12) == 252023
    assert money.price_times_area(price, area) * 12 == 252024


def test_rounding_to_a_jiao_or_a_yuan_is_a_step():
    assert money.price_times_area(Decimal("2.35"), Decimal("89.37"), step=10) == 21000
    assert money.price_times_area(Decimal("2.35"), Decimal("89.37"), step=100) == 21000


def test_the_fen_left_over_go_to_the_largest_remainders():
    assert money.split(100, [1, 1, 1]) == [34, 33, 33]
    assert money.split(10, [Decimal("0.5"), Decimal("0.25"), Decimal("0.25")]) == [5, 3, 2]
    assert money.split(-100, [1, 1, 1]) == [-34, -33, -33]


@pytest.mark.parametrize("weights", [[], [0, 0], [1, -1]])
def test_a_split_needs_weights(weights):
    with pytest.raises(ValueError, match="weights"):
        money.split(100, weights)


@pytest.mark.parametrize(
    ("text", "fen"), [("1,234.5", 123450), ("¥0.01", 1), ("２.５元", 250), ("-3", -300), (" 1 200.00", 120000), ("7.500", 750)]
)
def test_amounts_are_read_as_people_type_them(text, fen):
    assert money.parse(text) == fen


@pytest.mark.parametrize("text", ["", "1.234", "12,34.00", "1.2.3", "一百", "1e3"])
def test_what_is_no_amount_is_refused(text):
    with pytest.raises(ValueError):
        money.parse(text)


EXACT = st.fractions(max_denominator=10**6)
WEIGHTS = st.lists(st.fractions(0, 10**6, max_denominator=10**4), min_size=1, max_size=30).filter(any)


@given(EXACT, st.sampled_from([1, 10, 100]))
def test_rounding_is_the_nearest_multiple_and_odd(value, step):
    rounded = money.round_half_up(value, step)

    assert rounded % step == 0
    assert abs(rounded - value) <= Fraction(step, 2)
    assert money.round_half_up(-value, step) == -rounded
    if abs(rounded - value) == Fraction(step, 2):
        assert abs(rounded) > abs(value)


@given(st.integers(-(10**12), 10**12), WEIGHTS)
def test_parts_sum_to_the_whole_and_are_within_one_fen(total, weights):
    parts = money.split(total, weights)

    assert sum(parts) == total
    assert all(abs(part - Fraction(total) * weight / sum(weights)) < 1 for part, weight in zip(parts, weights, strict=True))


@given(st.integers(-(10**14), 10**14))
def test_what_is_written_is_read_back(fen):
    assert money.parse(money.yuan(fen)) == fen
    assert money.parse(money.yuan(fen, grouped=False)) == fen
