"""Facts about members, posts and who stands in for whom. Ids only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class LibraryLoaded:
    said: ClassVar[Promise] = _("载入岗位库，新增 %(added)d 个，更新 %(changed)d 个")
    company_id: int
    added: int
    changed: int


@dataclass(frozen=True)
class PostChanged:
    """`fields` names what changed."""

    said: ClassVar[Promise] = _("改了岗位设定")
    post_id: int
    fields: list[str]


@dataclass(frozen=True)
class MemberJoined:
    said: ClassVar[Promise] = _("登记了员工")
    member_id: int


@dataclass(frozen=True)
class MemberChanged:
    said: ClassVar[Promise] = _("改了员工资料")
    member_id: int
    fields: list[str]


@dataclass(frozen=True)
class MemberLeft:
    said: ClassVar[Promise] = _("员工离职，%(left_on)s 起不再有任何权限")
    member_id: int
    left_on: date


@dataclass(frozen=True)
class Appointed:
    said: ClassVar[Promise] = _("任命岗位，自 %(began_on)s 起")
    member_id: int
    appointment_id: int
    post_id: int
    began_on: date


@dataclass(frozen=True)
class AppointmentEnded:
    said: ClassVar[Promise] = _("免去岗位，自 %(ended_on)s 起")
    member_id: int
    appointment_id: int
    post_id: int
    ended_on: date


@dataclass(frozen=True)
class CertificateNoted:
    said: ClassVar[Promise] = _("登记了证书")
    member_id: int
    certificate_id: int


@dataclass(frozen=True)
class CertificateRevoked:
    said: ClassVar[Promise] = _("证书作废，自 %(revoked_on)s 起")
    member_id: int
    certificate_id: int
    revoked_on: date


@dataclass(frozen=True)
class DeputyNamed:
    said: ClassVar[Promise] = _("安排代班，%(began_on)s 起，%(ended_on)s 前")
    member_id: int
    deputy_id: int
    deputyship_id: int
    began_on: date
    ended_on: date


@dataclass(frozen=True)
class DeputyshipEnded:
    said: ClassVar[Promise] = _("代班提前结束，自 %(ended_on)s 起")
    member_id: int
    deputy_id: int
    deputyship_id: int
    ended_on: date


@dataclass(frozen=True)
class StewardNamed:
    said: ClassVar[Promise] = _("指定网格管家，自 %(began_on)s 起")
    grid_id: int
    member_id: int
    began_on: date


@dataclass(frozen=True)
class StewardshipEnded:
    said: ClassVar[Promise] = _("网格管家卸任，自 %(ended_on)s 起")
    grid_id: int
    member_id: int
    ended_on: date
