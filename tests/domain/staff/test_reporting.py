"""Reporting lines are read as the documents mean them."""

import pytest

from guanjia.domain.staff.rules import library
from guanjia.domain.staff.rules.reporting import Line, circles, lines
from guanjia.domain.standards.rules.library import table
from guanjia.kernel import permissions

ALIASES = {"公司领导": "公司总经理", "项目": "", "物业服务中心": "客户服务中心", "住户服务中心": "客户服务中心"}


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("(not stated)", []),
        ("项目 (not stated)", []),
        ("(contract)", []),
        ("项目经理", [Line("项目经理", "stated")]),
        ("管理处主任 (implied)", [Line("管理处主任", "implied")]),
        ("公司总经理 / 公司经理 (submits for approval)", [Line("公司总经理", "approval"), Line("公司经理", "approval")]),
        ("项目经理; 公司总经理 (accidents)", [Line("项目经理", "stated"), Line("公司总经理", "stated", "accidents")]),
        ("客户服务中心主任/主管 (submits records)", [Line("客户服务中心主任/主管", "records")]),
        ("专业维修保养单位(电梯)", [Line("专业维修保养单位(电梯)", "stated")]),
        ("上级 / 公司领导", [Line("上级", "stated"), Line("公司总经理", "stated")]),
        ("物业服务中心 / 客户服务中心 / 住户服务中心", [Line("客户服务中心", "stated")]),
        ("物业管家 (inspects and assesses)", [Line("物业管家", "oversight")]),
        ("管理处经理 (reports results)", [Line("管理处经理", "stated", "reports results")]),
    ],
)
def test_a_line_is_read_with_its_annotation(text, meant):
    assert lines(text, ALIASES) == meant


def test_the_library_holds_every_row_of_the_source_table_in_its_own_words():
    source = [(row["name_zh"], row["name_en"], row["reports_to"]) for row in table("roles")]
    assert [(post.name, post.name_en, post.reports_to) for post in library.posts() if not post.ours] == source


def test_every_superior_is_a_row_of_the_library_and_nobody_stands_above_himself():
    names = {post.name for post in library.posts()}
    assert {line.to for post in library.posts() for line in post.lines} - names == set()
    assert circles({post.name: post.lines[0].to for post in library.posts() if post.lines}) == []


def test_a_ring_is_found():
    assert circles({"甲": "乙", "乙": "甲", "丙": "甲"}) == [["甲", "乙"], ["乙", "甲"]]


def test_every_permission_of_the_sets_exists():
    for code in library.permission_sets():
        granted = library.granted([code], permissions.every())
        assert granted
        assert set(granted) <= set(permissions.every()), code


def test_only_posts_hold_permissions_and_money_and_management_need_a_second_factor():
    assert {post.kind for post in library.posts() if post.sets} == {"post"}
    demanding = {post.name for post in library.posts() if library.needs_totp(post.sets)}
    assert {"公司总经理", "项目经理", "收费员", "财务人员", "系统管理员"} <= demanding
    assert not {"客服管家", "维修人员", "保洁员"} & demanding
