"""Posts, their reporting tree, and the permissions that one can be given."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db.models import Count, Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from guanjia.domain.staff.models import Member, Post, ReportingLine
from guanjia.domain.staff.permissions import POSTS, VIEW
from guanjia.domain.staff.queries.members import appointments_shown, members
from guanjia.domain.staff.rules import library
from guanjia.domain.staff.states import PostKind
from guanjia.kernel import permissions
from guanjia.kernel.actor import Actor

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True)
class PostNode:
    """One line of the reporting tree: the post, how deep it stands, how many hold it, its further superiors in words."""

    post: Post
    depth: int
    holders: int
    beside: str


def posts(actor: Actor) -> QuerySet[Post]:
    """Return the posts of the companies where the actor may look at members or set posts, by code."""
    if actor.everything:
        return Post.objects.order_by("company", "code")
    held = [grant for name in (VIEW, POSTS) for grant in actor.holding(name)]
    companies = {actor.company_id} if held else set()
    return Post.objects.filter(company_id__in=sorted(each for each in companies if each is not None)).order_by("company", "code")


def companies(actor: Actor) -> list[Any]:
    """Return the companies whose posts the actor may see."""
    model = Post._meta.get_field("company").related_model
    known = model._default_manager.all() if actor.everything else model._default_manager.filter(pk=actor.company_id)
    return list(known.order_by("pk"))


def tree(actor: Actor, *, on: date, kinds: tuple[str, ...] = (PostKind.POST, PostKind.UNIT)) -> Iterator[PostNode]:
    """Yield the posts below their first superiors, in the order of the documents; a post whose superior is not shown stands at the top.

    Clause: A-096, A-098, B-004, E-006.
    """
    holding = Q(appointments__began_on__lte=on) & (Q(appointments__ended_on=None) | Q(appointments__ended_on__gt=on))
    present = Q(appointments__member__left_on=None) | Q(appointments__member__left_on__gt=on)
    lines = ReportingLine.objects.select_related("to").order_by("rank")
    shown = list(
        posts(actor)
        .filter(kind__in=kinds)
        .annotate(holders=Count("appointments__member", filter=holding & present, distinct=True))
        .select_related("department")
        .prefetch_related(Prefetch("lines", lines))
        .order_by("company", "pk")
    )
    below: dict[int | None, list[Any]] = defaultdict(list)
    known = {post.pk for post in shown}
    for post in shown:
        below[post.reports_to_id if post.reports_to_id in known else None].append(post)
    stack = [(post, 0) for post in reversed(below[None])]
    while stack:
        post, depth = stack.pop()
        yield PostNode(post, depth, post.holders, _beside(post))
        stack += [(under, depth + 1) for under in reversed(below[post.pk])]


def permission_groups(post: Post | None = None) -> list[tuple[str, list[tuple[str, str, bool]]]]:
    """Return every permission as (app in words, [(name, label, held by the post)]), for a page of check boxes."""
    held = set(post.permissions) if post is not None else set()
    groups: dict[str, list[tuple[str, str, bool]]] = defaultdict(list)
    for name, label in sorted(permissions.every().items()):
        groups[name.partition(".")[0]].append((name, str(label), name in held))
    return [(str(apps.get_app_config(app).verbose_name), rows) for app, rows in groups.items()]


def library_sets() -> list[tuple[str, str]]:
    """Return the permission sets of the library as (code, label)."""
    return [(code, each.label) for code, each in library.permission_sets().items()]


def holders(actor: Actor, post: Post, *, on: date) -> QuerySet[Member]:
    """Return who holds the post on the day where the actor may look, by name."""
    held = post.appointments.filter(appointments_shown(actor), began_on__lte=on).filter(Q(ended_on=None) | Q(ended_on__gt=on))
    return members(actor, on=on).filter(pk__in=held.values("member_id"))


def _beside(post: Any) -> str:
    words = [
        _("%(to)s（%(how)s）") % {"to": line.to.name, "how": line.note or line.get_manner_display()}
        for line in post.lines.all()
        if line.to_id != post.reports_to_id
    ]
    return _("、").join(words)
