"""Photos and documents as evidence."""

from django.db import models


class File(models.Model):
    """One stored file, and what it proves (`about_type` "app.Model", `about_id`)."""

    estate = models.ForeignKey("estate.Estate", models.PROTECT, related_name="+")
    about_type = models.CharField(max_length=60)
    about_id = models.BigIntegerField()
    kind = models.CharField(max_length=12)
    name = models.CharField(max_length=120)
    media_type = models.CharField(max_length=80)
    size = models.BigIntegerField()
    width = models.PositiveIntegerField(null=True)
    height = models.PositiveIntegerField(null=True)
    sha256 = models.CharField(max_length=64)
    storage_key = models.CharField(max_length=120, unique=True)
    captured_at = models.DateTimeField(null=True)
    received_at = models.DateTimeField()
    by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["estate", "about_type", "about_id"], name="files_file_about")]

    def __str__(self) -> str:
        return self.name
