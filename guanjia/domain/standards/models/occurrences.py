"""What happened to occurrences. What is due is computed (`queries.occurrences`), never stored."""

from django.db import models

from guanjia.domain.standards.states import OCCURRENCE_MOVES, OccurrenceState


class Occurrence(models.Model):
    """One occurrence that somebody did, excused, withdrew or was assigned; all others have no row.

    `k`-th of `n` in the period `[period_began, period_ended)` of a clause for a target; `day` is the suggested day. A completion beyond
    the quota, or the second on a day that counts once, is kept as `extra` with a `k` past `n`. The estate leads the key and the period
    follows, so that one period is read together. Written by machines too: references are proved by `guanjia verify`.
    """

    MOVES = OCCURRENCE_MOVES

    estate = models.ForeignKey("estate.Estate", models.PROTECT, related_name="+", db_constraint=False)
    clause_code = models.CharField(max_length=20)
    target_key = models.CharField(max_length=60)
    period_began = models.DateTimeField()
    period_ended = models.DateTimeField()
    k = models.PositiveSmallIntegerField()
    n = models.PositiveSmallIntegerField()
    day = models.DateField()
    state = models.CharField(max_length=9, choices=OccurrenceState, default=OccurrenceState.DUE)
    place = models.ForeignKey("estate.Place", models.PROTECT, null=True, related_name="+", db_constraint=False, db_index=False)
    assigned_to = models.ForeignKey("staff.Member", models.PROTECT, null=True, related_name="+", db_constraint=False, db_index=False)
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+", db_constraint=False, db_index=False)
    recorded_at = models.DateTimeField()
    reason = models.CharField(max_length=300, blank=True)
    evidence = models.JSONField(default=list)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["estate", "period_began", "clause_code", "target_key", "k"], name="standards_occurrence_once"),
        ]
        indexes = [
            models.Index(fields=["estate", "day", "clause_code", "state", "period_ended"], name="standards_occurrence_month"),
            models.Index(fields=["estate", "clause_code", "target_key", "day"], name="standards_occurrence_strip"),
            models.Index(
                fields=["estate", "assigned_to", "period_ended"],
                condition=models.Q(assigned_to__isnull=False),
                name="standards_occurrence_mine",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.clause_code} {self.target_key} {self.period_began:%Y-%m-%d} {self.k}/{self.n}"
