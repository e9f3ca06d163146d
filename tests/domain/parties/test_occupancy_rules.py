"""Shares of owners never exceed the whole; one right at a time."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guanjia.domain.parties.rules.occupancy import Stay, clash, most_owned, shares_on

DAY = date(2026, 1, 1)


def stay(party, relation="owner", began=0, ended=None, share=None):
    return Stay(
        party,
        relation,
        DAY + timedelta(began),
        None if ended is None else DAY + timedelta(ended),
        None if share is None else Decimal(share),
    )


@pytest.mark.parametrize(
    ("new", "old", "clashes"),
    [
        (stay(1), stay(1), True),
        (stay(1), stay(1, ended=0), False),
        (stay(1, began=10), stay(1, ended=10), False),
        (stay(1, began=9), stay(1, ended=10), True),
        (stay(1, "tenant"), stay(1, "owner"), True),
        (stay(1, "emergency"), stay(1, "owner"), False),
        (stay(1, "emergency"), stay(1, "emergency"), True),
        (stay(2, "owner"), stay(1, "owner"), True),
        (stay(2, "joint_owner"), stay(1, "owner"), False),
        (stay(2, "tenant"), stay(1, "tenant"), False),
        (stay(2, "owner", began=5), stay(1, "owner", ended=5), False),
    ],
)
def test_what_may_not_overlap(new, old, clashes):
    assert (clash(new, [old]) is not None) == clashes


def test_shares_count_only_owners_that_hold_on_the_day():
    stays = [
        stay(1, share="0.5"),
        stay(2, "joint_owner", ended=10, share="0.3"),
        stay(3, "tenant"),
        stay(4, "joint_owner", began=10, share="0.4"),
    ]
    assert [shares_on(stays, DAY + timedelta(n)) for n in (0, 9, 10)] == [Decimal("0.8"), Decimal("0.8"), Decimal("0.9")]
    assert most_owned(stays) == (Decimal("0.9"), DAY + timedelta(10))


stays = st.lists(
    st.builds(
        lambda party, relation, began, length, share: Stay(
            party, relation, DAY + timedelta(began), None if length is None else DAY + timedelta(began + length), share
        ),
        st.integers(1, 5),
        st.sampled_from(["owner", "joint_owner", "tenant"]),
        st.integers(0, 60),
        st.none() | st.integers(1, 60),
        st.none() | st.decimals(0, 1, places=6),
    ),
    max_size=8,
)


@given(stays)
def test_no_day_sees_more_than_the_largest_sum(listed):
    most, day = most_owned(listed)
    assert max((shares_on(listed, DAY + timedelta(n)) for n in range(130)), default=Decimal(0)) == most
    assert day is None or shares_on(listed, day) == most
