"""The workbooks go in: estates with their residents, then the staff; posts held beside, accounts, special needs."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from guanjia.demo import houses, roster, workbooks
from guanjia.demo.households import KNOWN_LABEL, Household, households
from guanjia.demo.stage import Account, Stage
from guanjia.domain.accounts import actions as accounts
from guanjia.domain.intake import actions as intake
from guanjia.domain.intake.states import State
from guanjia.domain.staff import actions as staff
from guanjia.domain.staff import queries as staff_queries

if TYPE_CHECKING:
    from guanjia.domain.estate.models import Estate

PASSWORD = "demo-harbour-2031"
BY_CODE = "（短信验证码，显示在运行演示的窗口里）"


def bring_in(stage: Stage) -> None:
    """Write the workbooks of each estate and import them as the desk would: received, judged, confirmed, carried out."""
    for facts in houses.estates():
        estate = stage.estates[facts.code]
        inventor = stage.inventor("estate", facts.code)
        homes = list(households(facts, inventor, stage.today))
        crew = list(roster.crew(facts.code, stage.inventor("crew", facts.code), stage.today))
        book = stage.folder / "workbooks" / f"{facts.name}基础资料.xlsx"
        workbooks.write(book, facts, homes, inventor, stage.today)
        _import(stage, estate, book)
        book = stage.folder / "workbooks" / f"{facts.name}员工花名册.xlsx"
        workbooks.write_staff(book, facts.name, roster.rows(crew))
        _import(stage, estate, book)
        _employ(stage, estate, crew)
        if facts.code == "JHY":
            _resident(stage, estate, homes)


def _import(stage: Stage, estate: Estate, book: Path) -> None:
    """Import one workbook. A row that is refused stops the demo: its workbooks are written to be right."""
    at = stage.founded_at
    batch = intake.receive(
        estate,
        name=book.name,
        data=book.read_bytes(),
        judge=False,
        key=stage.key("batch", estate.code, book.name),
        actor=stage.system,
        at=at,
    )
    intake.judge(batch, actor=stage.system, at=at)
    batch.refresh_from_db()
    intake.confirm(batch, skip_bad_rows=False, start_work=False, seen=batch.version, actor=stage.system, at=at)
    batch.refresh_from_db()
    intake.run(batch, actor=stage.system, at=at)
    batch.refresh_from_db()
    if batch.state != State.DONE:
        raise RuntimeError(f"{book.name} was not imported: {batch.failure}")
    stage.say(f"{book.name}: {batch.accepted} rows")


def _employ(stage: Stage, estate: Estate, crew: list[roster.Colleague]) -> None:
    """Give the imported members their accounts and the posts that they hold beside the first one."""
    known = {member.number: member for member in staff_queries.members(stage.system, on=stage.today)}
    posts = {post.name: post for post in staff_queries.posts(stage.system)}
    for who in crew:
        member = known[who.number]
        stage.members[who.number] = member
        user = accounts.open_account(
            login=who.login or who.number,
            name=who.name,
            password=PASSWORD if who.login else "",
            lent=False,
            actor=stage.system,
            at=stage.founded_at,
        )
        staff.tie_account(member, user=user, seen=member.version, actor=stage.system, at=stage.founded_at)
        for post in who.posts:
            stage.posts.setdefault(f"{estate.code} {post}", []).append(who.number)
        for post in who.posts[1:]:
            began = max(who.hired_on, stage.began_on - timedelta(days=200))
            staff.appoint(member, post=posts[post], estate=estate, began_on=began, actor=stage.system, at=stage.founded_at)
        if who.login:
            face = "field" if who.department in ("工程部", "秩序维护部", "环境部") else "console"
            stage.accounts.append(Account(who.posts[0], face, who.login, PASSWORD, who.name, estate.name))


def head_office(stage: Stage) -> None:
    """Appoint the general manager and the administrator, who hold their posts over the whole company."""
    posts = {post.name: post for post in staff_queries.posts(stage.system)}
    assert stage.company is not None
    for number, name, post, login in (("HQ001", "沈知远", "公司总经理", "shenzhiyuan"), ("HQ002", "陆一鸣", "公司经理", "luyiming")):
        user = accounts.open_account(login=login, name=name, password=PASSWORD, lent=False, actor=stage.system, at=stage.founded_at)
        hired = stage.began_on - timedelta(days=2000)
        member = staff.join(stage.company, number=number, name=name, hired_on=hired, user=user, actor=stage.system, at=stage.founded_at)
        stage.members[number] = member
        staff.appoint(member, post=posts[post], began_on=hired, actor=stage.system, at=stage.founded_at)
        stage.accounts.append(Account(post, "console", login, PASSWORD, name, "全部"))


def _resident(stage: Stage, estate: Estate, homes: list[Household]) -> None:
    (home,) = (home for home in homes if home.flat.label == KNOWN_LABEL)
    owner = home.residents[0]
    stage.accounts.append(Account("业主", "portal", owner.phone, BY_CODE, owner.name, estate.name))
