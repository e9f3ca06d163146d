"""Set-based entering of members, their posts at one estate and their certificates, for imports.

Members are found by their number in the company. The caller holds the transaction and has required the permission to
import; whether the actor may give a post over the estate is judged here, as `appoint` does.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from guanjia.domain.staff.actions.posts import NotHeld, held_over
from guanjia.domain.staff.models import Appointment, Certificate, Department, Member, Post
from guanjia.domain.staff.permissions import EDIT
from guanjia.domain.staff.queries.members import PHONE
from guanjia.domain.staff.rules.scopes import Scope
from guanjia.domain.staff.states import PostKind
from guanjia.kernel import bulk, names, vault
from guanjia.kernel.actor import Actor
from guanjia.kernel.errors import Refusal

if TYPE_CHECKING:
    from guanjia.domain.estate.models import Estate

bulk.register(Appointment, Certificate, Department, Member)


class NoSuchPost(Refusal):
    """The company has no post of that name, or it is a unit that holds no permissions."""

    code, field = "no_such_post", "post"


class OtherMember(Refusal):
    """The number belongs to somebody of another name."""

    code, field = "other_member", "name"


class Crew:
    """The members of a company in memory, and what an import wants of them at one estate."""

    def __init__(self, estate: Estate, actor: Actor) -> None:
        self.estate = estate
        self.actor = actor
        self.scope = Scope(estate.company_id, estate.pk)
        company = estate.company_id
        self.posts = {post.name: post for post in Post.objects.filter(company_id=company)}
        self.posts.update({post.code: post for post in self.posts.values()})
        self.departments = dict(Department.objects.filter(company_id=company).values_list("name", "pk"))
        columns = ("number", "pk", "name", "phone_index", "hired_on", "left_on")
        rows = Member.objects.filter(company_id=company).values_list(*columns)
        self.known: dict[str, dict[str, Any]] = {row[0]: dict(zip(columns, row, strict=True)) for row in rows}
        held = Appointment.objects.filter(member__company_id=company, estate_id=estate.pk, place=None, ended_on=None)
        self.held = set(held.values_list("member_id", "post_id"))
        self.certificates = set(Certificate.objects.filter(member__company_id=company).values_list("member_id", "kind", "number"))
        self.new: dict[str, dict[str, Any]] = {}
        self.new_departments: dict[str, int | None] = {}
        self.appointments: dict[tuple[str, int], tuple[date, date | None]] = {}
        self.new_certificates: dict[tuple[str, str, str], tuple[date | None, date | None]] = {}
        self.changes: list[tuple[int, str, Any, Any]] = []
        self.unchanged = 0

    def want(
        self,
        *,
        number: str,
        name: str,
        post: str,
        department: str | None = None,
        phone: str = "",
        hired_on: date,
        left_on: date | None = None,
        certificate: tuple[str, str, date | None, date | None] | None = None,
    ) -> None:
        """Enter a member with a post at the estate, or complete the known one. Raises NoSuchPost, NotHeld, OtherMember, NotAllowed."""
        self.actor.require(EDIT, self.scope)
        found = self.posts.get(post)
        if found is None or found.kind != PostKind.POST:
            raise NoSuchPost(_("没有“%(post)s”这个岗位，请先在“人员与岗位”里建立") % {"post": post})
        if not held_over(found.permissions, self.actor, self.scope):
            raise NotHeld(_("您只能任命权限不超过自己的岗位"), field="post")
        if department and department not in self.departments:
            self.new_departments.setdefault(department, None)
        before = len(self.changes) + len(self.appointments) + len(self.new_certificates)
        known = self.known.get(number) or self.new.get(number)
        if known is None:
            self.new[number] = {"number": number, "pk": None, "name": name, "phone": phone, "hired_on": hired_on, "left_on": left_on}
        elif known["name"] != name:
            raise OtherMember(_("工号 %(number)s 已登记为另一个姓名，请核对") % {"number": number})
        elif known["pk"] is not None:
            self._complete(known, phone, hired_on, left_on)
        member = known["pk"] if known else None
        if left_on is None and (member, found.pk) not in self.held:
            self.appointments.setdefault((number, found.pk), (hired_on, left_on))
        if certificate is not None and (member, *certificate[:2]) not in self.certificates:
            self.new_certificates.setdefault((number, *certificate[:2]), certificate[2:])
        if known is not None and before == len(self.changes) + len(self.appointments) + len(self.new_certificates):
            self.unchanged += 1

    def _complete(self, known: dict[str, Any], phone: str, hired_on: date, left_on: date | None) -> None:
        if phone and vault.blind(phone, context=PHONE) != known["phone_index"]:
            self.changes.append((known["pk"], "phone_index", known["phone_index"], phone))
            known["phone_index"] = vault.blind(phone, context=PHONE)
        for column, value in (("hired_on", hired_on), ("left_on", left_on)):
            if value is not None and value != known[column]:
                self.changes.append((known["pk"], column, known[column], value))
                known[column] = value

    def counts(self) -> dict[str, int]:
        """Return how many rows would be entered and changed."""
        return {
            "members": len(self.new),
            "appointments": len(self.appointments),
            "certificates": len(self.new_certificates),
            "changed": len({pk for pk, *_rest in self.changes}),
        }

    def write(self, *, on: date) -> bulk.Footprint:
        """Enter what is new, complete what is known."""
        del on
        footprint = bulk.Footprint()
        company = self.estate.company_id
        ids = bulk.take_ids(Department, len(self.new_departments))
        rows: list[tuple[Any, ...]] = [(pk, company, name[:30], name) for pk, name in zip(ids, self.new_departments, strict=True)]
        bulk.insert(Department, ("id", "company_id", "code", "name"), rows)
        footprint.note(Department, ids)
        for member, pk in zip(self.new.values(), bulk.take_ids(Member, len(self.new)), strict=True):
            member["pk"] = pk
        fields = ("id", "company_id", "number", "name", "initials", "sort_key", "phone", "phone_index", "hired_on", "left_on", "version")
        bulk.insert(Member, fields, [self._row(member, company) for member in self.new.values()])
        footprint.note(Member, [member["pk"] for member in self.new.values()])
        self._write_changes(footprint)
        ids = bulk.take_ids(Appointment, len(self.appointments))
        rows = [
            (pk, self._id(number), post, self.estate.pk, bulk.day(began_on), bulk.day(ended_on))
            for pk, ((number, post), (began_on, ended_on)) in zip(ids, self.appointments.items(), strict=True)
        ]
        bulk.insert(Appointment, ("id", "member_id", "post_id", "estate_id", "began_on", "ended_on"), rows)
        footprint.note(Appointment, ids)
        ids = bulk.take_ids(Certificate, len(self.new_certificates))
        rows = [
            (pk, self._id(number), kind, serial, bulk.day(issued_on), bulk.day(expires_on))
            for pk, ((number, kind, serial), (issued_on, expires_on)) in zip(ids, self.new_certificates.items(), strict=True)
        ]
        bulk.insert(Certificate, ("id", "member_id", "kind", "number", "issued_on", "expires_on"), rows)
        footprint.note(Certificate, ids)
        return footprint

    def _id(self, number: str) -> int:
        return int((self.known.get(number) or self.new[number])["pk"])

    def _row(self, member: dict[str, Any], company: int) -> tuple[Any, ...]:
        phone = member["phone"]
        sealed = vault.seal(phone, context="staff.Member.phone")
        return (
            *(member["pk"], company, member["number"], member["name"], names.initials(member["name"]), names.sort_key(member["name"])),
            *(sealed, vault.blind(phone, context=PHONE), bulk.day(member["hired_on"]), bulk.day(member["left_on"]), 1),
        )

    def _write_changes(self, footprint: bulk.Footprint) -> None:
        for pk, column, before, after in self.changes:
            if column == "phone_index":
                old = Member.objects.filter(pk=pk).values_list("phone", flat=True).get()
                sealed, index = vault.seal(after, context="staff.Member.phone"), vault.blind(after, context=PHONE)
                bulk.update(Member, ["phone", "phone_index"], [(sealed, index, pk)])
                footprint.changed.append(bulk.Change("staff.Member", pk, "phone", vault.seal(old, context="staff.Member.phone"), sealed))
                footprint.changed.append(bulk.Change("staff.Member", pk, "phone_index", before, index))
                continue
            bulk.update(Member, [column], [(bulk.day(after), pk)])
            stored = before.isoformat() if before is not None else None
            footprint.changed.append(bulk.Change("staff.Member", pk, column, stored, after.isoformat()))
