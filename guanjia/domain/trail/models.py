"""Append-only facts, chained per estate. The database itself refuses to change or delete them (see the migrations)."""

from django.db import models


class Entry(models.Model):
    """One fact of one chain.

    `estate_id` is a plain number: 0 is the chain of company acts, and a chain outlives its estate. `company_id` says whose
    act on chain 0 it is. No column holds a person's name: `actor_name` is the machine's name when nobody acted in person.
    """

    estate_id = models.BigIntegerField()
    seq = models.BigIntegerField()
    at = models.DateTimeField()
    actor_id = models.BigIntegerField(null=True)
    actor_name = models.CharField(max_length=40, blank=True)
    company_id = models.BigIntegerField(null=True)
    name = models.CharField(max_length=80)
    about_type = models.CharField(max_length=60, blank=True)
    about_id = models.BigIntegerField(null=True)
    place_id = models.BigIntegerField(null=True)
    payload = models.JSONField(default=dict)
    prev_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["estate_id", "seq"], name="trail_entry_seq")]
        indexes = [
            models.Index(fields=["estate_id", "about_type", "about_id", "-seq"], name="trail_entry_about"),
            models.Index(fields=["estate_id", "place_id", "-seq"], name="trail_entry_place"),
            models.Index(fields=["estate_id", "name", "-seq"], name="trail_entry_name"),
            models.Index(fields=["estate_id", "company_id", "-seq"], name="trail_entry_company"),
            models.Index(fields=["estate_id", "actor_id", "-seq"], name="trail_entry_actor"),
        ]

    def __str__(self) -> str:
        return f"{self.estate_id}/{self.seq} {self.name}"


class Head(models.Model):
    """The end of one chain; moved by a guarded update in the transaction that appends."""

    estate_id = models.BigIntegerField(primary_key=True)
    company_id = models.BigIntegerField(null=True)
    seq = models.BigIntegerField(default=0)
    hash = models.CharField(max_length=64, default="0" * 64)

    def __str__(self) -> str:
        return f"{self.estate_id}@{self.seq}"


class Command(models.Model):
    """A command that had its effect, with its first result (see kernel.commands)."""

    key = models.UUIDField(primary_key=True)
    actor_id = models.BigIntegerField(null=True)
    at = models.DateTimeField()
    fingerprint = models.CharField(max_length=64)
    result = models.JSONField(null=True)

    def __str__(self) -> str:
        return str(self.key)


class Series(models.Model):
    """The last number given out in one printed series of an estate ("workorders/2026-11-21"). Numbers are never used twice."""

    estate_id = models.BigIntegerField()
    name = models.CharField(max_length=60)
    last = models.BigIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["estate_id", "name"], name="trail_series_name")]

    def __str__(self) -> str:
        return f"{self.estate_id} {self.name}"
