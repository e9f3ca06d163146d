"""Facts about parties and what they are to places. Ids and codes only: never a name, a number or a plate."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Registered:
    said: ClassVar[Promise] = _("登记了住户")
    party_id: int


@dataclass(frozen=True)
class Changed:
    """`fields` names what changed, never the values."""

    said: ClassVar[Promise] = _("改了住户资料")
    party_id: int
    fields: list[str]


@dataclass(frozen=True)
class PhoneAdded:
    said: ClassVar[Promise] = _("添加了电话")
    party_id: int
    phone_id: int


@dataclass(frozen=True)
class PhoneEnded:
    said: ClassVar[Promise] = _("停用了电话")
    party_id: int
    phone_id: int


@dataclass(frozen=True)
class Bound:
    said: ClassVar[Promise] = _("住户已绑定登录手机")
    party_id: int
    user_id: int


@dataclass(frozen=True)
class MovedIn:
    said: ClassVar[Promise] = _("登记入户")
    party_id: int
    occupancy_id: int
    relation: str
    began_on: date | None


@dataclass(frozen=True)
class OccupancyChanged:
    said: ClassVar[Promise] = _("改了入户登记")
    party_id: int
    occupancy_id: int
    fields: list[str]


@dataclass(frozen=True)
class MovedOut:
    said: ClassVar[Promise] = _("登记迁出，自 %(ended_on)s 起")
    party_id: int
    occupancy_id: int
    relation: str
    ended_on: date


@dataclass(frozen=True)
class NeedNoted:
    said: ClassVar[Promise] = _("登记了服务提醒")
    need_id: int
    kind: str


@dataclass(frozen=True)
class NeedChanged:
    said: ClassVar[Promise] = _("改了服务提醒")
    need_id: int


@dataclass(frozen=True)
class NeedEnded:
    said: ClassVar[Promise] = _("撤下了服务提醒")
    need_id: int
    ended_on: date


@dataclass(frozen=True)
class PreferenceNoted:
    said: ClassVar[Promise] = _("登记了偏好")
    party_id: int
    preference_id: int
    topic: str


@dataclass(frozen=True)
class PreferenceEnded:
    said: ClassVar[Promise] = _("撤下了偏好")
    party_id: int
    preference_id: int


@dataclass(frozen=True)
class VehicleRegistered:
    said: ClassVar[Promise] = _("登记了车辆")
    vehicle_id: int


@dataclass(frozen=True)
class VehicleChanged:
    said: ClassVar[Promise] = _("改了车辆登记")
    vehicle_id: int
    fields: list[str]


@dataclass(frozen=True)
class VehicleEnded:
    said: ClassVar[Promise] = _("注销了车辆")
    vehicle_id: int
    ended_on: date


@dataclass(frozen=True)
class PetRegistered:
    said: ClassVar[Promise] = _("登记了宠物")
    pet_id: int


@dataclass(frozen=True)
class PetEnded:
    said: ClassVar[Promise] = _("注销了宠物")
    pet_id: int
    ended_on: date


@dataclass(frozen=True)
class ConsentGiven:
    said: ClassVar[Promise] = _("取得同意")
    party_id: int
    consent_id: int
    purpose: str
    basis: str


@dataclass(frozen=True)
class ConsentWithdrawn:
    said: ClassVar[Promise] = _("撤回同意")
    party_id: int
    consent_id: int
    purpose: str


@dataclass(frozen=True)
class Revealed:
    """Somebody was shown numbers in full: `what` is phone, identity or plate; the purpose is a code of `RevealPurpose`."""

    said: ClassVar[Promise] = _("查看了完整号码")
    party_id: int
    what: str
    purpose: str


@dataclass(frozen=True)
class Merged:
    """Apps above move what points at `merged_id` to `kept_id`, and back on MergeUndone."""

    said: ClassVar[Promise] = _("并入了一条重复的记录")
    merge_id: int
    kept_id: int
    merged_id: int


@dataclass(frozen=True)
class MergeUndone:
    said: ClassVar[Promise] = _("撤销了合并，两条记录分开")
    merge_id: int
    kept_id: int
    merged_id: int


@dataclass(frozen=True)
class KeptApart:
    said: ClassVar[Promise] = _("确认与另一条记录不是同一人")
    one_id: int
    other_id: int


@dataclass(frozen=True)
class Confirmed:
    said: ClassVar[Promise] = _("核实了住户情况")
    place_id: int
    facts: list[str]
    manner: str
    confirmed_on: date


@dataclass(frozen=True)
class FamiliaritySet:
    said: ClassVar[Promise] = _("改了客户熟悉度的定义，自 %(began_on)s 起")
    standard_id: int
    began_on: date
