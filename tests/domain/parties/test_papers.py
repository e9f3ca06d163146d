"""The short way of reading a judged identity number says what the kernel says."""

import pytest

from guanjia.domain.parties.rules import indexes, papers
from guanjia.kernel import identity


@pytest.mark.parametrize("number", ["11010519491231002X", "330106195001020007", "110105491231002", "M12345678"])
def test_the_columns_are_those_of_the_kernel_s_judge(number):
    paper = identity.judge(number)

    kind, sealed, index, tail_index, born_on, sex = papers.columns(number, indexes.id_number(number), papers.kind_of("张三", number))

    assert (kind, born_on, sex) == (paper.kind, paper.born_on, paper.sex)
    assert sealed.startswith("gj")
    assert (index, tail_index) == (indexes.id_number(number), indexes.id_tail(number))


def test_firms_are_told_by_their_name():
    assert papers.kind_of("杭州安居科技有限公司") == "firm"
    assert papers.kind_of("刘桂芳", "11010519491231002X") == "person"
