"""The marks, pauses and clocks of cases. A case is named by its type ("requests.Request") and number: apps above own it."""

from django.db import models

from guanjia.domain.standards.states import ClockState


class CaseMark(models.Model):
    """Something that happened to a case and that a clause may count from or to. A mark may come again: reopened, sent out again."""

    estate = models.ForeignKey("estate.Estate", models.PROTECT, related_name="+")
    case_type = models.CharField(max_length=40)
    case_id = models.BigIntegerField()
    name = models.CharField(max_length=40)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["estate", "case_type", "case_id", "at"], name="standards_casemark_case")]

    def __str__(self) -> str:
        return f"{self.case_type} {self.case_id} {self.name}"


class CasePause(models.Model):
    """All clocks of a case stand still in `[began_at, ended_at)`, for a reason. Pauses belong to the case: a new priority keeps them."""

    estate = models.ForeignKey("estate.Estate", models.PROTECT, related_name="+")
    case_type = models.CharField(max_length=40)
    case_id = models.BigIntegerField()
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=120)
    until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["estate", "case_type", "case_id"], condition=models.Q(ended_at=None), name="standards_casepause_running"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_type} {self.case_id} {self.reason}"


class CaseClock(models.Model):
    """One deadline that one response clause sets on one case (时限).

    `params` is what the clause said when the clock started: a later plan does not change a running promise. `due_at` and `attention_at`
    follow from marks and pauses (`rules.clocks`), are recomputed by every act that changes one, and proved by `guanjia verify`.
    """

    estate = models.ForeignKey("estate.Estate", models.PROTECT, related_name="+")
    place = models.ForeignKey("estate.Place", models.PROTECT, null=True, related_name="+")
    case_type = models.CharField(max_length=40)
    case_id = models.BigIntegerField()
    clause_code = models.CharField(max_length=20)
    turn = models.PositiveSmallIntegerField(default=1)
    params = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=ClockState, default=ClockState.RUNNING)
    day = models.DateField()
    started_at = models.DateTimeField()
    agreed_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    attention_at = models.DateTimeField(null=True)
    told = models.JSONField(default=list)
    stopped_at = models.DateTimeField(null=True)
    late_seconds = models.BigIntegerField(default=0)
    cause = models.CharField(max_length=200, blank=True)
    excused_at = models.DateTimeField(null=True)
    excuse = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["estate", "case_type", "case_id", "clause_code", "turn"], name="standards_caseclock_once"),
        ]
        indexes = [
            models.Index(fields=["estate", "state", "due_at"], name="standards_caseclock_due"),
            models.Index(fields=["estate", "day", "clause_code", "state"], name="standards_caseclock_month"),
            # the sweep looks over all estates for what asks for attention
            models.Index(fields=["attention_at"], condition=models.Q(state="running"), name="standards_caseclock_sweep"),
        ]

    def __str__(self) -> str:
        return f"{self.clause_code} of {self.case_type} {self.case_id}"
