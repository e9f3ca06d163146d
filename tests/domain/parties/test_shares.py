"""Shares as people write them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guanjia.domain.parties.rules.shares import BadShare, parse, shown


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("", None),
        ("1/2", "0.5"),
        (" 1 / 3 ", "0.333333"),
        ("50%", "0.5"),
        ("５０％", "0.5"),
        ("0.25", "0.25"),
        ("1", "1"),
        ("100%", "1"),
        ("1/6", "0.166666"),
    ],
)
def test_a_share_is_read(text, share):
    assert parse(text) == (None if share is None else Decimal(share))


@pytest.mark.parametrize("text", ["0", "-1", "1.1", "3/2", "101%", "1/0", "半", "NaN", "1e-9", "inf", "%"])
def test_what_is_no_share_is_refused(text):
    with pytest.raises(BadShare) as refusal:
        parse(text)
    assert refusal.value.field == "share"


@given(st.integers(1, 500))
def test_equal_parts_never_add_up_to_more_than_the_whole(parts):
    share = parse(f"1/{parts}")
    assert share is not None
    assert share * parts <= 1


def test_a_share_is_shown_as_a_percentage():
    assert [shown(parse(text)) for text in ("1/2", "1/3", "1", "")] == ["50%", "33.33%", "100%", ""]
