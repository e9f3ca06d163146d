"""Messages, their deliveries, templates, and the pulse of who must keep running."""

from __future__ import annotations

from django.db import models

from guanjia.domain.notify.states import Channel, State, Urgency
from guanjia.kernel.fields import Sealed


class Message(models.Model):
    """One thing told to one user, written in the transaction of the act that it tells of."""

    estate = models.ForeignKey("estate.Estate", models.PROTECT, related_name="+")
    user = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="messages")
    template = models.CharField(max_length=60)
    title = models.CharField(max_length=80)
    body = models.TextField()
    url = models.CharField(max_length=120, blank=True)
    urgency = models.CharField(max_length=8, choices=Urgency, default=Urgency.ROUTINE)
    about_type = models.CharField(max_length=60, blank=True)
    about_id = models.BigIntegerField(null=True)
    effect = models.CharField(max_length=120)
    made_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["estate", "effect"], name="notify_message_effect")]
        indexes = [models.Index(fields=["estate", "user", "-made_at"], name="notify_message_inbox")]

    def __str__(self) -> str:
        return f"message {self.pk}"


class Delivery(models.Model):
    """One message on one channel. Leased by a worker while it is being sent; `key` is the same at every attempt."""

    estate = models.ForeignKey("estate.Estate", models.PROTECT, related_name="+")
    message = models.ForeignKey(Message, models.CASCADE, related_name="deliveries")
    channel = models.CharField(max_length=8, choices=Channel)
    address = Sealed()
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField()
    lease = models.UUIDField(null=True)
    leased_until = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    trouble = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [
            # the worker looks over all estates for what is due: the one key that begins with time
            models.Index(fields=["due_at"], condition=models.Q(state="waiting"), name="notify_delivery_due"),
            models.Index(fields=["estate", "state", "-due_at"], name="notify_delivery_state"),
        ]

    def __str__(self) -> str:
        return f"delivery {self.pk}"


class Template(models.Model):
    """An estate's own wording of a message; without a row the wording of `library` holds."""

    estate = models.ForeignKey("estate.Estate", models.PROTECT, related_name="+")
    code = models.CharField(max_length=60)
    title = models.CharField(max_length=80)
    body = models.TextField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["estate", "code"], name="notify_template_code")]

    def __str__(self) -> str:
        return self.code


class Pulse(models.Model):
    """Something that must run at least every `seconds`: the deliverer, the timers. Silence is an alarm of its own."""

    name = models.CharField(max_length=40, primary_key=True)
    beat_at = models.DateTimeField()
    seconds = models.PositiveIntegerField()

    def __str__(self) -> str:
        return self.name
