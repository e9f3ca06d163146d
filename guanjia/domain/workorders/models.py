"""Work orders, who held them, and what was quoted, done and signed."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from guanjia.domain.workorders.states import MOVES, Proof, State, Trade, Urgency
from guanjia.kernel.fields import Sealed
from guanjia.kernel.states import Lifecycle


class WorkOrder(Lifecycle):
    """One job at one place (维修工作单). Moved only by actions, read only through queries.

    `source_type` and `source_id` name what it was opened for ("requests.Request", 17). Who to see and where to call are copied
    onto the order when it is written, sealed: the technician needs them without a way to the register.
    """

    MOVES = MOVES
    number = models.CharField(max_length=24)
    place = models.ForeignKey("estate.Place", models.PROTECT, related_name="+")
    source_type = models.CharField(max_length=40, blank=True)
    source_id = models.BigIntegerField(null=True)
    reworks = models.ForeignKey("self", models.PROTECT, null=True, related_name="reworked_by")
    trade = models.CharField(max_length=10, choices=Trade, default=Trade.GENERAL)
    urgency = models.CharField(max_length=10, choices=Urgency, default=Urgency.NORMAL)
    event = models.CharField(max_length=30, blank=True)
    item = models.CharField(max_length=60)
    spot = models.CharField(max_length=80, blank=True)
    damage = models.TextField()
    contact_name = Sealed(blank=True, default="")
    contact_phone = Sealed(blank=True, default="")
    at_home = models.CharField(max_length=80, blank=True)
    paid_work = models.BooleanField(default=False)
    price_told_at = models.DateTimeField(null=True)
    appointment_at = models.DateTimeField(null=True)
    appointment_ends_at = models.DateTimeField(null=True)
    arrive_by = models.DateTimeField(null=True)
    state = models.CharField(max_length=12, choices=State, default=State.OPEN)
    opened_at = models.DateTimeField()
    expected_on = models.DateField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["estate", "number"], name="workorders_number")]
        indexes = [
            models.Index(fields=["estate", "state", "arrive_by"], name="workorders_queue"),
            models.Index(fields=["estate", "day"], name="workorders_day"),
            models.Index(fields=["estate", "place", "-opened_at"], name="workorders_place"),
            models.Index(fields=["estate", "source_type", "source_id"], name="workorders_source"),
        ]

    def __str__(self) -> str:
        return self.number


class Assignment(models.Model):
    """Who holds the order, and since when: a row with its own facts, not columns on the order."""

    estate = models.ForeignKey("estate.Estate", models.PROTECT, related_name="+")
    order = models.ForeignKey(WorkOrder, models.CASCADE, related_name="assignments")
    member = models.ForeignKey("staff.Member", models.PROTECT, related_name="+")
    began_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    departed_at = models.DateTimeField(null=True)
    arrived_at = models.DateTimeField(null=True)
    proof = models.CharField(max_length=8, choices=Proof, blank=True)
    ended_at = models.DateTimeField(null=True)
    ended_because = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["estate", "order"], condition=Q(ended_at=None), name="workorders_one_holder"),
            models.CheckConstraint(condition=Q(ended_at=None) | Q(ended_at__gte=F("began_at")), name="workorders_assignment_order"),
        ]
        indexes = [models.Index(fields=["estate", "member", "-began_at"], name="workorders_assignment_mine")]

    def __str__(self) -> str:
        return f"{self.order_id} held by {self.member_id}"


class Skill(models.Model):
    """A trade that a member can be sent for at an estate."""

    estate = models.ForeignKey("estate.Estate", models.PROTECT, related_name="+")
    member = models.ForeignKey("staff.Member", models.CASCADE, related_name="skills")
    trade = models.CharField(max_length=10, choices=Trade)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["estate", "member", "trade"], name="workorders_skill_once")]

    def __str__(self) -> str:
        return f"{self.member_id} {self.trade}"


class Quote(models.Model):
    """A price named before paid work, line by line; the last one counts."""

    estate = models.ForeignKey("estate.Estate", models.PROTECT, related_name="+")
    order = models.ForeignKey(WorkOrder, models.CASCADE, related_name="quotes")
    member = models.ForeignKey("staff.Member", models.PROTECT, related_name="+")
    lines = models.JSONField()
    amount_fen = models.BigIntegerField()
    made_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    agreed_by = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(amount_fen__gte=0), name="workorders_quote_amount")]

    def __str__(self) -> str:
        return f"quote of {self.order_id}"


class Outcome(models.Model):
    """What one visit came to: finished with a result, or unfinished with what was done for now, why, and when to come again."""

    estate = models.ForeignKey("estate.Estate", models.PROTECT, related_name="+")
    order = models.ForeignKey(WorkOrder, models.CASCADE, related_name="outcomes")
    member = models.ForeignKey("staff.Member", models.PROTECT, related_name="+")
    finished = models.BooleanField()
    result = models.TextField()
    reason = models.CharField(max_length=200, blank=True)
    next_at = models.DateTimeField(null=True)
    happened_at = models.DateTimeField()
    recorded_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"outcome of {self.order_id}"


class Signature(models.Model):
    """The client's word on one outcome, drawn on the phone: `picture` is the stored drawing."""

    estate = models.ForeignKey("estate.Estate", models.PROTECT, related_name="+")
    order = models.ForeignKey(WorkOrder, models.CASCADE, related_name="signatures")
    outcome = models.OneToOneField(Outcome, models.PROTECT, related_name="signature")
    signer = Sealed()
    picture = models.ForeignKey("files.File", models.PROTECT, null=True, related_name="+")
    content = models.BooleanField(default=True)
    remark = models.CharField(max_length=200, blank=True)
    signed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"signature on {self.order_id}"
