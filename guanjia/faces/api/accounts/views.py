"""Who the token is, and what it may do."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest
from ninja import Router, Schema

from guanjia.faces.api.door import REFUSALS

router = Router(tags=["accounts"])


class Me(Schema):
    user_id: int
    name: str
    permissions: list[str]
    token_expires_at: datetime


@router.get("/me", response={200: Me, **REFUSALS}, url_name="me", summary="Whose token this is, and what it may do")
def me(request: HttpRequest) -> Me:
    actor, token = request.actor, request.auth  # type: ignore[attr-defined]
    held = sorted({name for grant in actor.grants for name in grant.permissions})
    return Me(user_id=actor.user_id, name=actor.name, permissions=held, token_expires_at=token.expires_at)
