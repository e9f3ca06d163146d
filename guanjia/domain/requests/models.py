"""Requests, what was noted in their course, and what a complaint needs beside."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from guanjia.domain.requests.states import MOVES, Channel, Kind, NoteKind, Severity, State, Validity
from guanjia.kernel.fields import Sealed
from guanjia.kernel.states import Lifecycle


class Cause(models.Model):
    """One outage or event that many people report: answered once, told to all of them."""

    estate = models.ForeignKey("estate.Estate", models.PROTECT, related_name="+")
    place = models.ForeignKey("estate.Place", models.PROTECT, related_name="+")
    title = models.CharField(max_length=80)
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["estate", "-began_at"], name="requests_cause_latest")]

    def __str__(self) -> str:
        return self.title


class Request(Lifecycle):
    """What somebody asks for (事项). `receiver` took it and stays responsible until it is closed; `handler` works on it.

    What the caller says is kept as said: `body` is never edited, corrections are notes.
    """

    MOVES = MOVES
    number = models.CharField(max_length=24)
    kind = models.CharField(max_length=10, choices=Kind)
    channel = models.CharField(max_length=8, choices=Channel)
    place = models.ForeignKey("estate.Place", models.PROTECT, related_name="+")
    party = models.ForeignKey("parties.Party", models.PROTECT, null=True, related_name="+")
    caller_name = Sealed(blank=True, default="")
    caller_phone = Sealed(blank=True, default="")
    category = models.CharField(max_length=20, blank=True)
    symptom = models.CharField(max_length=30, blank=True)
    event = models.CharField(max_length=30, blank=True)
    urgent = models.BooleanField(default=False)
    title = models.CharField(max_length=60)
    body = models.TextField()
    receiver = models.ForeignKey("staff.Member", models.PROTECT, null=True, related_name="+")
    handler = models.ForeignKey("staff.Member", models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=12, choices=State, default=State.REGISTERED)
    happened_at = models.DateTimeField()
    opened_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    planned_until = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="merged")
    cause = models.ForeignKey(Cause, models.PROTECT, null=True, related_name="requests")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["estate", "number"], name="requests_number")]
        indexes = [
            models.Index(fields=["estate", "state", "due_at"], name="requests_queue"),
            models.Index(fields=["estate", "day", "kind"], name="requests_day"),
            models.Index(fields=["estate", "place", "-opened_at"], name="requests_place"),
            models.Index(fields=["estate", "party", "-opened_at"], name="requests_party"),
        ]

    def __str__(self) -> str:
        return self.number


class Call(models.Model):
    """How a telephone call or a visit to the counter was received: what the reception rules ask for, as numbers."""

    estate = models.ForeignKey("estate.Estate", models.PROTECT, related_name="+")
    request = models.OneToOneField(Request, models.CASCADE, related_name="call")
    rings = models.PositiveSmallIntegerField(null=True)
    answered_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    read_back = models.BooleanField(default=False)
    apologised = models.BooleanField(default=False)
    wait_told_minutes = models.PositiveSmallIntegerField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(ended_at=None) | Q(ended_at__gte=F("answered_at")), name="requests_call_order")]

    def __str__(self) -> str:
        return f"call of {self.request_id}"


class Complaint(models.Model):
    """What a complaint needs beside the request: severity, cause and solution, the ruling, who is concerned."""

    estate = models.ForeignKey("estate.Estate", models.PROTECT, related_name="+")
    request = models.OneToOneField(Request, models.CASCADE, related_name="complaint")
    severity = models.CharField(max_length=10, choices=Severity, default=Severity.ORDINARY)
    cause = models.TextField(blank=True)
    solution = models.TextField(blank=True)
    validity = models.CharField(max_length=8, choices=Validity, blank=True)
    judged_by = models.ForeignKey("staff.Member", models.PROTECT, null=True, related_name="+")
    judged_at = models.DateTimeField(null=True)
    judged_why = models.CharField(max_length=200, blank=True)
    concerned = models.ManyToManyField("staff.Member", related_name="+")

    def __str__(self) -> str:
        return f"complaint {self.request_id}"


class Note(models.Model):
    """Something noted in the course of a request: never edited, never taken away."""

    estate = models.ForeignKey("estate.Estate", models.PROTECT, related_name="+")
    request = models.ForeignKey(Request, models.CASCADE, related_name="notes")
    kind = models.CharField(max_length=10, choices=NoteKind)
    text = models.TextField()
    member = models.ForeignKey("staff.Member", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"note on {self.request_id}"


class Answer(models.Model):
    """What the client was told as the result, and whether the client took note."""

    estate = models.ForeignKey("estate.Estate", models.PROTECT, related_name="+")
    request = models.ForeignKey(Request, models.CASCADE, related_name="answers")
    text = models.TextField()
    channel = models.CharField(max_length=8, choices=Channel)
    member = models.ForeignKey("staff.Member", models.PROTECT, null=True, related_name="+")
    acknowledged = models.BooleanField(default=False)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"answer to {self.request_id}"
