"""Where and when the demo is played: the seed, the present instant, the days between, and who acts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from guanjia.demo.invent import Inventor
from guanjia.kernel.actor import Actor
from guanjia.kernel.periods import SHANGHAI, business_day

if TYPE_CHECKING:
    from guanjia.domain.estate.models import Company, Estate
    from guanjia.domain.staff.models import Member

NAMESPACE = UUID("6f0e2b1c-6c1f-5d8e-9d53-6b6f1d2a9a01")
PLAYED_DAYS = 31


@dataclass(frozen=True)
class Account:
    """Something to sign in with. `secret` is a password, or for residents how to get the code."""

    role: str
    face: str
    login: str
    password: str
    name: str
    estate: str


@dataclass
class Stage:
    """What every scene of the demo needs. `now` is told by the command; nothing here reads a clock."""

    seed: str
    now: datetime
    folder: Path
    say: Callable[[str], None]
    company: Company | None = None
    estates: dict[str, Estate] = field(default_factory=dict)
    members: dict[str, Member] = field(default_factory=dict)  # by number
    posts: dict[str, list[str]] = field(default_factory=dict)  # estate code and post → numbers, in the order of the roster
    accounts: list[Account] = field(default_factory=list)

    @property
    def today(self) -> date:
        return business_day(self.now)

    @property
    def began_on(self) -> date:
        """Return the first day that is played: the first of a month, so that whole periods are seen."""
        return (self.today - timedelta(days=PLAYED_DAYS)).replace(day=1)

    @property
    def founded_at(self) -> datetime:
        return self.instant(self.began_on - timedelta(days=20), 9)

    @property
    def system(self) -> Actor:
        return Actor.system("演示")

    def instant(self, day: date, hour: int, minute: int = 0) -> datetime:
        return datetime.combine(day, time(hour, minute), SHANGHAI)

    def key(self, *parts: object) -> UUID:
        """Return the key of a creating act: the same act in the same demo has the same key."""
        return uuid5(NAMESPACE, "|".join(map(str, (self.seed, *parts))))

    def inventor(self, *parts: object) -> Inventor:
        """Return a stream of chance of its own, so that one scene does not change another's people."""
        return Inventor(" ".join(map(str, (self.seed, *parts))))

    def holders(self, estate_code: str, *posts: str) -> list[Member]:
        """Return the members of an estate who hold one of the posts, in the order of the posts and of the roster."""
        return [self.members[number] for post in posts for number in self.posts.get(f"{estate_code} {post}", ())]
