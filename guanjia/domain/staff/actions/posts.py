"""Posts and what they may do: the library loaded, posts added and changed."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from guanjia.domain.staff.events import LibraryLoaded, PostChanged
from guanjia.domain.staff.models import Department, Post, ReportingLine
from guanjia.domain.staff.permissions import POSTS
from guanjia.domain.staff.rules import library, reporting
from guanjia.domain.staff.rules.scopes import Scope
from guanjia.domain.staff.states import LineManner, PostKind
from guanjia.kernel import permissions as registry
from guanjia.kernel.actor import Actor
from guanjia.kernel.errors import Refusal
from guanjia.kernel.events import announce
from guanjia.kernel.states import revise

if TYPE_CHECKING:
    from guanjia.domain.estate.models import Company


class UnknownPermission(Refusal):
    code, field = "unknown_permission", "permissions"


class NotHeld(Refusal):
    """Nobody hands out what he does not hold himself over the same scope."""

    code = "not_held"


class HoldsNothing(Refusal):
    """Units and outside parties stand in reporting lines; they hold no permissions and nobody is appointed to them."""

    code, field = "holds_nothing", "post"


class ReportsInCircle(Refusal):
    code, field = "reports_in_circle", "reports_to"


class PostTaken(Refusal):
    code, field = "post_taken", "code"


@transaction.atomic
def load_library(company: Company, *, actor: Actor, at: datetime) -> tuple[int, int]:
    """Bring the posts of the library into the company, with departments, reporting lines and permission sets.

    Returns how many posts were added and how many changed. Safe to repeat: a post whose permissions somebody edited keeps
    them, and posts of the company's own stay.

    Clause: A-096, A-098, B-004, D-173, E-006. Raises NotAllowed.
    """
    actor.require(POSTS, Scope(company.pk))
    known = registry.every()
    departments = {
        name: Department.objects.get_or_create(company=company, code=name, defaults={"name": name})[0]
        for name in dict.fromkeys(draft.department for draft in library.posts() if draft.department)
    }
    present = {post.code: post for post in Post.objects.filter(company=company)}
    added = changed = 0
    for draft in library.posts():
        facts = {
            "name": draft.name,
            "name_en": draft.name_en,
            "kind": draft.kind,
            "department": departments.get(draft.department),
            "permissions": library.granted(draft.sets, known),
            "requires_totp": library.needs_totp(draft.sets),
        }
        post = present.get(draft.name)
        if post is None:
            present[draft.name] = Post.objects.create(company=company, code=draft.name, **facts)
            added += 1
        elif _refresh(post, facts):
            changed += 1
    _draw_lines(present)
    if added or changed:
        announce(LibraryLoaded(company.pk, added, changed), about=company, actor=actor, at=at)
    return added, changed


@transaction.atomic
def add_post(
    company: Company, *, code: str, name: str, permissions: Collection[str], requires_totp: bool, actor: Actor, at: datetime
) -> Post:
    """Add a post of the company's own. Raises NotAllowed, PostTaken, UnknownPermission, NotHeld."""
    where = Scope(company.pk)
    actor.require(POSTS, where)
    _vet(permissions, actor, where)
    if Post.objects.filter(company=company, code=code).exists():
        raise PostTaken(_("已有岗位「%(code)s」") % {"code": code})
    post = Post.objects.create(
        company=company, code=code, name=name, permissions=sorted(permissions), requires_totp=requires_totp, edited_at=at
    )
    announce(PostChanged(post.pk, ["created"]), about=post, actor=actor, at=at)
    return post


@transaction.atomic
def change_post(
    post: Post, *, permissions: Collection[str], requires_totp: bool, reports_to: Post | None, seen: int, actor: Actor, at: datetime
) -> None:
    """Set what a post may do, whether it demands a second factor, and its first superior.

    Whoever adds a permission must hold it over the whole company. `seen` is the version that the person decided on.

    Raises NotAllowed, UnknownPermission, NotHeld, HoldsNothing, ReportsInCircle, Stale.
    """
    where = Scope(post.company_id)
    actor.require(POSTS, where)
    if permissions and post.kind != PostKind.POST:
        raise HoldsNothing(_("「%(post)s」不是岗位，不能有权限") % {"post": post.name}, field="permissions")
    _vet(set(permissions) - set(post.permissions), actor, where)
    _no_circle(post, reports_to)
    facts: dict[str, Any] = {"permissions": sorted(permissions), "requires_totp": requires_totp, "reports_to": reports_to}
    fields = [name for name, value in facts.items() if getattr(post, name) != value]
    revise(post, seen=seen, edited_at=at, **facts)
    if "reports_to" in fields and reports_to is not None:
        ReportingLine.objects.get_or_create(post=post, to=reports_to, defaults={"manner": LineManner.STATED})
    announce(PostChanged(post.pk, fields), about=post, actor=actor, at=at)


def held_over(names: Collection[str], actor: Actor, where: Any) -> bool:
    """Tell whether the actor holds every one of the permissions over the scope."""
    return all(actor.may(name, where) for name in names)


def _vet(names: Collection[str], actor: Actor, where: Scope) -> None:
    unknown = sorted(set(names) - set(registry.every()))
    if unknown:
        raise UnknownPermission(_("没有这样的权限：%(names)s") % {"names": "、".join(unknown)})
    if not held_over(names, actor, where):
        raise NotHeld(_("您只能授出自己在全公司范围内拥有的权限"), field="permissions")


def _no_circle(post: Post, reports_to: Post | None) -> None:
    if reports_to is None:
        return
    first = dict(Post.objects.filter(company_id=post.company_id).exclude(reports_to=None).values_list("pk", "reports_to_id"))
    above: int | None = reports_to.pk
    while above is not None:
        if above == post.pk:
            raise ReportsInCircle(_("「%(post)s」已经在它的下级里，汇报关系不能绕成一圈") % {"post": reports_to.name})
        above = first.get(above)


def _refresh(post: Post, facts: dict[str, Any]) -> bool:
    """Take over what the library says now; what somebody edited by hand stays."""
    if post.edited_at is not None:
        facts = {name: value for name, value in facts.items() if name not in ("permissions", "requires_totp")}
    news = {name: value for name, value in facts.items() if getattr(post, name) != value}
    if news:
        revise(post, seen=post.version, **news)
    return bool(news)


def _draw_lines(present: dict[str, Post]) -> None:
    for draft in library.posts():
        post = present[draft.name]
        lines = [line for line in draft.lines if line.to in present and line.to != draft.name]
        for rank, line in enumerate(lines):
            ReportingLine.objects.update_or_create(
                post=post, to=present[line.to], defaults={"manner": line.manner, "note": line.note, "rank": rank}
            )
        above = _first_superior(lines)
        if above is not None and post.reports_to_id is None and post.edited_at is None:
            post.reports_to = present[above]
            Post.objects.filter(pk=post.pk).update(reports_to=present[above])


def _first_superior(lines: list[reporting.Line]) -> str | None:
    """Return who stands above in the tree; handing in records or being watched makes nobody a superior by itself."""
    ranked = [line for line in lines if line.manner not in (LineManner.OVERSIGHT, LineManner.CONTRACT)]
    return ranked[0].to if ranked else None
