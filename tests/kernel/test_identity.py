"""Identity numbers: the kind is read from the form, a spoiled one is refused."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.iso7064 import mod_11_2

from guanjia.kernel import identity
from guanjia.kernel.identity import BadIdentity, IdentityCut, Kind


@pytest.mark.parametrize(
    ("typed", "paper"),
    [
        ("11010519491231002X", identity.Paper(Kind.RESIDENT, "11010519491231002X", date(1949, 12, 31), "f")),
        ("11010519491231002x", identity.Paper(Kind.RESIDENT, "11010519491231002X", date(1949, 12, 31), "f")),
        ("'110105 1949 1231 002X", identity.Paper(Kind.RESIDENT, "11010519491231002X", date(1949, 12, 31), "f")),
        ("110105491231002", identity.Paper(Kind.RESIDENT, "110105491231002", date(1949, 12, 31), "f")),
        ("810000199408230021", identity.Paper(Kind.RESIDENCE, "810000199408230021", date(1994, 8, 23), "f")),
        ("H12345678", identity.Paper(Kind.PERMIT, "H12345678")),
        ("E12345678", identity.Paper(Kind.PASSPORT, "E12345678")),
        ("USA110077010101", identity.Paper(Kind.FOREIGNER, "USA110077010101")),
        ("91110000600037341L", identity.Paper(Kind.CREDIT, "91110000600037341L")),
        ("军字第0012号", identity.Paper(Kind.OTHER, "军字第0012号")),
    ],
)
def test_the_number_tells_its_kind(typed, paper):
    assert identity.judge(typed) == paper


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "110105194912310021",
        "11010519490231002X",
        "11010518491231002X",
        "1101051949123100",
        "91110000600037341X",
        "1101054912310021",
        "a b/c",
    ],
)
def test_a_wrong_number_is_refused(typed):
    with pytest.raises(BadIdentity) as refusal:
        identity.judge(typed)
    assert refusal.value.field == "id_number"


@pytest.mark.parametrize("typed", ["110105194912310000", "1.10105E+17"])
def test_a_number_cut_by_a_spreadsheet_is_named_as_such(typed):
    with pytest.raises(IdentityCut) as refusal:
        identity.judge(typed)
    assert refusal.value.code == "identity_cut"


@pytest.mark.parametrize(
    ("kind", "typed"), [(Kind.PASSPORT, "12"), (Kind.PERMIT, "X1234"), (Kind.RESIDENT, "E12345678"), (Kind.FOREIGNER, "E123")]
)
def test_a_number_must_fit_the_kind_that_was_chosen(kind, typed):
    with pytest.raises(BadIdentity):
        identity.judge(typed, kind)


@given(place=st.integers(110000, 659999), born=st.dates(date(1900, 1, 1), date(2026, 1, 1)), order=st.integers(0, 999))
def test_every_sound_card_is_read_and_one_wrong_digit_is_noticed(place, born, order):
    body = f"{place}{born:%Y%m%d}{order:03}"
    number = body + mod_11_2.calc_check_digit(body)
    paper = identity.judge(number)
    assert (paper.born_on, paper.sex) == (born, "m" if order % 2 else "f")
    wrong = number[:5] + str((int(number[5]) + 1) % 10) + number[6:]
    with pytest.raises(BadIdentity):
        identity.judge(wrong, Kind.RESIDENT)


@given(st.text(max_size=40))
def test_no_text_makes_it_stumble(text):
    try:
        paper = identity.judge(text)
    except BadIdentity:
        return
    assert identity.judge(paper.number, paper.kind) == paper
