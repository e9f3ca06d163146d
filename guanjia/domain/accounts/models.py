"""One user for staff and residents; sessions, devices, one-time codes and API tokens."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from guanjia.kernel.fields import Sealed


class UserManager(BaseUserManager["User"]):
    """Finds users for Django's sign-in machinery."""

    def get_by_natural_key(self, login: str | None) -> User:
        return self.get(login=login)


class User(AbstractBaseUser):
    """Somebody who can sign in: staff by `login` and password, residents by phone and one-time code."""

    login = models.CharField(max_length=60, unique=True, null=True)
    name = models.CharField(max_length=60)
    phone = Sealed(blank=True, default="")
    phone_index = models.CharField(max_length=32, unique=True, null=True)
    totp_secret = Sealed(blank=True, default="")
    totp_since = models.DateTimeField(null=True)
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    USERNAME_FIELD = "login"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects: ClassVar[UserManager] = UserManager()

    def __str__(self) -> str:
        return self.name

    @property
    def is_active(self) -> bool:  # type: ignore[override]
        """Django asks this at every request: an ended account is out at once."""
        return self.ended_at is None
