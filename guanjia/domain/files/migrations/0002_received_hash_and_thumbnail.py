from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("files", "0001_initial")]

    operations = [
        migrations.AddField("file", "received_sha256", models.CharField(max_length=64, default=""), preserve_default=False),
        migrations.AddField("file", "thumbnail_key", models.CharField(blank=True, max_length=120, default=""), preserve_default=False),
        migrations.AddConstraint(
            "file",
            models.UniqueConstraint(fields=["estate", "about_type", "about_id", "received_sha256"], name="files_file_once"),
        ),
    ]
