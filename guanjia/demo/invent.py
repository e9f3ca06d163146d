"""Invented people, firms, papers and plates: the same seed gives the same ones, and none of them can be anybody's.

Identity numbers have a sound check digit but the region 100000, which no card carries; mobile numbers begin with
ranges that no operator hands out; plates begin with 浙X, a letter that no city of the province has.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta

SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许邓韩冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢"
    "姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常"
)
# Surnames that are read otherwise than the same character elsewhere: search by initials must find both readings.
MANY_READINGS = "单曾解仇盖区朴查翟缪"
COMPOUND = ("欧阳", "上官", "司马", "诸葛", "令狐", "皇甫")
GIVEN = {
    "m": "伟强磊军勇杰涛明超刚平辉鹏斌波亮建国志文浩宇轩博然子涵俊峰海东林森泽凯瑞晨旭晖毅恒诚立仁信",
    "f": "芳娜敏静丽娟艳霞秀英桂兰玲红梅雪琳佳怡欣悦雅婷梦洁颖慧倩云月琴珍莉萍燕晓岚思雨晴诗涵若曦",
}
STREETS = ("和风", "知行", "望潮", "云栖", "嘉木", "明澈", "启正", "远帆", "沐森", "丰禾", "恒砚", "朗月", "致一", "青岚", "万象")
TRADES = {
    "shop": (
        "便利店", "水果店", "面馆", "药房", "理发店", "干洗店", "房产中介", "早餐店",
        "宠物店", "奶茶店", "五金店", "口腔诊所", "健身房", "书屋", "烘焙坊", "洗车行",
    ),
    "office": (
        "科技有限公司", "贸易有限公司", "文化传播有限公司", "律师事务所", "会计师事务所", "建筑设计有限公司",
        "软件有限公司", "咨询有限公司", "供应链有限公司", "医疗器械有限公司",
    ),
}  # fmt: skip
MOBILE_RANGES = ("160", "161", "163", "164", "168", "169")
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CREDIT_LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"


@dataclass(frozen=True)
class Person:
    """Somebody who does not exist."""

    name: str
    sex: str
    born_on: date
    id_number: str
    phone: str


@dataclass(frozen=True)
class Firm:
    """A firm that does not exist, with the person to call."""

    name: str
    credit_code: str
    contact: str
    phone: str


class Inventor:
    """Invents from one stream of chance; the order of the calls is part of the seed."""

    def __init__(self, seed: int | str) -> None:
        self.chance = random.Random(f"guanjia demo {seed}")
        self._papers: set[str] = set()
        self._phones: set[str] = set()
        self._plates: set[str] = set()
        self._firms: set[str] = set()

    def person(self, *, sex: str = "", surname: str = "", ages: tuple[int, int] = (26, 72), in_year: int = 2026) -> Person:
        """Invent somebody whose age in years at the end of `in_year` lies in `ages`."""
        sex = sex or self.chance.choice("mf")
        born_on = date(in_year - self.chance.randint(*ages), 1, 1) + timedelta(days=self.chance.randrange(365))
        return Person(self.name(sex, surname), sex, born_on, self.id_number(born_on, sex), self.mobile())

    def name(self, sex: str, surname: str = "") -> str:
        if not surname:
            dice = self.chance.random()
            surname = self.chance.choice(MANY_READINGS if dice < 0.03 else COMPOUND if dice < 0.04 else SURNAMES)
        letters = 1 if self.chance.random() < 0.2 else 2
        return surname + "".join(self.chance.sample(GIVEN[sex], letters))

    def id_number(self, born_on: date, sex: str) -> str:
        while True:
            order = self.chance.randrange(1, 500) * 2 - (sex == "m")
            body = f"100000{born_on:%Y%m%d}{order:03d}"
            number = body + check_digit(body)
            if number not in self._papers:
                self._papers.add(number)
                return number

    def mobile(self, tail: str = "") -> str:
        while True:
            number = (
                f"{self.chance.choice(MOBILE_RANGES)}{self.chance.randrange(10_000):04d}{tail or f'{self.chance.randrange(10_000):04d}'}"
            )
            if number not in self._phones:
                self._phones.add(number)
                return number

    def plate(self) -> str:
        """Invent a plate; every fifth is an electric car's, one character longer."""
        while True:
            green = self.chance.random() < 0.2
            digits = f"{self.chance.randrange(10_000):04d}"
            plate = f"浙X{'D' if green else ''}{self.chance.choice('ABCEFGHJKLMN')}{digits}"
            if plate not in self._plates:
                self._plates.add(plate)
                return plate

    def firm(self, trade: str) -> Firm:
        while True:
            word = self.chance.choice(STREETS) + self.chance.choice("源信达盛合润泰安")
            name = f"{word}{self.chance.choice(TRADES[trade])}"
            if name not in self._firms:
                self._firms.add(name)
                break
        body = "91100000MA" + "".join(self.chance.choice(CREDIT_LETTERS) for _ in range(7))
        return Firm(name, body + credit_check(body), self.name(self.chance.choice("mf")), self.mobile())


def check_digit(body: str) -> str:
    """Return the last character of an identity number from its first seventeen digits (ISO 7064 MOD 11-2)."""
    return "10X98765432"[sum(int(digit) * weight for digit, weight in zip(body, WEIGHTS, strict=True)) % 11]


def credit_check(body: str) -> str:
    """Return the last character of a credit code from its first seventeen (GB 32100-2015)."""
    total = sum(CREDIT_LETTERS.index(letter) * pow(3, place, 31) for place, letter in enumerate(body))
    return CREDIT_LETTERS[(31 - total % 31) % 31]
