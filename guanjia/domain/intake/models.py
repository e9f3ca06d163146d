"""Batches: a file that somebody brought, what was found in it, and what it did."""

from django.db import models

from guanjia.domain.intake.states import MOVES, State
from guanjia.kernel.fields import Sealed


class Batch(models.Model):
    """One file for one estate. `footprint` is what it entered and changed, by which it can be taken back.

    `phase`, `done` and `total` are for the progress bar, written outside the transaction of the import.
    """

    MOVES = MOVES

    estate = models.ForeignKey("estate.Estate", models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    skip_bad_rows = models.BooleanField(default=False)
    user = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    phase = models.CharField(max_length=20, blank=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    read = models.PositiveIntegerField(default=0)
    accepted = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    remarks = models.JSONField(default=list)
    counts = models.JSONField(default=dict)
    failure = models.CharField(max_length=300, blank=True)
    footprint = models.JSONField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [
            models.Index(fields=["estate", "-made_at"], name="intake_batch_recent"),
            models.Index(fields=["estate", "sha256"], name="intake_batch_file"),
        ]

    def __str__(self) -> str:
        return f"batch {self.pk}"


class Upload(models.Model):
    """The file of a batch, sealed: it is full of names and numbers. Gone once the batch has come to its end."""

    batch = models.OneToOneField(Batch, models.CASCADE, primary_key=True, related_name="upload")
    content = Sealed()

    def __str__(self) -> str:
        return f"file of batch {self.batch_id}"


class Sheet(models.Model):
    """One judged sheet of a batch. `left_out` lists the rows that are no records, `columns` what was read from where."""

    estate = models.ForeignKey("estate.Estate", models.PROTECT, related_name="+")
    batch = models.ForeignKey(Batch, models.CASCADE, related_name="sheets")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=100)
    kind = models.CharField(max_length=12)
    read = models.PositiveIntegerField()
    accepted = models.PositiveIntegerField()
    refused = models.PositiveIntegerField()
    errors = models.PositiveIntegerField(default=0)
    columns = models.JSONField(default=list)
    left_out = models.JSONField(default=list)
    sample = Sealed(blank=True, default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["estate", "batch", "position"], name="intake_sheet_position")]

    def __str__(self) -> str:
        return self.name


class Fault(models.Model):
    """One cell that is refused or worth a note. At most some thousands are kept; the annotated copy has them all."""

    estate = models.ForeignKey("estate.Estate", models.PROTECT, related_name="+")
    batch = models.ForeignKey(Batch, models.CASCADE, related_name="faults")
    sheet = models.ForeignKey(Sheet, models.CASCADE, related_name="faults")
    row = models.PositiveIntegerField()
    column = models.CharField(max_length=3, blank=True)
    code = models.CharField(max_length=30)
    message = models.CharField(max_length=300)
    level = models.CharField(max_length=5)

    class Meta:
        indexes = [models.Index(fields=["estate", "batch", "level", "sheet", "row"], name="intake_fault_order")]

    def __str__(self) -> str:
        return f"{self.column}{self.row} {self.code}"


class Row(models.Model):
    """A judged row whose home is built later (tariffs, opening arrears), ready to be taken over.

    `values` hold the stored form: money in fen, prices in ten-thousandths, days as ISO text. `key` names the row in its
    kind; importing it again changes this row. `taken_at` is set by whoever takes it over.
    """

    estate = models.ForeignKey("estate.Estate", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12)
    key = models.CharField(max_length=64)
    place = models.ForeignKey("estate.Place", models.PROTECT, null=True, related_name="+")
    values = models.JSONField()
    taken_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["estate", "kind", "key"], name="intake_row_key")]

    def __str__(self) -> str:
        return f"{self.kind} {self.key[:8]}"
