"""Reasoning about secrets: which password will do, how long to wait after failures, which code is right. Pure.

Nothing here reads a table or the clock; random bytes come from `secrets`.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import hmac
import re
import secrets
import unicodedata
from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import cache
from importlib import resources
from itertools import pairwise
from urllib.parse import quote

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from django.utils.translation import gettext as _

from guanjia.kernel.errors import Refusal

STAFF_PASSWORD_LENGTH = 12
FREE_FAILURES_OF_ACCOUNT = 5  # wrong passwords before the first wait
FREE_FAILURES_OF_ADDRESS = 20  # an office shares one address
LONGEST_WAIT = timedelta(minutes=15)
FORGET_FAILURES_AFTER = timedelta(hours=24)

STAFF_IDLE, STAFF_ABSOLUTE = timedelta(minutes=30), timedelta(hours=12)
RESIDENT_IDLE, RESIDENT_ABSOLUTE = timedelta(days=30), timedelta(days=90)
SECOND_STEP_LIFE = timedelta(minutes=5)  # from the right password to the second factor

CODE_DIGITS, CODE_TRIES, CODE_LIFE = 6, 5, timedelta(minutes=5)
CODE_LIMITS_OF_PHONE = ((timedelta(seconds=60), 1), (timedelta(hours=1), 5), (timedelta(days=1), 10))
CODE_LIMITS_OF_ADDRESS = ((timedelta(hours=1), 30), (timedelta(days=1), 100))

TOTP_STEP_SECONDS, TOTP_WINDOW = 30, 1  # one step either way for a slow clock
RECOVERY_CODES = 10
_RECOVERY_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"  # nothing that looks like another

_TRADE_WORDS = (
    "guanjia",
    "wuye",
    "property",
    "admin",
    "password",
    "管家",
    "物业",
    "密码",
    "woaini",
    "qwerty",
    "asdf",
    "abc",
    "root",
    "test",
    "user",
)


class WeakPassword(Refusal):
    code, field = "weak_password", "new_password"


# --- passwords -------------------------------------------------------------------------------------------------------
def require_strong(password: str, *, context: Iterable[str], least: int = STAFF_PASSWORD_LENGTH) -> None:
    """Raise `WeakPassword` unless the password is long enough, not widely used, and not made of what everybody here knows.

    `context` holds the login, the person's name, the company's and the estates' names. No rule asks for digits or signs:
    length beats mixture.
    """
    if len(password) < least:
        raise WeakPassword(_("密码至少要 %(least)d 位") % {"least": least})
    if len(password) > 256:
        raise WeakPassword(_("密码最多 256 位"))
    bare = _bare(password)
    if bare in _common_passwords():
        raise WeakPassword(_("这个密码太常见，别人容易猜到。请换一个"))
    if len(set(bare)) < 5 or _is_run(bare):
        raise WeakPassword(_("密码不能是重复或连续的字符。请换一个"))
    rest = bare
    for word in sorted({_bare(word) for word in (*context, *_TRADE_WORDS)}, key=len, reverse=True):
        if len(word) >= 2:
            rest = rest.replace(word, "")
    if len(rest) < least // 2 or _is_run(rest):
        raise WeakPassword(_("密码里主要是姓名、账号、小区名或常见的词，别人容易猜到。请换一个"))


@cache
def _common_passwords() -> frozenset[str]:
    packed = resources.files("django.contrib.auth").joinpath("common-passwords.txt.gz").read_bytes()
    return frozenset(_bare(line) for line in gzip.decompress(packed).decode().splitlines())


def _bare(text: str) -> str:
    return re.sub(r"[\W_]+", "", text.lower())


def _is_run(text: str) -> bool:
    """Whether every character follows, precedes or equals the one before it (123456789012, aaaabbbbcccc, zyxwvu…)."""
    steps = [ord(b) - ord(a) for a, b in pairwise(text)]
    return all(step in {-1, 0, 1, -9, 9} for step in steps)


# --- waiting after failures ------------------------------------------------------------------------------------------
def wait_after(failures: int, *, free: int) -> timedelta:
    """Return how long the next try must wait: nothing up to `free` failures, then 1, 2, 4 … seconds, at most 15 minutes.

    It only grows and always ends: nobody can lock another out for good.
    """
    if failures < free:
        return timedelta(0)
    return min(timedelta(seconds=2 ** min(failures - free, 12)), LONGEST_WAIT)


# --- one-time codes by message ---------------------------------------------------------------------------------------
def new_code() -> str:
    """Return six random digits."""
    return f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}d}"


def next_allowed(sent: Iterable[datetime], limits: tuple[tuple[timedelta, int], ...], at: datetime) -> datetime:
    """Return the earliest moment at which another code may be sent, `at` itself if now; `sent` are past sendings."""
    moments = sorted(sent, reverse=True)
    earliest = at
    for window, most in limits:
        inside = [moment for moment in moments if moment > at - window]
        if len(inside) >= most:
            earliest = max(earliest, inside[most - 1] + window)
    return earliest


# --- digests of random secrets ---------------------------------------------------------------------------------------
def new_token() -> str:
    """Return 256 random bits for a cookie or an API token."""
    return secrets.token_urlsafe(32)


def digest(secret: str, *, key: str = "") -> str:
    """Return the SHA-256 of a *random* secret, keyed if it is short: never for passwords."""
    return hmac.new(key.encode(), secret.encode(), hashlib.sha256).hexdigest()


def same(left: str, right: str) -> bool:
    """Compare in constant time."""
    return hmac.compare_digest(left.encode(), right.encode())


# --- second factor ---------------------------------------------------------------------------------------------------
def new_totp_secret() -> str:
    """Return a fresh secret as the base32 text that authenticator apps read."""
    return base64.b32encode(secrets.token_bytes(20)).decode()


def totp_step(secret: str, said: str, at: datetime) -> int | None:
    """Return the time step whose code was said, None if none within the window; the caller keeps a step from being used twice."""
    said = re.sub(r"\s", "", said)
    if not (said.isascii() and said.isdigit() and len(said) == 6):
        return None
    totp = TOTP(base64.b32decode(secret), 6, SHA1(), TOTP_STEP_SECONDS)  # RFC 6238; the apps know only SHA-1
    now = int(at.timestamp()) // TOTP_STEP_SECONDS
    found = None
    for step in range(now - TOTP_WINDOW, now + TOTP_WINDOW + 1):
        if same(totp.generate(step * TOTP_STEP_SECONDS).decode(), said):
            found = step
    return found


def totp_uri(secret: str, *, login: str, issuer: str) -> str:
    """Return the address that an authenticator app reads from the QR code."""
    return f"otpauth://totp/{quote(issuer)}:{quote(login)}?secret={secret}&issuer={quote(issuer)}&algorithm=SHA1&digits=6&period=30"


def new_recovery_codes() -> list[str]:
    """Return ten codes of about 49 bits, written in two groups of five."""
    letters = [["".join(secrets.choice(_RECOVERY_ALPHABET) for _i in range(5)) for _g in range(2)] for _c in range(RECOVERY_CODES)]
    return ["-".join(groups) for groups in letters]


def bare_recovery_code(said: str) -> str:
    """Return the code as it was hashed: lower case, without spaces and signs."""
    return re.sub(r"[^0-9a-z]", "", said.lower())


# --- phones ----------------------------------------------------------------------------------------------------------
class BadPhone(Refusal):
    code, field = "bad_phone", "phone"


def mobile(said: str) -> str:
    """Return the eleven digits of a mainland mobile number, however it was typed. Raises BadPhone."""
    digits = re.sub(r"[\s\-()（）—－]", "", unicodedata.normalize("NFKC", said))
    digits = re.sub(r"^(\+?86|0086)(?=1\d{10}$)", "", digits)
    if not re.fullmatch(r"1[3-9]\d{9}", digits, re.ASCII):
        raise BadPhone(_("手机号应为 11 位数字"))
    return digits


def normal_login(said: str) -> str:
    """Return a login as it is kept: without surrounding spaces, full-width letters made narrow, lower case."""
    return unicodedata.normalize("NFKC", said).strip().casefold()[:60]


# --- browsers --------------------------------------------------------------------------------------------------------
_BROWSERS = (
    ("MicroMessenger", "微信"), ("wxwork", "企业微信"), ("DingTalk", "钉钉"), ("Edg", "Edge"), ("HuaweiBrowser", "华为浏览器"),
    ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("CriOS", "Chrome"), ("Safari", "Safari"),
)  # fmt: skip
_SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("HarmonyOS", "鸿蒙"),
    ("Android", "安卓"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("Linux", "Linux"),
)


def agent_words(agent: str) -> str:
    """Return what a browser calls itself in two words that its owner recognises, "" when nothing is recognised."""
    found = [next((word for mark, word in table if mark in agent), "") for table in (_BROWSERS, _SYSTEMS)]
    return " · ".join(word for word in found if word)
