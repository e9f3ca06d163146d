"""What surrounds every page: the estate switch, the person, the clock. Asked for only when a layout shows it."""

from __future__ import annotations

from datetime import datetime
from functools import cached_property
from typing import Any

from django.contrib import messages
from django.http import HttpRequest

from guanjia.domain.estate import queries as estate_queries
from guanjia.domain.estate.permissions import VIEW
from guanjia.kernel import clock

SHOWN_ESTATES = 60


class Shell:
    """The frame of one request; a page that shows no frame asks nothing of the database."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    @property
    def actor(self) -> Any:
        return getattr(self.request, "actor", None)

    @property
    def now(self) -> datetime:
        return getattr(self.request, "at", None) or clock.now()

    @cached_property
    def estates(self) -> list[Any]:
        """The estates that the switch offers, by name."""
        return list(estate_queries.estates(self.actor, VIEW)[:SHOWN_ESTATES]) if self.actor else []

    @cached_property
    def estate(self) -> Any:
        """The estate that the person works in, or None; judged anew at every request."""
        kept = self.request.session.get("estate")
        chosen = next((estate for estate in self.estates if estate.pk == kept), None)
        if chosen is None and kept and len(self.estates) == SHOWN_ESTATES:
            chosen = estate_queries.estates(self.actor, VIEW).filter(pk=kept).first()
        return chosen or next(iter(self.estates), None)

    @cached_property
    def said(self) -> list[Any]:
        """What the last act wants to tell, once."""
        return list(messages.get_messages(self.request))


def context(request: HttpRequest) -> dict[str, Any]:
    """Give every template its shell."""
    return {"shell": Shell(request)}
