"""Who a signed-in user is, and what the user has: sessions, devices, tokens."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import QuerySet

from guanjia.domain.accounts import ports, rules
from guanjia.domain.accounts.models import ApiToken, Device, RecoveryCode, Session, User
from guanjia.domain.trail import queries as trail
from guanjia.domain.trail.ports import Outcome
from guanjia.kernel.actor import Actor, Grant


def resident_for(user: User, *, at: datetime) -> Actor | None:
    """Return the actor that a resident is: the parties that the user is, no grants. None for who lives nowhere here."""
    party_ids = ports.residents().parties_of(user.pk, at=at)
    return Actor(user_id=user.pk, name=user.name, party_ids=party_ids) if party_ids else None


def session_table() -> type[Session]:
    """Return the table that Django's session machinery writes to; nobody else has use for it."""
    return Session


def user_by_pk(pk: int) -> User | None:
    """Return the user while the account is open."""
    return User.objects.filter(pk=pk, ended_at=None).first()


def names_of(user_ids: Iterable[int | None]) -> dict[int, str]:
    """Return the names of users by number, for logs and timelines, which keep numbers only."""
    return dict(User.objects.filter(pk__in={pk for pk in user_ids if pk is not None}).values_list("pk", "name"))


def sessions_of(user: User, *, at: datetime) -> QuerySet[Session]:
    """Return where the user is signed in now, the most recently used first."""
    return Session.objects.filter(user=user, expire_date__gt=at).order_by("-seen_at")


def devices_of(user: User) -> QuerySet[Device]:
    """Return the browsers that the user signed in with and did not remove."""
    return Device.objects.filter(user=user, ended_at=None).order_by("-seen_at")


def tokens_of(user: User) -> QuerySet[ApiToken]:
    """Return the user's keys for programs, the ended ones last."""
    return ApiToken.objects.filter(user=user).order_by("ended_at", "-began_at")


def recovery_codes_left(user: User) -> int:
    return RecoveryCode.objects.filter(user=user, used_at=None).count()


def second_factor_demanded(user: User, *, at: datetime) -> bool:
    """Tell whether one of the user's posts asks for a second factor."""
    return ports.employer().asks_second_factor(user.pk, at=at)


def token_of(secret: str, *, at: datetime) -> ApiToken | None:
    """Return the open token with this secret whose user is still in, None otherwise."""
    found = ApiToken.objects.filter(digest=rules.digest(secret), ended_at=None, expires_at__gt=at, user__ended_at=None)
    return found.select_related("user").first()


def narrowed(actor: Actor, scopes: Iterable[str]) -> Actor:
    """Return the actor with no more than these permissions, wherever the person holds them."""
    allowed = frozenset(scopes)
    grants = tuple(Grant(grant.permissions & allowed, grant.company_id, grant.estate_ids, grant.path) for grant in actor.grants)
    return Actor(user_id=actor.user_id, name=actor.name, company_id=actor.company_id, member_id=actor.member_id, grants=grants)


def address_for_app(user: User, *, issuer: str) -> str:
    """Return what the authenticator app reads from the QR code of a secret that is being enrolled."""
    return rules.totp_uri(user.totp_secret, login=user.login or user.name, issuer=issuer)


def actors() -> Outcome:
    """Look for entries of the trail whose actor is no user; users are disabled, never deleted."""
    ids = trail.actor_ids()
    lost = sorted(ids - set(User.objects.filter(pk__in=ids).values_list("pk", flat=True)))
    return Outcome(len(ids), len(lost), f"user {lost[0]} acted but does not exist" if lost else "")
