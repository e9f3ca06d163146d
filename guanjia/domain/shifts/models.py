"""Stations that must be manned, the turns of people on them, and what they signed."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from guanjia.domain.shifts.states import MOVES, State
from guanjia.kernel.states import Lifecycle


class Pattern(models.Model):
    """A shift of the day: 早班 08–16, 中班 16–24, 晚班 00–08. A turn belongs to the day on which it begins."""

    estate = models.ForeignKey("estate.Estate", models.PROTECT, related_name="+")
    code = models.CharField(max_length=12)
    name = models.CharField(max_length=20)
    began_minute = models.PositiveSmallIntegerField()
    minutes = models.PositiveSmallIntegerField()
    rank = models.PositiveSmallIntegerField(default=0)
    ended_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["estate", "code"], name="shifts_pattern_code"),
            models.CheckConstraint(condition=Q(began_minute__lt=1440, minutes__gt=0, minutes__lte=1440), name="shifts_pattern_day"),
        ]

    def __str__(self) -> str:
        return self.name


class Station(models.Model):
    """Something that must be manned: a gate, the control room, the service desk, the repair duty.

    `post_codes` names the posts whose members may stand here, any post when empty.
    `clause_codes` names the coverage clauses that its turns prove.
    """

    estate = models.ForeignKey("estate.Estate", models.PROTECT, related_name="stations")
    place = models.ForeignKey("estate.Place", models.PROTECT, null=True, related_name="+")
    code = models.CharField(max_length=20)
    name = models.CharField(max_length=40)
    post_codes = models.JSONField(default=list)
    clause_codes = models.JSONField(default=list)
    handover_items = models.JSONField(default=list)
    ended_on = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["estate", "code"], name="shifts_station_code")]

    def __str__(self) -> str:
        return self.name


class HeadCount(models.Model):
    """At least `heads` people at a station between two minutes of the day; an end at or before the beginning is on the next day."""

    estate = models.ForeignKey("estate.Estate", models.PROTECT, related_name="+")
    station = models.ForeignKey(Station, models.CASCADE, related_name="head_counts")
    began_minute = models.PositiveSmallIntegerField()
    ended_minute = models.PositiveSmallIntegerField()
    heads = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["estate", "station", "began_minute", "ended_minute"], name="shifts_headcount_once")]

    def __str__(self) -> str:
        return f"{self.station_id}: {self.heads}"


class Roster(Lifecycle):
    """Turns of an estate for the days `[began_on, ended_on)`: drafted, approved, published. Only published turns count as duty."""

    MOVES = MOVES
    name = models.CharField(max_length=40)
    began_on = models.DateField()
    ended_on = models.DateField()
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    gaps_reason = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(ended_on__gt=F("began_on")), name="shifts_roster_days")]
        indexes = [models.Index(fields=["estate", "-began_on"], name="shifts_roster_latest")]

    def __str__(self) -> str:
        return self.name


class Turn(models.Model):
    """One person at one station from an instant to an instant, the end not included."""

    estate = models.ForeignKey("estate.Estate", models.PROTECT, related_name="+")
    roster = models.ForeignKey(Roster, models.CASCADE, related_name="turns")
    station = models.ForeignKey(Station, models.PROTECT, related_name="turns")
    pattern = models.ForeignKey(Pattern, models.PROTECT, related_name="+")
    member = models.ForeignKey("staff.Member", models.PROTECT, related_name="turns")
    day = models.DateField()
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["estate", "station", "member", "began_at"], name="shifts_turn_once")]
        indexes = [models.Index(fields=["estate", "began_at"], name="shifts_turn_began")]

    def __str__(self) -> str:
        return f"{self.member_id} at {self.station_id} on {self.day}"


class Attendance(models.Model):
    """That somebody stood a turn: signed on and off by the person, never by another."""

    estate = models.ForeignKey("estate.Estate", models.PROTECT, related_name="+")
    turn = models.OneToOneField(Turn, models.PROTECT, related_name="attendance")
    signed_on_at = models.DateTimeField()
    checked = models.JSONField(default=dict)
    signed_off_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["estate", "signed_on_at"], name="shifts_attendance_on")]

    def __str__(self) -> str:
        return f"attendance of {self.turn_id}"


class Handover(models.Model):
    """A station goes from one turn to the next: what was told, what was checked, who led it; both sides sign."""

    estate = models.ForeignKey("estate.Estate", models.PROTECT, related_name="+")
    from_turn = models.OneToOneField(Turn, models.PROTECT, related_name="handed_on")
    to_turn = models.ForeignKey(Turn, models.PROTECT, related_name="taken_over")
    leader = models.ForeignKey("staff.Member", models.PROTECT, related_name="+")
    told = models.TextField()
    checks = models.JSONField(default=list)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.from_turn_id} to {self.to_turn_id}"
