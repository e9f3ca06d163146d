"""Members, posts and how far they reach."""

from django.db import models

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
    """A post or role of the company, what it may do, and whom it reports to."""

    company = models.ForeignKey("estate.Company", models.PROTECT, related_name="posts")
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=60)
    department = models.ForeignKey(Department, models.PROTECT, null=True, related_name="posts")
    reports_to = models.ForeignKey("self", models.PROTECT, null=True, related_name="reports")
    permissions = models.JSONField(default=list)
    requires_totp = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["company", "code"], name="staff_post_code")]

    def __str__(self) -> str:
        return self.name


class Member(models.Model):
    """Somebody who works for the company; may have a user to sign in with."""

    company = models.ForeignKey("estate.Company", models.PROTECT, related_name="members")
    user = models.OneToOneField("accounts.User", models.PROTECT, null=True, related_name="member")
    number = models.CharField(max_length=20)
    name = models.CharField(max_length=40)
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

    def __str__(self) -> str:
        return f"{self.member_id} {self.post_id}"


class Certificate(models.Model):
    """A licence of a member; its expiry blocks what needs it."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="certificates")
    kind = models.CharField(max_length=40)
    number = models.CharField(max_length=60)
    issued_on = models.DateField(null=True)
    expires_on = models.DateField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "kind", "number"], name="staff_certificate_number")]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"


class Deputyship(models.Model):
    """A deputy acts with a member's posts in the days `[began_on, ended_on)`."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="deputyships")
    deputy = models.ForeignKey(Member, models.CASCADE, related_name="deputising")
    began_on = models.DateField()
    ended_on = models.DateField()

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
