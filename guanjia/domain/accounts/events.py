"""Facts about accounts. Ids only; the door is "staff" or "portal"."""

from dataclasses import dataclass
from typing import ClassVar

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class AccountOpened:
    said: ClassVar = _("开通了账号")
    user_id: int


@dataclass(frozen=True)
class AccountEnded:
    said: ClassVar = _("停用了账号，所有登录随即失效")
    user_id: int


@dataclass(frozen=True)
class AccountRestored:
    said: ClassVar = _("恢复了账号")
    user_id: int


@dataclass(frozen=True)
class SignedIn:
    said: ClassVar = _("登录")
    user_id: int
    door: str
    by: str
    new_device: bool


@dataclass(frozen=True)
class SignedOut:
    said: ClassVar = _("退出登录")
    user_id: int


@dataclass(frozen=True)
class SignInSlowedDown:
    said: ClassVar = _("密码连错 %(failures)s 次，开始要求等待")
    user_id: int
    failures: int


@dataclass(frozen=True)
class PasswordChanged:
    said: ClassVar = _("修改了密码，其他登录随即失效")
    user_id: int


@dataclass(frozen=True)
class PasswordLent:
    said: ClassVar = _("设了临时密码，下次登录须修改")
    user_id: int


@dataclass(frozen=True)
class SecondFactorSet:
    said: ClassVar = _("启用了两步验证")
    user_id: int


@dataclass(frozen=True)
class SecondFactorRemoved:
    said: ClassVar = _("关闭了两步验证")
    user_id: int


@dataclass(frozen=True)
class RecoveryCodesMade:
    said: ClassVar = _("重新生成了恢复码")
    user_id: int


@dataclass(frozen=True)
class RecoveryCodeUsed:
    said: ClassVar = _("用恢复码登录，还剩 %(left)s 个")
    user_id: int
    left: int


@dataclass(frozen=True)
class SessionsEnded:
    said: ClassVar = _("结束了 %(count)s 处登录")
    user_id: int
    count: int


@dataclass(frozen=True)
class DeviceForgotten:
    said: ClassVar = _("移除了一台设备")
    user_id: int
    device_id: int


@dataclass(frozen=True)
class TokenMade:
    said: ClassVar = _("生成了接口令牌")
    user_id: int
    token_id: int
    scopes: tuple[str, ...]


@dataclass(frozen=True)
class TokenRevoked:
    said: ClassVar = _("吊销了接口令牌")
    user_id: int
    token_id: int
