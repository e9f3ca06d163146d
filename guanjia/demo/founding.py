"""The company before its first workbook: estates, posts, the plan they follow."""

from __future__ import annotations

from guanjia.demo import houses
from guanjia.demo.stage import Stage
from guanjia.domain.estate import actions as estate
from guanjia.domain.estate.states import EstateType
from guanjia.domain.staff import actions as staff
from guanjia.domain.staff import queries as staff_queries
from guanjia.domain.standards import actions as standards
from guanjia.domain.standards.rules import library

# In the demo only the administrator must use a second factor: whoever looks round has no authenticator at hand.
DEMANDING = ("系统管理员",)


def found(stage: Stage) -> None:
    """Found the company, take on its estates, load the posts of the documents."""
    at = stage.founded_at
    stage.company = estate.found_company(
        code="ANHE", name="安禾物业服务有限公司", short_name="安禾物业", actor=stage.system, at=at
    )  # fmt: skip
    for facts in houses.estates():
        stage.estates[facts.code] = estate.open_estate(
            stage.company,
            code=facts.code,
            name=facts.name,
            address=facts.address,
            hotline=facts.hotline,
            type=EstateType.OFFICE if facts.code == "WCX" else EstateType.RESIDENTIAL,
            key=stage.key("estate", facts.code),
            actor=stage.system,
            at=at,
        )
    added, _changed = staff.load_library(stage.company, actor=stage.system, at=at)
    stage.say(f"{added} posts")
    for post in staff_queries.posts(stage.system).filter(company=stage.company, requires_totp=True).exclude(name__in=DEMANDING):
        staff.change_post(
            post,
            permissions=post.permissions,
            requires_totp=False,
            reports_to=post.reports_to,
            seen=post.version,
            actor=stage.system,
            at=at,
        )


def adopt(stage: Stage) -> None:
    """Let every estate follow the built-in plan from the first played day."""
    for one in stage.estates.values():
        plan = standards.load(library.builtin(), estate=one, actor=stage.system, at=stage.founded_at)
        standards.adopt(one, plan, began_on=stage.began_on, actor=stage.system, at=stage.founded_at)
