"""Names are kept in one spelling and found by every reading."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guanjia.kernel import names


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("刘桂芳", "刘桂芳"),
        ("  张　三 ", "张三"),
        ("刘 桂\u200b芳", "刘桂芳"),
        ("阿卜杜热西提・买买提", "阿卜杜热西提·买买提"),
        ("迪丽热巴 • 迪力木拉提", "迪丽热巴·迪力木拉提"),
        ("John   Smith", "John Smith"),
        ("Ｊｏｈｎ　Ｓｍｉｔｈ", "John Smith"),
        ("王\U0002cb2d", "王\U0002cb2d"),
        ("杭州锦和（集团）有限公司", "杭州锦和(集团)有限公司"),
    ],
)
def test_a_name_has_one_spelling(typed, kept):
    assert names.clean(typed) == kept


@pytest.mark.parametrize("typed", ["", "  ", "··", "a\x00b", "x" * 65, "\ud800"])
def test_what_cannot_be_a_name_is_refused(typed):
    with pytest.raises(names.BadName) as refusal:
        names.clean(typed)
    assert refusal.value.field == "name"


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=40))
def test_cleaning_twice_changes_nothing(text):
    try:
        once = names.clean(text)
    except names.BadName:
        return
    assert names.clean(once) == once
    assert len(names.initials(once)) <= 320


@pytest.mark.parametrize(
    ("surname", "letters"),
    [
        ("单", "sdc"), ("曾", "zc"), ("解", "xj"), ("仇", "qc"), ("查", "zc"), ("区", "oq"), ("盖", "g"), ("朴", "p"), ("召", "sz"), ("缪", "m"),
        ("乐", "yl"), ("覃", "qt"), ("折", "sz"), ("员", "y"), ("种", "cz"), ("逄", "pf"), ("冼", "xs"), ("谌", "cs"), ("郇", "xh"), ("句", "gj"),
        ("翟", "zd"), ("繁", "pf"), ("莘", "sx"), ("祭", "jz"), ("尹", "y"), ("隗", "kw"), ("俞", "y"), ("晟", "cs"), ("长", "zc"), ("会", "gh"),
        ("秘", "mb"), ("石", "sd"), ("沈", "sc"), ("盛", "sc"), ("车", "cj"), ("藏", "cz"), ("重", "cz"), ("郗", "cx"), ("行", "xh"), ("宿", "sx"),
    ],
)  # fmt: skip
def test_every_reading_of_a_surname_is_found(surname, letters):
    spellings = names.initials(f"{surname}桂芳").split()
    assert {f"{letter}gf" for letter in letters} <= set(spellings)


@pytest.mark.parametrize(
    ("name", "spelling"),
    [
        ("刘桂芳", "lgf"), ("尉迟恭", "ycg"), ("尉迟恭", "wcg"), ("万俟卨", "mqx"), ("令狐冲", "lhc"), ("单于明", "cym"), ("长孙无忌", "zswj"),
        ("澹台明", "ttm"), ("迪丽热巴·迪力木拉提", "dlrbdlmlt"), ("王\U0002cb5a", "wc"), ("John Smith", "js"), ("王 Anna", "wa"), ("3M中国", "3mzg"),
    ],
)  # fmt: skip
def test_initials_of_whole_names(name, spelling):
    assert spelling in names.initials(name).split()


def test_search_matches_the_beginning_of_any_spelling():
    assert " sg" in names.initials("单桂芳")
    assert " dg" in names.initials("单桂芳")
    assert " gf" not in names.initials("单桂芳")


def test_the_list_is_ordered_as_people_read_it():
    listed = ["安娜", "曾国强", "单桂芳", "解晓东", "尉迟恭", "张三", "朴成浩", "区志明", "Anna"]
    assert sorted(listed, key=names.sort_key) == ["Anna", "安娜", "区志明", "朴成浩", "单桂芳", "解晓东", "尉迟恭", "曾国强", "张三"]
