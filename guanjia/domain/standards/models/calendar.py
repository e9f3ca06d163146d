"""Published days that differ from the week."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Holiday(models.Model):
    """One day of a company's calendar that differs from what is known: a day off, or a working day made up for one (调休).

    Rows with a `notice` make up the complete arrangement of their year, so that the whole year is known by them;
    a row without one corrects a single day (a typhoon). A year that neither these rows nor the library know is unknown.
    """

    class Kind(models.TextChoices):
        OFF = "off", _("放假")
        WORK = "work", _("调休上班")

    company = models.ForeignKey("estate.Company", models.PROTECT, related_name="holidays")
    day = models.DateField()
    kind = models.CharField(max_length=4, choices=Kind)
    name = models.CharField(max_length=40, blank=True)
    notice = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["company", "day"], name="standards_holiday_day")]

    def __str__(self) -> str:
        return f"{self.day} {self.kind}"
