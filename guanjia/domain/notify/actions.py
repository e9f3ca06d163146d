"""Telling people, and delivering what was told."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from guanjia.domain.notify import events, ports
from guanjia.domain.notify.models import Delivery, Message, Pulse, Template
from guanjia.domain.notify.permissions import EDIT
from guanjia.domain.notify.rules import MissingValue, fill, may_go_at, next_try
from guanjia.domain.notify.states import Channel, State, Urgency
from guanjia.kernel.actor import Actor
from guanjia.kernel.errors import Refusal
from guanjia.kernel.events import announce
from guanjia.kernel.states import revise

if TYPE_CHECKING:
    from guanjia.domain.accounts.models import User
    from guanjia.domain.estate.models import Estate

LEASE = timedelta(seconds=60)
QUIET_FROM, QUIET_TO = 21 * 60, 8 * 60


class BadTemplate(Refusal):
    """The wording asks for a value that the message does not carry."""

    code, field = "bad_template", "body"


@transaction.atomic
def tell(
    user: User,
    *,
    estate: Estate,
    template: str,
    wording: tuple[str, str],
    values: Mapping[str, object],
    effect: str,
    about: Any = None,
    url: str = "",
    urgency: str = Urgency.ROUTINE,
    channels: Mapping[str, str] | None = None,
    at: datetime,
) -> Message | None:
    """Write a message to a user in the caller's transaction; `channels` maps channels beside the inbox to addresses.

    `wording` is (title, body) of the library, replaced by the estate's own template. `effect` names what is told once in the
    estate ("workorders.Dispatched:17:wang"): a second call with it tells nothing and returns None.
    Routine messages beside the inbox wait for the end of the quiet hours (21:00 to 08:00).

    Raises BadTemplate.
    """
    own = Template.objects.filter(estate=estate, code=template).values_list("title", "body").first()
    title, body = (own or wording)[0], (own or wording)[1]
    try:
        title, body = fill(title, values), fill(body, values)
    except MissingValue as missing:
        raise BadTemplate(_("模板里的 {%(name)s} 没有对应的内容") % {"name": missing.args[0]}) from missing
    facts = {
        "user": user,
        "template": template,
        "title": title[:80],
        "body": body,
        "url": url,
        "urgency": urgency,
        "about_type": about._meta.label if about is not None else "",
        "about_id": about.pk if about is not None else None,
        "made_at": at,
    }
    message, made = Message.objects.get_or_create(estate=estate, effect=effect, defaults=facts)
    if not made:
        return None
    due_at = may_go_at(at, urgent=urgency == Urgency.URGENT, quiet_from=QUIET_FROM, quiet_to=QUIET_TO)
    Delivery.objects.bulk_create(
        Delivery(estate=estate, message=message, channel=channel, address=address, due_at=due_at)
        for channel, address in (channels or {}).items()
        if channel != Channel.INBOX and address
    )
    return message


@transaction.atomic
def read(message: Message, *, actor: Actor, at: datetime) -> None:
    """Mark one's own message as read; reading it again changes nothing. Raises Refusal for somebody else's."""
    if message.user_id != actor.user_id:
        raise Refusal(_("只能标记自己的消息"))
    Message.objects.filter(pk=message.pk, read_at=None).update(read_at=at)


@transaction.atomic
def word(estate: Estate, *, code: str, title: str, body: str, seen: int, known: frozenset[str], actor: Actor, at: datetime) -> Template:
    """Set the estate's own wording of a message; `known` are the values that it may use. Raises NotAllowed, BadTemplate, Stale."""
    actor.require(EDIT, estate)
    try:
        fill(title, dict.fromkeys(known, "")), fill(body, dict.fromkeys(known, ""))
    except MissingValue as missing:
        raise BadTemplate(
            _("没有 {%(name)s} 这个内容，可用：%(known)s") % {"name": missing.args[0], "known": "、".join(sorted(known))}
        ) from missing
    template, made = Template.objects.get_or_create(estate=estate, code=code, defaults={"title": title, "body": body})
    if not made:
        revise(template, seen=seen, title=title, body=body)
    return template


def deliver(*, at: datetime, limit: int = 50) -> int:
    """Send what is due, at least once each; return how many were sent. Called by the worker, never inside a transaction.

    A delivery is leased by a guarded update before it is sent and marked after: a worker killed in between leaves a lease
    that runs out, and the message goes again.
    """
    sent = 0
    for delivery in _claim(at, limit):
        carrier = ports.carriers()[delivery.channel]
        try:
            carrier(
                delivery.address,
                title=delivery.message.title,
                body=delivery.message.body,
                key=f"{delivery.estate_id}-{delivery.pk}",
            )
        except ports.Undeliverable as trouble:
            _settle(delivery, at, trouble=str(trouble), final=True)
        except Exception as trouble:
            _settle(delivery, at, trouble=f"{type(trouble).__name__}: {trouble}", final=False)
        else:
            _settle(delivery, at)
            sent += 1
    return sent


def _claim(at: datetime, limit: int) -> list[Delivery]:
    lease = uuid.uuid4()
    free = Delivery.objects.filter(state=State.WAITING, due_at__lte=at, channel__in=list(ports.carriers()))
    wanted = free.exclude(leased_until__gt=at).order_by("due_at").values_list("pk", flat=True)[:limit]
    mine = Delivery.objects.filter(pk__in=list(wanted), state=State.WAITING).exclude(leased_until__gt=at)
    mine.update(lease=lease, leased_until=at + LEASE)
    return list(Delivery.objects.filter(lease=lease, state=State.WAITING).select_related("message").order_by("due_at", "pk"))


@transaction.atomic
def _settle(delivery: Delivery, at: datetime, *, trouble: str = "", final: bool = False) -> None:
    attempts = delivery.attempts + 1
    facts: dict[str, Any] = {"attempts": attempts, "trouble": trouble[:200], "lease": None, "leased_until": None}
    again = None if final or not trouble else next_try(attempts, at)
    if not trouble:
        facts |= {"state": State.SENT, "done_at": at}
    elif again is None:
        facts |= {"state": State.GIVEN_UP, "done_at": at}
    else:
        facts |= {"due_at": again}
    # a lease that ran out belongs to another worker now: its outcome counts
    if not Delivery.objects.filter(pk=delivery.pk, lease=delivery.lease).update(**facts):
        return
    if trouble and again is None:
        announce(
            events.GivenUp(delivery.pk, delivery.message_id, delivery.channel),
            about=delivery.message,
            actor=Actor.system("notify"),
            at=at,
        )


def beat(name: str, *, seconds: int, at: datetime) -> None:
    """Give a sign of life that must come again within `seconds`."""
    Pulse.objects.update_or_create(name=name, defaults={"beat_at": at, "seconds": seconds})
