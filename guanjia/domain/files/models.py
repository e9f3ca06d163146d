"""Photos and documents as evidence."""

from django.db import models


class File(models.Model):
    """One stored file, and what it proves (`about_type` "app.Model", `about_id`).

    `received_sha256` is of the bytes as they came: the sender compares it before letting go of its own copy. `sha256` is of
    what is stored, which for a picture is a fresh encoding; `guanjia verify` compares it with the disk.
    """

    estate = models.ForeignKey("estate.Estate", models.PROTECT, related_name="+")
    about_type = models.CharField(max_length=60)
    about_id = models.BigIntegerField()
    kind = models.CharField(max_length=12)
    name = models.CharField(max_length=120)
    media_type = models.CharField(max_length=80)
    size = models.BigIntegerField()
    width = models.PositiveIntegerField(null=True)
    height = models.PositiveIntegerField(null=True)
    received_sha256 = models.CharField(max_length=64)
    sha256 = models.CharField(max_length=64)
    storage_key = models.CharField(max_length=120, unique=True)
    thumbnail_key = models.CharField(max_length=120, blank=True)
    captured_at = models.DateTimeField(null=True)
    received_at = models.DateTimeField()
    by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["estate", "about_type", "about_id", "received_sha256"], name="files_file_once"),
        ]
        indexes = [models.Index(fields=["estate", "about_type", "about_id"], name="files_file_about")]

    def __str__(self) -> str:
        return self.name
