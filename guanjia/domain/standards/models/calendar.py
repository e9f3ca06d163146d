"""Published days that differ from the week."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Holiday(models.Model):
    """One published day of a company's calendar: a day off, or a working day made up for one (调休).

    A year without any row is unknown; nobody guesses it.
    """

    class Kind(models.TextChoices):
        OFF = "off", _("放假")
        WORK = "work", _("调休上班")

    company = models.ForeignKey("estate.Company", models.PROTECT, related_name="holidays")
    day = models.DateField()
    kind = models.CharField(max_length=4, choices=Kind)
    name = models.CharField(max_length=40, blank=True)
    source = models.CharField(max_length=120)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["company", "day"], name="standards_holiday_day")]

    def __str__(self) -> str:
        return f"{self.day} {self.kind}"
