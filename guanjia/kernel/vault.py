"""Sealing of personal data at rest: AES-GCM with versioned keys, and keyed blind indexes for exact search.

Keys come from `GUANJIA_KEYS` ("0:base64,1:base64,2:base64"), else from the file that settings name, made on first use with
mode 0600. The highest version seals; every version opens. Version 0 is the key of the blind indexes: it does not rotate with
the sealing keys, so that unique indexes stay unique. A backup never holds any of them: whoever restores brings them along.

A sealed text is `gj<version>.<base64 of nonce and ciphertext>`. The version and the column are authenticated with it: moved
to another column or relabelled with another version it does not open.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import os
import secrets
import stat
import tempfile
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

PREFIX = "gj"
INDEX_LENGTH = 32
KEY_BYTES = 32
NONCE_BYTES = 12
INDEX_VERSION = 0


class BadKeys(Exception):
    """The keys are unreadable, open to others, or not the ones an installation needs. Nothing is sealed or opened."""


class CannotOpen(Exception):
    """The text was sealed with a key that is not here, for another column, or was changed."""


@dataclass(frozen=True)
class Ring:
    """The keys of this installation: raw secrets by version, ciphers by version, the version that seals."""

    raw: dict[int, bytes]
    ciphers: dict[int, AESGCM]
    current: int

    def spelled(self) -> str:
        """Return the ring as the variable and the file hold it."""
        return ",".join(f"{version}:{base64.b64encode(self.raw[version]).decode()}" for version in sorted(self.raw))


def seal(text: str, *, context: str) -> str:
    """Seal a text for one column; `context` (such as "parties.Phone.number") is bound to it. The empty text stays empty."""
    if not text:
        return ""
    keys = ring()
    nonce = secrets.token_bytes(NONCE_BYTES)
    box = keys.ciphers[keys.current].encrypt(nonce, text.encode(), _bound(keys.current, context))
    return f"{PREFIX}{keys.current}.{base64.b64encode(nonce + box).decode()}"


def open_sealed(box: str, *, context: str) -> str:
    """Open a sealed text. Raises CannotOpen: never returns the ciphertext."""
    if not box:
        return ""
    version = version_of(box)
    cipher = ring().ciphers.get(version)
    if cipher is None:
        forget_keys()  # another process may have added the key since we read the file
        cipher = ring().ciphers.get(version)
    if cipher is None:
        raise CannotOpen(f"{context}: the key of version {version} is not here")
    try:
        raw = base64.b64decode(box.partition(".")[2], validate=True)
        return cipher.decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], _bound(version, context)).decode()
    except (ValueError, InvalidTag) as error:
        raise CannotOpen(f"{context}: another key, another column, or a changed text") from error


def version_of(box: str) -> int:
    """Return the version of the key that sealed the text. Raises CannotOpen for a text that carries no seal."""
    head, dot, _ = box.partition(".")
    number = head.removeprefix(PREFIX)
    if not dot or head == number or not number.isdecimal():
        raise CannotOpen("the text carries no seal")
    return int(number)


def blind(value: str, *, context: str) -> str:
    """Return the keyed index of a cleaned value: 32 hex digits, "" for nothing. Equal values of one context are equal."""
    if not value:
        return ""
    return hmac.new(ring().raw[INDEX_VERSION], f"{context}\x00{value}".encode(), hashlib.sha256).hexdigest()[:INDEX_LENGTH]


def current_version() -> int:
    """Return the version that seals now."""
    return ring().current


@lru_cache(maxsize=1)
def ring() -> Ring:
    """Return the keys, read once per process until `forget_keys`. Raises BadKeys."""
    if settings.GUANJIA_KEYS:
        return _parse(settings.GUANJIA_KEYS)
    path = Path(settings.GUANJIA_KEY_FILE)
    if not path.exists():
        _make(path)
    if stat.S_IMODE(path.stat().st_mode) & 0o077:
        raise BadKeys(f"{path} may be read by others: chmod 600 it")
    return _parse(path.read_text())


def forget_keys() -> None:
    """Read the keys anew at the next use."""
    ring.cache_clear()


def add_key() -> int:
    """Put a new sealing key into the key file and return its version.

    Raises BadKeys when the keys come from the environment: whoever set them there adds the next version there.
    """
    _must_be_a_file()
    keys = ring()
    version = max(keys.raw) + 1
    raw = {**keys.raw, version: secrets.token_bytes(KEY_BYTES)}
    _replace(Path(settings.GUANJIA_KEY_FILE), Ring(raw, {}, version).spelled())
    return version


def drop_key(version: int) -> None:
    """Take a sealing key out of the key file. The caller has made sure that no row needs it any more. Raises BadKeys."""
    _must_be_a_file()
    keys = ring()
    if version == keys.current or version not in keys.ciphers:
        raise BadKeys(f"version {version} is the one in use, or no sealing key of this installation")
    raw = {number: key for number, key in keys.raw.items() if number != version}
    _replace(Path(settings.GUANJIA_KEY_FILE), Ring(raw, {}, keys.current).spelled())


def _bound(version: int, context: str) -> bytes:
    return f"{PREFIX}{version}\x00{context}".encode()


def _parse(text: str) -> Ring:
    raw: dict[int, bytes] = {}
    for item in text.replace("\n", ",").split(","):
        if not item.strip():
            continue
        version, colon, value = item.strip().partition(":")
        if not colon or not version.isdecimal() or int(version) in raw:
            raise BadKeys("keys are written as 0:base64,1:base64, each version once")
        try:
            key = base64.b64decode(value, validate=True)
        except binascii.Error:
            raise BadKeys(f"the key of version {version} is not base64") from None
        if len(key) != KEY_BYTES:
            raise BadKeys(f"the key of version {version} has {len(key)} bytes, not {KEY_BYTES}")
        raw[int(version)] = key
    ciphers = {version: AESGCM(key) for version, key in raw.items() if version != INDEX_VERSION}
    if not ciphers or INDEX_VERSION not in raw:
        raise BadKeys("keys need version 0 (blind index) and at least one sealing version")
    if len(set(raw.values())) != len(raw):
        raise BadKeys("two versions share one key")
    return Ring(raw, ciphers, max(ciphers))


def _must_be_a_file() -> None:
    if settings.GUANJIA_KEYS:
        raise BadKeys("the keys come from GUANJIA_KEYS: change them there")


def _make(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    raw = {version: secrets.token_bytes(KEY_BYTES) for version in (INDEX_VERSION, 1)}
    draft = _draft(path, Ring(raw, {}, 1).spelled())
    try:
        os.link(draft, path)  # a race of two processes: the first one wins, both read its keys
    except FileExistsError:
        pass
    finally:
        draft.unlink()


def _replace(path: Path, text: str) -> None:
    _draft(path, text).replace(path)
    forget_keys()


def _draft(path: Path, text: str) -> Path:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")  # mkstemp makes it 0600
    with os.fdopen(handle, "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    return Path(name)
