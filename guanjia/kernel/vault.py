"""Sealing of personal data at rest: AES-GCM with versioned keys, and keyed blind indexes for exact search.

Keys come from `GUANJIA_KEYS` ("1:base64,2:base64"), else from the file that settings name, made on first use with
mode 0600. The highest version seals; every version opens. The blind index key never rotates with the sealing keys.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import secrets
from functools import lru_cache
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

PREFIX = "gj"


class CannotOpen(Exception):
    """The text was sealed with a key that is not here, or was changed."""


@lru_cache(maxsize=1)
def _keys() -> tuple[dict[int, AESGCM], int, bytes]:
    text = settings.GUANJIA_KEYS or _keys_from_file(Path(settings.GUANJIA_KEY_FILE))
    raw = {int(version): base64.b64decode(value) for version, value in (item.split(":", 1) for item in text.split(",") if item)}
    sealing = {version: AESGCM(key) for version, key in raw.items() if version > 0}
    if not sealing or 0 not in raw:
        raise ValueError("keys need version 0 (blind index) and at least one sealing version")
    return sealing, max(sealing), raw[0]


def _keys_from_file(path: Path) -> str:
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        text = ",".join(f"{version}:{base64.b64encode(secrets.token_bytes(32)).decode()}" for version in (0, 1))
        draft = path.with_name(f"{path.name}.{os.getpid()}")
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(draft, path)  # a race of two processes: the first one wins, both read its keys
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text().strip()


def forget_keys() -> None:
    """Read the keys anew at the next use."""
    _keys.cache_clear()


def seal(text: str, *, context: str) -> str:
    """Seal a text for one column; `context` (such as "parties.Phone.number") is bound to it."""
    if not text:
        return ""
    sealing, version, _ = _keys()
    nonce = secrets.token_bytes(12)
    box = sealing[version].encrypt(nonce, text.encode(), context.encode())
    return f"{PREFIX}{version}.{base64.b64encode(nonce + box).decode()}"


def open_sealed(box: str, *, context: str) -> str:
    """Open a sealed text. Raises CannotOpen: never returns the ciphertext."""
    if not box:
        return ""
    sealing, _, _ = _keys()
    head, _, body = box.partition(".")
    try:
        raw = base64.b64decode(body, validate=True)
        return sealing[int(head.removeprefix(PREFIX))].decrypt(raw[:12], raw[12:], context.encode()).decode()
    except (KeyError, ValueError, InvalidTag) as error:
        raise CannotOpen(context) from error


def blind(value: str, *, context: str) -> str:
    """Return the keyed index of a normalised value: 32 hex digits, "" for nothing. Equal values of one context are equal."""
    if not value:
        return ""
    _, _, key = _keys()
    return hmac.new(key, f"{context}\x00{value}".encode(), hashlib.sha256).hexdigest()[:32]
