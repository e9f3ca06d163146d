"""One user for staff and residents; sessions, devices, one-time codes and API tokens."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models import Q

from guanjia.domain.accounts.rules import agent_words
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
    totp_since = models.DateTimeField(null=True)  # a secret without it is being enrolled and asked of nobody yet
    totp_step = models.BigIntegerField(default=0)  # the last time step used, so that no code works twice
    password_set_at = models.DateTimeField(null=True)
    password_lent_at = models.DateTimeField(null=True)  # set by somebody else: must be changed at the next sign-in
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


class Device(models.Model):
    """A browser that a user signed in with once; recognised by a cookie whose digest is kept here."""

    user = models.ForeignKey(User, models.CASCADE, related_name="devices")
    digest = models.CharField(max_length=64, unique=True)
    agent = models.CharField(max_length=200, blank=True)
    began_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"device {self.pk}"

    @property
    def words(self) -> str:
        """What its owner recognises it by."""
        return agent_words(self.agent)


class Session(AbstractBaseSession):
    """A signed-in browser window. The row is the session: once it is gone, the next request is a stranger's.

    `session_key` is a digest: who reads this table cannot step into anybody's session.
    """

    user = models.ForeignKey(User, models.CASCADE, null=True, related_name="sessions")
    device = models.ForeignKey(Device, models.SET_NULL, null=True, related_name="sessions")
    door = models.CharField(max_length=8, blank=True)
    agent = models.CharField(max_length=200, blank=True)
    address = models.CharField(max_length=45, blank=True)
    began_at = models.DateTimeField()
    seen_at = models.DateTimeField()

    class Meta(AbstractBaseSession.Meta):
        abstract = False

    def __str__(self) -> str:
        return f"session of {self.user_id}"

    @property
    def words(self) -> str:
        """What its owner recognises the browser by."""
        return agent_words(self.agent)


class Bucket(models.Model):
    """Failures in a row under one key (an account, a device, an address), and when the next try is allowed.

    The key is a blind index, so that the table tells no login and no address.
    """

    key = models.CharField(max_length=32, primary_key=True)
    failures = models.PositiveIntegerField(default=0)
    failed_at = models.DateTimeField()
    free_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.failures} failures"


class PhoneCode(models.Model):
    """A one-time code for a phone. A row is written for unknown numbers too, so that nobody learns which are known."""

    phone_index = models.CharField(max_length=32)
    address_index = models.CharField(max_length=32)
    digest = models.CharField(max_length=64)
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["phone_index", "-sent_at"], name="accounts_code_phone"),
            models.Index(fields=["address_index", "-sent_at"], name="accounts_code_address"),
        ]

    def __str__(self) -> str:
        return f"code {self.pk}"


class RecoveryCode(models.Model):
    """One of ten codes that stand in for a lost authenticator, each once."""

    user = models.ForeignKey(User, models.CASCADE, related_name="recovery_codes")
    digest = models.CharField(max_length=64)
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "digest"], name="accounts_recovery_once")]

    def __str__(self) -> str:
        return f"recovery code {self.pk}"


class ApiToken(models.Model):
    """A key for programs: acts as its user, never beyond its scopes. Shown once, kept as a digest."""

    user = models.ForeignKey(User, models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=40)
    tail = models.CharField(max_length=4)
    digest = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField(default=list)
    began_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["user"], condition=Q(ended_at=None), name="accounts_token_open")]

    def __str__(self) -> str:
        return f"token {self.pk}"
