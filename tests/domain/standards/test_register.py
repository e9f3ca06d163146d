"""The register says only what holds."""

import pytest

from guanjia.domain.staff import actions as staff
from guanjia.domain.standards.rules import register
from guanjia.kernel.actor import Actor
from tests import make
from tests.conftest import at


@pytest.mark.clause("A-096", "A-140", "E-006")
def test_posts_report_to_whom_the_clauses_say(db):
    company = make.company()
    staff.load_library(company, actor=Actor.system("test"), at=at("2026-03-02 09:00"))
    posts = {post.name: post for post in make.model("staff.Post").objects.filter(company=company)}
    lines = {row.clause.post: row.clause.params for row in register.register() if any(name.startswith("role:") for name in row.served_by)}
    assert lines == {
        "客服管家主管": "reports_to=项目经理",
        "客服管家": "reports_to=客服部主管",
        "管理处主任助理": "reports_to=管理处主任;combined_post=事务管理员",
    }
    named = {name: {line.to.name for line in posts[name].lines.select_related("to")} for name in lines}
    assert {name: words.split(";")[0].removeprefix("reports_to=") in named[name] for name, words in lines.items()} == dict.fromkeys(
        lines, True
    )
