"""Service plans as data."""

from django.db import models

from guanjia.domain.standards.rules.kinds import DefaultBy, Kind


class Plan(models.Model):
    """One version of a service plan (服务方案). Never edited once loaded: a change is a new version.

    `parameters` and `conflicts` are what the plan leaves to the estate, each with its default, its source and why;
    `digest` is the fingerprint of everything in it, so that the same file is recognised.
    """

    company = models.ForeignKey("estate.Company", models.PROTECT, related_name="plans")
    code = models.CharField(max_length=40)
    edition = models.CharField(max_length=20)
    name = models.CharField(max_length=80)
    issued_on = models.DateField(null=True)
    note = models.TextField(blank=True)
    sources = models.JSONField(default=list)
    parameters = models.JSONField(default=list)
    conflicts = models.JSONField(default=list)
    digest = models.CharField(max_length=64)
    loaded_at = models.DateTimeField()
    loaded_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    ended_on = models.DateField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["company", "code", "edition"], name="standards_plan_edition")]

    def __str__(self) -> str:
        return f"{self.name} {self.edition}"


class Clause(models.Model):
    """One promise or duty of a plan (条款): the document's words, and what they mean here.

    `params` is the document's own, never changed; `settings` is the plan's value for what the document leaves open,
    `settings_by` whose word that is and `why` the reason. `target` and `evidence` are read by `rules`.
    """

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="clauses")
    code = models.CharField(max_length=20)
    position = models.PositiveIntegerField()
    section = models.TextField()
    quote = models.TextField()
    kind = models.CharField(max_length=12, choices=Kind)
    actor = models.CharField(max_length=60, blank=True)
    subject = models.TextField()
    params = models.TextField(blank=True)
    record = models.TextField(blank=True)
    capability = models.CharField(max_length=30)
    gloss = models.TextField(blank=True)
    source = models.CharField(max_length=20, blank=True)
    post = models.CharField(max_length=60, blank=True)
    target = models.JSONField(default=dict)
    evidence = models.JSONField(default=list)
    settings = models.JSONField(default=dict)
    settings_by = models.CharField(max_length=10, choices=DefaultBy, default=DefaultBy.DOCUMENT)
    why = models.TextField(blank=True)
    began_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["plan", "code"], name="standards_clause_code")]
        indexes = [models.Index(fields=["plan", "kind", "position"], name="standards_clause_kind")]

    def __str__(self) -> str:
        return f"{self.code} {self.subject}"


class Adoption(models.Model):
    """A plan version holds for an estate in the days `[began_on, ended_on)`; the open row is the present or coming one."""

    estate = models.ForeignKey("estate.Estate", models.PROTECT, related_name="adoptions")
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="adoptions")
    began_on = models.DateField()
    ended_on = models.DateField(null=True)
    adopted_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["estate"], condition=models.Q(ended_on=None), name="standards_adoption_open"),
            models.CheckConstraint(
                condition=models.Q(ended_on=None) | models.Q(ended_on__gte=models.F("began_on")), name="standards_adoption_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.estate_id} {self.plan_id} {self.began_on}"


class Override(models.Model):
    """What an estate promises instead of its plan's value, in the days `[began_on, ended_on)`.

    `code` is a clause (A-203), a parameter of the plan (winter_months) or a conflict (K-01). It outlives plan versions.
    """

    estate = models.ForeignKey("estate.Estate", models.PROTECT, related_name="overrides")
    code = models.CharField(max_length=40)
    values = models.JSONField(default=dict)
    reason = models.CharField(max_length=300)
    began_on = models.DateField()
    ended_on = models.DateField(null=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["estate", "code"], condition=models.Q(ended_on=None), name="standards_override_open"),
            models.CheckConstraint(
                condition=models.Q(ended_on=None) | models.Q(ended_on__gte=models.F("began_on")), name="standards_override_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.estate_id} {self.code} {self.began_on}"
