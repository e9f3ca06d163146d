"""Plates of every authority in one spelling."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guanjia.domain.parties.rules import plates
from guanjia.domain.parties.rules.plates import BadPlate, Form


@pytest.mark.parametrize(
    ("typed", "text", "form"),
    [
        ("浙A8K213", "浙A8K213", Form.ORDINARY),
        ("浙a·8k213", "浙A8K213", Form.ORDINARY),
        (" 粤B・12345 ", "粤B12345", Form.ORDINARY),
        ("浙ＡＤ１２３４５", "浙AD12345", Form.NEW_ENERGY),
        ("粤B12345D", "粤B12345D", Form.NEW_ENERGY),
        ("京A1234警", "京A1234警", Form.POLICE),
        ("沪A1234学", "沪A1234学", Form.LEARNER),
        ("鲁B1234挂", "鲁B1234挂", Form.TRAILER),
        ("粤Z1234港", "粤Z1234港", Form.HONGKONG),
        ("粤ZF023澳", "粤ZF023澳", Form.MACAO),
        ("224578使", "224578使", Form.EMBASSY),
        ("沪A2345领", "沪A2345领", Form.CONSULATE),
        ("WJ京12345", "WJ京12345", Form.ARMED_POLICE),
        ("VA12345", "VA12345", Form.MILITARY),
        ("京X1234应急", "京X1234应急", Form.EMERGENCY),
        ("无牌-0007", "无牌0007", Form.UNPLATED),
    ],
)
def test_each_form_is_recognised(typed, text, form):
    assert plates.judge(typed) == plates.Plate(text, form)
    assert plates.judge(plates.shown(text)) == plates.Plate(text, form)


@pytest.mark.parametrize("typed", ["", "A12345", "浙A123", "浙AIO123", "浙A1234567", "浙1A2345", "无牌", "你好世界abc", "浙AI1234"])
def test_what_no_authority_issues_is_refused(typed):
    with pytest.raises(BadPlate) as refusal:
        plates.judge(typed)
    assert (refusal.value.code, refusal.value.field) == ("bad_plate", "plate")


def test_a_plate_is_read_with_a_dot_and_found_by_its_end():
    assert [plates.shown(text) for text in ("浙A8K213", "VA12345", "无牌0007")] == ["浙A·8K213", "VA12345", "无牌-0007"]
    assert plates.tail("浙A8K213") == "213"


@given(st.text(max_size=20))
def test_no_text_makes_it_stumble(text):
    try:
        plate = plates.judge(text)
    except BadPlate:
        return
    assert plates.judge(plate.text) == plate
