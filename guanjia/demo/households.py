"""Who lives and works in the demo estates, decided before a workbook is written. No database."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from guanjia.demo.houses import EstatePlan, Flat, state_of
from guanjia.demo.invent import Inventor


@dataclass(frozen=True)
class Resident:
    """One row of the sheet of residents."""

    flat: Flat
    name: str
    relation: str
    kind: str
    id_number: str
    phone: str
    share: str
    began_on: date


@dataclass(frozen=True)
class Household:
    """Everybody of one flat, how it is used, and its cars; `arrears_fen` is what it owed before the system was there."""

    flat: Flat
    state: str
    residents: tuple[Resident, ...]
    cars: tuple[str, ...]
    arrears_fen: int = 0


CARS = ("大众 朗逸 白", "比亚迪 秦 灰", "丰田 卡罗拉 银", "本田 思域 蓝", "特斯拉 Model 3 白", "吉利 帝豪 黑", "别克 英朗 棕")
KNOWN_LABEL = "3-2-1501"  # the flat of the screenshots in the documentation


def households(estate: EstatePlan, inventor: Inventor, today: date) -> Iterator[Household]:
    """Return the households flat by flat; about one owner in thirty owns a second flat."""
    landlord: Resident | None = None
    for flat in estate.flats():
        if estate.code == "JHY" and flat.label == KNOWN_LABEL:
            yield known(flat, inventor)
            continue
        state = state_of(flat, inventor)
        began = flat.building.delivered_on + timedelta(days=inventor.chance.randrange(20, 900))
        began = min(began, today - timedelta(days=40))
        owners = list(owned(flat, began, inventor))
        if landlord is not None and inventor.chance.random() < 0.5:
            owners = [Resident(flat, landlord.name, "业主", landlord.kind, landlord.id_number, landlord.phone, "100%", began)]
            landlord = None
        elif inventor.chance.random() < 0.03:
            landlord = owners[0] if owners[0].share == "100%" else None
        people = [*owners, *others(flat, state, began, owners[0], inventor, today)]
        lived_in = state in ("自住", "出租", "自用")
        cars = tuple(inventor.plate() for _ in range(inventor.chance.choice((0, 0, 1, 1, 1, 2)) if lived_in else 0))
        price = estate.fee_fen_per_m2[flat.building.kind]
        months = inventor.chance.randrange(1, 9) if inventor.chance.random() < 0.06 else 0
        yield Household(flat, state, tuple(people), cars, int(flat.layout.area * price) * months)


def owned(flat: Flat, began: date, inventor: Inventor) -> Iterator[Resident]:
    if flat.usage != "住宅":
        firm = inventor.firm("shop" if flat.usage == "商业" else "office")
        yield Resident(flat, firm.name, "业主", "单位", firm.credit_code, firm.phone, "100%", began)
        return
    first = inventor.person()
    couple = inventor.chance.random() < 0.32
    yield Resident(flat, first.name, "业主", "个人", first.id_number, first.phone, "50%" if couple else "100%", began)
    if couple:
        second = inventor.person(sex="f" if first.sex == "m" else "m")
        yield Resident(flat, second.name, "共有人", "个人", second.id_number, second.phone, "50%", began)


def others(flat: Flat, state: str, began: date, owner: Resident, inventor: Inventor, today: date) -> Iterator[Resident]:
    """Return tenants, family and emergency contacts."""
    if state == "出租":
        since = max(began, today - timedelta(days=inventor.chance.randrange(30, 700)))
        if flat.usage == "住宅":
            tenant = inventor.person(ages=(22, 45))
            yield Resident(flat, tenant.name, "租户", "个人", tenant.id_number, tenant.phone, "", since)
        else:
            firm = inventor.firm("shop" if flat.usage == "商业" else "office")
            yield Resident(flat, firm.name, "租户", "单位", firm.credit_code, firm.phone, "", since)
    elif state == "自住":
        for _ in range(inventor.chance.choice((0, 0, 1, 1, 2))):
            kin = inventor.person(ages=(6, 84))
            grown = kin.born_on.year < today.year - 18
            yield Resident(flat, kin.name, "家属", "个人", "", kin.phone if grown else "", "", began)
        if inventor.chance.random() < 0.12:
            kin = inventor.person(ages=(25, 60))
            yield Resident(flat, kin.name, "紧急联系人", "个人", "", kin.phone, "", began)


def known(flat: Flat, inventor: Inventor) -> Household:
    """Return the household that the handbook and the screenshots speak of: 刘桂芳, her husband and his mother of 78."""
    began = date(2018, 9, 1)
    owner = inventor.id_number(date(1974, 3, 18), "f")
    people = (
        Resident(flat, "刘桂芳", "业主", "个人", owner, inventor.mobile("2607"), "100%", began),
        Resident(flat, "周明", "配偶", "个人", "", inventor.mobile("8815"), "", began),
        Resident(flat, "王秀珍", "母亲", "个人", inventor.id_number(date(1948, 5, 2), "f"), "", "", began),
    )
    return Household(flat, "自住", people, ("浙X8K213",))
