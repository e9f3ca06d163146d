"""What a person without the right to know is shown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guanjia.kernel import masks


@pytest.mark.parametrize(
    ("mask", "text", "shown"),
    [
        (masks.phone, "13812345678", "138****5678"),
        (masks.phone, "0571-87654321", "0571-*****321"),
        (masks.phone, "0571-87654321转802", "0571-*****321"),
        (masks.phone, "+85291234567", "+85****4567"),
        (masks.phone, "", ""),
        (masks.identity, "11010519491231002X", "1****************X"),
        (masks.identity, "", ""),
        (masks.name, "张三", "张**"),
        (masks.name, "欧阳修文", "欧**"),
        (masks.name, "", ""),
        (masks.plate, "粤B12345", "粤B·**345"),
        (masks.plate, "浙AD12345", "浙A·***345"),
    ],
)
def test_masks(mask, text, shown):
    assert mask(text) == shown


@given(st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True))
def test_four_digits_of_a_mobile_never_appear(number):
    assert masks.phone(number)[3:7] == "****"
    assert len(masks.phone(number)) == 11
