"""Target rules: what a clause is about ("every high-rise lift", "every building", "the control-room post").

A rule is data of the plan; `standards.queries.targets` turns it into rows. Pure.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guanjia.domain.estate.states import BuildingType, Category, PlaceKind, VacancyState

OF = {
    "estate": gettext_lazy("整个小区"),
    "place": gettext_lazy("位置"),
    "equipment": gettext_lazy("设备"),
    "grid": gettext_lazy("网格"),
    "post": gettext_lazy("岗位"),
}
SELECTORS = {
    "place": frozenset({"kind", "building_type", "but_not", "vacancy"}),
    "equipment": frozenset({"category"}),
    "post": frozenset({"post"}),
}
WORDS = {
    "kind": PlaceKind,
    "building_type": BuildingType,
    "but_not": BuildingType,
    "has_building": BuildingType,
    "vacancy": VacancyState,
    "category": Category,
}


class MalformedTarget(ValueError):
    """The rule names something that rules cannot say; `key` is the part at fault."""

    def __init__(self, key: str, message: str) -> None:
        super().__init__(message)
        self.key = key


@dataclass(frozen=True, slots=True)
class TargetRule:
    """What one clause is about.

    `but_not` leaves out buildings of these types and keeps those whose type nobody entered. `name` is the thing in words, shown when the target is the whole estate. `has_building` makes the clause sleep in estates
    without such a building. `otherwise="estate"` keeps the promise alive while the register has no such rows:
    then the estate itself is the target, and the clause's page says that the register is empty.
    """

    of: str
    name: str = ""
    kind: tuple[str, ...] = ()
    building_type: tuple[str, ...] = ()
    but_not: tuple[str, ...] = ()
    vacancy: tuple[str, ...] = ()
    category: tuple[str, ...] = ()
    post: tuple[str, ...] = ()
    has_building: tuple[str, ...] = ()
    otherwise: str = ""

    @classmethod
    def from_mapping(cls, raw: Mapping[str, object]) -> TargetRule:
        """Read the table of a plan file. Raises MalformedTarget."""
        known = {item.name: item for item in fields(cls)}
        values: dict[str, object] = {"of": ""}
        for key, value in raw.items():
            if key not in known:
                raise MalformedTarget(key, _("对象规则里没有「%(key)s」这一项") % {"key": key})
            if key in {"of", "name", "otherwise"} and not isinstance(value, str):
                raise MalformedTarget(key, _("「%(key)s」应是文字") % {"key": key})
            values[key] = value if isinstance(value, str) and key in {"of", "name", "otherwise"} else _words(key, value)
        return _checked(cls(**values))  # type: ignore[arg-type]

    def as_mapping(self) -> dict[str, object]:
        """Return the table that `from_mapping` reads back."""
        pairs = ((item.name, getattr(self, item.name)) for item in fields(self))
        return {key: list(value) if isinstance(value, tuple) else value for key, value in pairs if value}


@dataclass(frozen=True, slots=True)
class Target:
    """One thing that a clause is about, since when and until when (excluded) it is there."""

    key: str
    label: str
    place_id: int | None = None
    began_on: date | None = None
    ended_on: date | None = None
    stands_for: str = field(default="", compare=False)


def _words(key: str, value: object) -> tuple[str, ...]:
    words = [value] if isinstance(value, str) else value
    if not isinstance(words, list | tuple) or not words or not all(isinstance(word, str) and word for word in words):
        raise MalformedTarget(key, _("「%(key)s」应是文字或文字的列表") % {"key": key})
    return tuple(words)


def _checked(rule: TargetRule) -> TargetRule:
    if rule.of not in OF:
        raise MalformedTarget("of", _("对象「%(of)s」不认识，可用：%(known)s") % {"of": rule.of, "known": "、".join(OF)})
    selectors = {key for key in ("kind", "building_type", "but_not", "vacancy", "category", "post") if getattr(rule, key)}
    stray = selectors - SELECTORS.get(rule.of, frozenset())
    if stray:
        key = sorted(stray)[0]
        raise MalformedTarget(key, _("对象「%(of)s」不能用「%(key)s」来挑") % {"of": rule.of, "key": key})
    for key, words in WORDS.items():
        for word in getattr(rule, key):
            if word not in words.values:
                raise MalformedTarget(
                    key, _("「%(key)s」不认识「%(word)s」，可用：%(known)s") % {"key": key, "word": word, "known": "、".join(words.values)}
                )
    if rule.of == "post" and not rule.post:
        raise MalformedTarget("post", _("岗位对象要写明 post"))
    if rule.otherwise not in {"", "estate"}:
        raise MalformedTarget("otherwise", _("otherwise 只能是 estate"))
    return rule


def describe(rule: TargetRule) -> str:
    """Return the rule in words: "每个电梯，小区有高层时"."""

    def said(key: str) -> str:
        return "、".join(str(WORDS[key](word).label) for word in getattr(rule, key))

    if rule.of == "estate":
        words = _("整个小区")
    elif rule.of == "grid":
        words = _("每个网格")
    elif rule.of == "post":
        words = _("岗位：%(posts)s") % {"posts": "、".join(rule.post)}
    elif rule.of == "equipment":
        words = _("每个%(things)s") % {"things": said("category") or _("设备")}
    else:
        words = _("每个%(things)s") % {"things": said("kind") or _("位置")}
        picked = "、".join(filter(None, (said("building_type"), said("vacancy"))))
        words = _("%(things)s（%(picked)s）") % {"things": words, "picked": picked} if picked else words
        words = _("%(things)s，%(others)s除外") % {"things": words, "others": said("but_not")} if rule.but_not else words
    if rule.has_building:
        words = _("%(things)s，小区有%(buildings)s时") % {"things": words, "buildings": said("has_building")}
    return words
