"""Who calls: a bearer token, its user's posts of today, and no more than its scopes. Cookies count for nothing here."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Schema
from ninja.security import HttpBearer

from guanjia.domain.accounts import actions, queries
from guanjia.domain.staff import queries as staff
from guanjia.kernel import clock


class Token(HttpBearer):
    """Sets `request.actor` and `request.at` from the token, or answers 401."""

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        at = clock.now()
        found = queries.token_of(token, at=at)
        if found is None:
            return None
        actor = staff.actor_for(found.user, at=at)
        if actor.member_id is None:
            return None
        actions.touch_token(found, at=at)
        request.actor, request.at = queries.narrowed(actor, found.scopes), at  # type: ignore[attr-defined]
        return found


class Refused(Schema):
    """An anticipated no: a code for the program, a sentence for the person."""

    code: str
    message: str
    field: str = ""


REFUSALS = {401: Refused, 403: Refused, 404: Refused, 422: Refused}
