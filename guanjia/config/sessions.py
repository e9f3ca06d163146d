"""Django's database sessions on our own table, which knows the user and the device, and keeps only a digest of the key."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.utils import timezone

from guanjia.domain.accounts import queries
from guanjia.kernel import clock


def digest_of(session_key: str) -> str:
    """Return what the table knows of a key: the first 160 bits of its SHA-256."""
    return hashlib.sha256(session_key.encode()).hexdigest()[:40]


class SessionStore(DatabaseStore):
    """The cookie holds the key, the table its digest. `row` is the loaded row, None before the first save.

    `door`, `device`, `agent`, `address` and `began` of the session's data become columns.
    """

    row: Any = None

    @classmethod
    def get_model_class(cls) -> Any:
        return queries.session_table()

    def load(self) -> dict[str, Any]:
        self.row = self.model.objects.filter(session_key=digest_of(self.session_key or ""), expire_date__gt=timezone.now()).first()
        if self.row is None:
            self._session_key = None
            return {}
        return self.decode(self.row.session_data)  # type: ignore[no-any-return]

    def exists(self, session_key: str) -> bool:
        return self.model.objects.filter(session_key=digest_of(session_key)).exists()

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        now = clock.now()
        data.setdefault("began", now.isoformat())
        user_id = data.get("_auth_user_id")
        self.row = self.model(
            session_key=digest_of(self._get_or_create_session_key()),
            session_data=self.encode(data),
            expire_date=self.get_expiry_date(),
            user_id=int(user_id) if user_id else None,
            device_id=data.get("device"),
            door=data.get("door", ""),
            agent=data.get("agent", ""),
            address=data.get("address", ""),
            began_at=datetime.fromisoformat(data["began"]),
            seen_at=now,
        )
        return self.row

    def delete(self, session_key: str | None = None) -> None:
        key = session_key or self.session_key
        if key:
            self.model.objects.filter(session_key=digest_of(key)).delete()

    @classmethod
    def clear_expired(cls) -> None:
        queries.session_table().objects.filter(expire_date__lt=timezone.now()).delete()
