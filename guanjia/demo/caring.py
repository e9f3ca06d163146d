"""What the stewards of 锦和苑 have learned on their visits: needs, pets, preferences, and how well they know each household."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from guanjia.demo.households import KNOWN_LABEL
from guanjia.demo.invent import Inventor
from guanjia.demo.stage import Stage
from guanjia.domain.estate import queries as estates
from guanjia.domain.parties import actions, queries
from guanjia.domain.parties.states import Fact, Manner, NeedKind, Species, Topic
from guanjia.domain.staff import queries as staff

if TYPE_CHECKING:
    from guanjia.domain.estate.models import Place
    from guanjia.kernel.actor import Actor

NEEDS = (
    (NeedKind.LIVES_ALONE, "老人独居，子女在外地；每周三上午电话问候一次，上门先自报姓名。"),
    (NeedKind.MOBILITY, "坐轮椅，门槛有 3 厘米高差；送件请送到门口并等开门。"),
    (NeedKind.CHILD, "家有新生儿，上门请先发消息，不按门铃。"),
    (NeedKind.ANIMAL, "家有金毛一只，性格温和；上门前请主人先拴好。"),
    (NeedKind.ILLNESS, "有哮喘病史，楼道消杀、刷漆前一天务必告知。"),
    (NeedKind.PREGNANT, "孕晚期，电梯检修请提前通知，必要时派人协助。"),
    (NeedKind.HEARING, "听力不便，联系请发短信，敲门请重一些。"),
    (NeedKind.SIGHT, "视力不便，公告请电话念给她听。"),
)
PREFERENCES = (
    (Topic.CONTACT_TIME, "白天上班，晚上七点以后联系。"),
    (Topic.CONTACT_WAY, "只用微信，不接陌生电话。"),
    (Topic.SALUTATION, "请称呼「老师」。"),
    (Topic.SERVICE, "上门请自带鞋套。"),
    (Topic.TABOO, "请勿在门口张贴任何单据。"),
)
DOGS = (("金毛", "多多"), ("柴犬", "豆包"), ("泰迪", "可乐"), ("边牧", "阿布"))
# What share of the households each steward in turn has confirmed lately; the promise is 95 %.
FAMILIAR = (98, 97, 96, 91, 88)
# What this company means by knowing a household, and for how many months a confirmation stays fresh.
FACTS: dict[str, int] = {Fact.RESIDENTS: 12, Fact.PHONE: 12, Fact.EMERGENCY: 24, Fact.NEEDS: 12}


def learn(stage: Stage) -> None:
    """Let the stewards write down what they know, on days of the past year."""
    estate = stage.estates["JHY"]
    inventor = stage.inventor("caring", "JHY")
    actions.set_familiarity(
        estate, facts=FACTS, target=Decimal("0.95"), began_on=stage.began_on, for_company=True, actor=stage.system, at=stage.founded_at
    )
    homes = [place for place in estates.units(stage.system, estate) if place.kind == "premises"]
    stewards = {each.grid_id: each.member for each in staff.stewardships(stage.system, on=stage.today).filter(estate=estate)}
    grids = [
        (inside.place.path, order, stewards.get(grid.pk))
        for order, grid in enumerate(estates.grids(stage.system, estate))
        for inside in grid.places.all()
    ]
    actors: dict[int, Actor] = {}
    for place in homes:
        order, member = next(((order, who) for path, order, who in grids if place.path.startswith(path)), (0, None))
        if member is None or member.user is None:
            continue
        day = stage.today - timedelta(days=inventor.chance.randrange(2, 200))
        at = stage.instant(max(day, stage.began_on), inventor.chance.randrange(9, 18), inventor.chance.randrange(60))
        if member.pk not in actors:
            actors[member.pk] = staff.actor_for(member.user, at=stage.now)
        actor = actors[member.pk]
        if place.label == KNOWN_LABEL:
            _known(place, actor, at, stage.today)
        elif inventor.chance.random() < 0.05:
            _note(place, actor, at, inventor, stage.today)
        if inventor.chance.randrange(100) < FAMILIAR[order % len(FAMILIAR)]:
            manner = inventor.chance.choice((Manner.VISIT, Manner.PHONE, Manner.MESSAGE))
            actions.confirm(place, facts=list(FACTS), manner=manner, confirmed_on=min(day, at.date()), actor=actor, at=at)


def _known(place: Place, actor: Actor, at: datetime, today: date) -> None:
    """Note what the reference screens show about 3-2-1501."""
    people = {each.party.name: each.party for each in queries.residents_at(place, on=today)}
    actions.note_need(
        place,
        kind=NeedKind.HEARING,
        text="母亲 78 岁独自在家时多，听力弱：敲门后请等 1 分钟，并先给女儿打电话。",
        party=people.get("王秀珍"),
        actor=actor,
        at=at,
    )
    if "刘桂芳" in people:
        actions.note_preference(people["刘桂芳"], topic=Topic.CONTACT_TIME, text="白天上班，晚上七点以后联系。", actor=actor, at=at)


def _note(place: Place, actor: Actor, at: datetime, inventor: Inventor, today: date) -> None:
    people = [each.party for each in queries.residents_at(place, on=today)]
    if not people:
        return
    kind, text = inventor.chance.choice(NEEDS)
    actions.note_need(place, kind=kind, text=text, actor=actor, at=at)
    if kind == NeedKind.ANIMAL:
        breed, name = inventor.chance.choice(DOGS)
        licence = f"犬 {inventor.chance.randrange(10_000, 99_999)}"
        until = today + timedelta(days=inventor.chance.randrange(10, 400))
        actions.register_pet(
            place, species=Species.DOG, breed=breed, name=name, licence=licence, vaccinated_until=until, actor=actor, at=at
        )
    if inventor.chance.random() < 0.5:
        topic, text = inventor.chance.choice(PREFERENCES)
        actions.note_preference(people[0], topic=topic, text=text, actor=actor, at=at)
