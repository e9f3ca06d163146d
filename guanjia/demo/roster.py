"""Who works for the demo company: a full house in 锦和苑, lean crews in the other two estates. Facts only, no database."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from guanjia.demo.invent import Inventor


@dataclass(frozen=True)
class Licence:
    """A certificate in somebody's file."""

    kind: str
    number: str
    issued_on: date
    expires_on: date


@dataclass(frozen=True)
class Colleague:
    """One row of the roster. `posts` are the first post and those held beside it; `login` is empty when nobody needs it to look round."""

    number: str
    name: str
    department: str
    posts: tuple[str, ...]
    phone: str
    hired_on: date
    licences: tuple[Licence, ...] = ()
    login: str = ""


# The people whom the handbook and the screenshots speak of: post → names.
KNOWN = {
    "项目经理": ("陈启航",),
    "客服部主管": ("周蕴",),
    "客服管家": ("李敏",),
    "维修人员": ("张建国",),
    "设备运行人员": ("王海涛",),
    "巡查岗": ("孙志强",),
    "保洁员": ("陈秀兰",),
}
LOGINS = {
    "项目经理": "chenqihang",
    "管理处主任": "director",
    "客服部主管": "zhouyun",
    "客服管家": "limin",
    "值班员": "desk",
    "维修人员": "zhangjianguo",
    "设备运行人员": "wanghaitao",
    "监控岗": "control",
    "门岗": "gate",
    "巡查岗": "sunzhiqiang",
    "保洁员": "chenxiulan",
    "保洁领班": "cleaning",
    "园艺工": "garden",
    "收费员": "cashier",
}
DEPARTMENTS = {
    "管理处": ("项目经理", "管理处主任", "管理处主任助理", "管理处经理", "事务管理员", "服务处主管"),
    "客户服务部": ("客服部主管", "客服管家主管", "客服管家", "物业管家", "社区管家", "物业客服管家", "区域管家", "值班员", "客服人员", "接待人员", "物业助理(前台)", "客户服务中心主任/主管"),
    "公共事务部": ("公共事务部主管", "物业管理员"),
    "工程部": ("维修人员", "设备运行人员", "专人(电梯)"),
    "秩序维护部": ("带班员", "门岗", "巡查岗", "监控岗", "专职人员(车辆)", "秩序维护员"),
    "环境部": ("保洁领班", "保洁小组组长", "保洁员", "园艺工"),
    "财务部": ("收费员", "财务人员", "收银员"),
}  # fmt: skip
FULL = {
    "项目经理": 1, "管理处主任": 1, "管理处主任助理": 1, "管理处经理": 1, "事务管理员": 1, "服务处主管": 1,
    "客服部主管": 1, "客服管家主管": 1, "客户服务中心主任/主管": 1, "客服管家": 4, "物业管家": 1, "社区管家": 1, "物业客服管家": 1, "区域管家": 1,
    "值班员": 4, "客服人员": 2, "接待人员": 1, "物业助理(前台)": 1, "公共事务部主管": 1, "物业管理员": 1,
    "维修人员": 4, "设备运行人员": 3, "专人(电梯)": 1,
    "带班员": 3, "门岗": 6, "巡查岗": 4, "监控岗": 6, "专职人员(车辆)": 4, "秩序维护员": 3,
    "保洁领班": 1, "保洁小组组长": 2, "保洁员": 12, "园艺工": 3, "收费员": 1, "财务人员": 1, "收银员": 1,
}  # fmt: skip
LEAN = {
    "项目经理": 1, "客服部主管": 1, "客服管家": 2, "值班员": 2, "维修人员": 2, "设备运行人员": 1,
    "带班员": 1, "门岗": 3, "巡查岗": 2, "监控岗": 3, "保洁领班": 1, "保洁员": 4, "收费员": 1,
}  # fmt: skip
CREWS = {"JHY": FULL, "YTL": LEAN | {"专职人员(车辆)": 1}, "WCX": LEAN}
# Posts that the documents give to somebody beside the main one: beside post → who holds it.
BESIDE = {
    "客服管家": ("体系管理员", "档案管理员", "钥匙管理员", "社区文化专员", "装修管理(兼职模块)", "睿管家", "当值班管家"),
    "物业管家": ("生活管家", "房务管家", "资产管家"),
    "客服人员": ("CRM对接人", "签约人员", "文件管理员", "客户助理"),
    "财务人员": ("NC对接人", "家政服务组财务人员", "客户服务中心收费员"),
    "管理处主任": ("管理处领导", "各专业口负责人"),
    "管理处经理": ("各部门主管", "管理处各主管", "管理人员"),
    "管理处主任助理": ("具体解决部门负责人", "各组组长"),
    "客服管家主管": ("客户服务部主管", "客户服务部领导", "管家部经理"),
    "物业管理员": ("物业员", "物业工作人员", "物业管理人员", "管理处员工", "各部门员工", "服务人员"),
    "接待人员": ("管理处接待人员",),
    "秩序维护员": ("安管人员", "保安"),
    "带班员": ("物业队队长",),
}
# In a lean crew everybody wears several hats. Nobody tends the car park of 万川: that work stays unassigned for all to see.
LEAN_BESIDE = {
    "项目经理": ("管理处主任", "管理处经理", "服务处主管"),
    "客服部主管": ("客户服务中心主任/主管", "公共事务部主管"),
    "客服管家": ("物业管家", "社区管家", "物业客服管家", "客服人员"),
    "维修人员": ("物业管理人员",),
    "带班员": ("物业队队长",),
    "门岗": ("秩序维护员", "安管人员"),
}
LICENCES = {
    "维修人员": ("低压电工作业证", 6),
    "设备运行人员": ("高处作业证", 6),
    "专人(电梯)": ("电梯安全管理员证", 4),
    "监控岗": ("消防设施操作员证", 3),
    "门岗": ("保安员证", 6),
    "巡查岗": ("保安员证", 6),
    "带班员": ("保安员证", 6),
    "秩序维护员": ("保安员证", 6),
    "项目经理": ("物业管理上岗证", 6),
}


def crew(estate_code: str, inventor: Inventor, today: date) -> Iterator[Colleague]:
    """Return the people of one estate. Some certificates are near their end, one has passed it."""
    department_of = {post: name for name, members in DEPARTMENTS.items() for post in members}
    main = estate_code == "JHY"
    number = 0
    for post, count in CREWS[estate_code].items():
        beside = list((BESIDE if main else LEAN_BESIDE).get(post, ()))
        for place in range(count):
            number += 1
            known = KNOWN.get(post, ()) if main else ()
            cleaning = post in ("保洁员", "保洁小组组长")
            guard = department_of[post] == "秩序维护部"
            sex = "f" if cleaning or inventor.chance.random() < 0.4 else "m"
            name = known[place] if place < len(known) else inventor.name("m" if guard else sex)
            share = -(-len(beside) // count)
            yield Colleague(
                number=f"{estate_code}{number:03d}",
                name=name,
                department=department_of[post],
                posts=(post, *beside[place * share : (place + 1) * share]),
                phone=inventor.mobile(),
                hired_on=today - timedelta(days=inventor.chance.randrange(120, 3200)),
                licences=tuple(licences(post, place, inventor, today)),
                login=LOGINS.get(post, "") if main and place == 0 else "",
            )


def licences(post: str, place: int, inventor: Inventor, today: date) -> Iterator[Licence]:
    if post not in LICENCES:
        return
    kind, years = LICENCES[post]
    left = inventor.chance.randrange(90, years * 360)
    if post == "监控岗" and place == 0:
        left = 24  # within the warning of thirty days
    if post == "巡查岗" and place == 1:
        left = -12
    expires = today + timedelta(days=left)
    issued = expires - timedelta(days=365 * years + 1)
    yield Licence(kind, f"T{inventor.chance.randrange(10**9, 10**10)}", issued, expires)


def rows(people: list[Colleague]) -> Iterator[tuple[object, ...]]:
    """Return the rows of the staff workbook: one for each person, the first post and certificate in it."""
    for who in people:
        first = who.licences[0] if who.licences else None
        facts = (first.kind, first.number, first.issued_on, first.expires_on) if first else ("", "", None, None)
        yield (who.number, who.name, who.department, who.posts[0], who.phone, who.hired_on, *facts)
