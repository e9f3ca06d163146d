"""Members, posts and how far they reach."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from guanjia.domain.staff.states import CertificateKind, LineManner, PostKind
from guanjia.kernel.fields import Sealed


class Department(models.Model):
    """A department of the company (客户服务部, 工程部 …)."""

    company = models.ForeignKey("estate.Company", models.PROTECT, related_name="departments")
    code = models.CharField(max_length=30)
    name = models.CharField(max_length=40)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["company", "code"], name="staff_department_code")]

    def __str__(self) -> str:
        return self.name


class Post(models.Model):
    """A post or role of the company: what it may do, and whom it reports to first (`lines` names all).

    The library also names units (工程部) and outside parties (业主): they stand in reporting lines and in clauses, and hold no
    permissions. `edited_at` is set once somebody changed the permissions by hand; the library leaves them alone then.
    """

    company = models.ForeignKey("estate.Company", models.PROTECT, related_name="posts")
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=60)
    name_en = models.CharField(max_length=120, blank=True)
    kind = models.CharField(max_length=8, choices=PostKind, default=PostKind.POST)
    department = models.ForeignKey(Department, models.PROTECT, null=True, related_name="posts")
    reports_to = models.ForeignKey("self", models.PROTECT, null=True, related_name="reports")
    permissions = models.JSONField(default=list)
    requires_totp = models.BooleanField(default=False)
    edited_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["company", "code"], name="staff_post_code")]

    def __str__(self) -> str:
        return self.name


class ReportingLine(models.Model):
    """One superior of a post and how the source says so; `rank` 0 is the first."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="lines")
    to = models.ForeignKey(Post, models.CASCADE, related_name="lines_from_below")
    manner = models.CharField(max_length=10, choices=LineManner)
    note = models.CharField(max_length=40, blank=True)
    rank = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["post", "to"], name="staff_line_once"),
            models.CheckConstraint(condition=~Q(post=F("to")), name="staff_line_two"),
        ]

    def __str__(self) -> str:
        return f"{self.post_id} to {self.to_id}"


class Member(models.Model):
    """Somebody who works for the company; may have a user to sign in with."""

    company = models.ForeignKey("estate.Company", models.PROTECT, related_name="members")
    user = models.OneToOneField("accounts.User", models.PROTECT, null=True, related_name="member")
    number = models.CharField(max_length=20)
    name = models.CharField(max_length=40)
    initials = models.CharField(max_length=320, blank=True)
    sort_key = models.CharField(max_length=128, blank=True)
    sex = models.CharField(max_length=1, blank=True)
    born_on = models.DateField(null=True)
    phone = Sealed(blank=True, default="")
    phone_index = models.CharField(max_length=32, blank=True)
    hired_on = models.DateField(null=True)
    left_on = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["company", "number"], name="staff_member_number")]

    def __str__(self) -> str:
        return self.name


class Appointment(models.Model):
    """A member holds a post over a scope: the company when nothing is named, else a branch, an estate, or a place subtree."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="appointments")
    post = models.ForeignKey(Post, models.PROTECT, related_name="appointments")
    branch = models.ForeignKey("estate.Branch", models.PROTECT, null=True, related_name="+")
    estate = models.ForeignKey("estate.Estate", models.PROTECT, null=True, related_name="+")
    place = models.ForeignKey("estate.Place", models.PROTECT, null=True, related_name="+")
    began_on = models.DateField()
    ended_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ended_on=None) | Q(ended_on__gte=F("began_on")), name="staff_appointment_days"),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} {self.post_id}"


class Certificate(models.Model):
    """A licence of a member; its expiry blocks what needs it. None `expires_on` means that it does not expire."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="certificates")
    kind = models.CharField(max_length=20, choices=CertificateKind)
    number = models.CharField(max_length=60)
    issuer = models.CharField(max_length=60, blank=True)
    issued_on = models.DateField(null=True)
    expires_on = models.DateField(null=True)
    revoked_on = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "kind", "number"], name="staff_certificate_number")]
        indexes = [models.Index(fields=["expires_on"], name="staff_certificate_expiry")]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"


class Deputyship(models.Model):
    """A deputy acts with a member's posts in the days `[began_on, ended_on)`."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="deputyships")
    deputy = models.ForeignKey(Member, models.CASCADE, related_name="deputising")
    began_on = models.DateField()
    ended_on = models.DateField()
    reason = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ended_on__gte=F("began_on")), name="staff_deputyship_days"),
            models.CheckConstraint(condition=~Q(member=F("deputy")), name="staff_deputyship_two"),
        ]

    def __str__(self) -> str:
        return f"{self.deputy_id} for {self.member_id}"


class Stewardship(models.Model):
    """A member is the steward (管家) of a grid; the open row is the present one."""

    estate = models.ForeignKey("estate.Estate", models.PROTECT, related_name="+")
    grid = models.ForeignKey("estate.Grid", models.CASCADE, related_name="stewardships")
    member = models.ForeignKey(Member, models.PROTECT, related_name="stewardships")
    began_on = models.DateField()
    ended_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["estate", "grid"], condition=models.Q(ended_on=None), name="staff_stewardship_present"),
        ]

    def __str__(self) -> str:
        return f"{self.grid_id} {self.member_id}"
