"""Telephone numbers in one spelling; a bad one is refused with what to do."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guanjia.kernel import phones


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("13812345678", "13812345678"),
        ("138 1234 5678", "13812345678"),
        ("138-1234-5678", "13812345678"),
        ("１３８１２３４５６７８", "13812345678"),
        ("+86 13812345678", "13812345678"),
        ("0086-13812345678", "13812345678"),
        ("'13812345678", "13812345678"),
        ("13812345678.0", "13812345678"),
        ("0571-87654321", "0571-87654321"),
        ("057187654321", "0571-87654321"),
        ("(0571) 8765 4321", "0571-87654321"),
        ("010-65551234", "010-65551234"),
        ("0571-87654321转802", "0571-87654321转802"),
        ("0571-87654321-802", "0571-87654321转802"),
        ("+852 9123 4567", "+85291234567"),
        ("0085291234567", "+85291234567"),
        ("400-820-8820", "4008208820"),
        ("95598", "95598"),
        ("110", "110"),
    ],
)
def test_a_number_has_one_spelling(typed, kept):
    assert phones.clean(typed) == kept
    assert phones.clean(kept) == kept


@pytest.mark.parametrize(
    "typed", ["", "1381234567", "138123456789", "12812345678", "87654321", "没有", "0571-1", "+999 123", "138****5678"]
)
def test_a_bad_number_is_refused(typed):
    with pytest.raises(phones.BadPhone) as refusal:
        phones.clean(typed)
    assert (refusal.value.code, refusal.value.field) == ("bad_phone", "phone")


@pytest.mark.parametrize("typed", ["1.38E+10", "1.381234e+10", "1E10", "138123456780.0"])
def test_a_number_that_a_spreadsheet_spoiled_is_named_as_such(typed):
    with pytest.raises(phones.BadPhone):
        phones.clean(typed)


def test_scientific_notation_has_its_own_code():
    with pytest.raises(phones.PhoneAsFloat) as refusal:
        phones.clean("1.38E+10")
    assert refusal.value.code == "phone_as_float"


@given(st.text(max_size=30))
def test_no_text_makes_it_stumble(text):
    try:
        kept = phones.clean(text)
    except phones.BadPhone:
        return
    assert phones.clean(kept) == kept


def test_the_tail_leaves_the_extension_out():
    assert [phones.tail(number) for number in ("13812345678", "0571-87654321转802", "+85291234567")] == ["5678", "4321", "4567"]


def test_only_mainland_mobiles_can_receive_a_code():
    assert [phones.is_mobile(number) for number in ("13812345678", "0571-87654321", "+85291234567")] == [True, False, False]
