"""Finding evidence, and proving that it is still what was stored."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, Any

from django.core.files.storage import default_storage
from django.db.models import QuerySet

from guanjia.domain.files import ports, rules
from guanjia.domain.files.models import File
from guanjia.domain.trail.ports import Outcome
from guanjia.kernel.actor import Actor


def of(about: Any) -> QuerySet[File]:
    """Return the files of one thing, oldest first. The thing must come from a query scoped to the actor."""
    estate_id = about.pk if about._meta.label == "estate.Estate" else about.estate_id
    return File.objects.filter(estate_id=estate_id, about_type=about._meta.label, about_id=about.pk).order_by("pk")


def visible(actor: Actor, pk: int) -> File | None:
    """Return the file if the actor may see what it proves, else None: missing and forbidden are the same."""
    file = File.objects.filter(pk=pk).first()
    if file is None or ports.subject(actor, file.about_type, file.about_id) is None:
        return None
    return file


def content(file: File, *, thumbnail: bool = False) -> IO[bytes] | None:
    """Open the stored bytes, or the thumbnail's; None when they are not on the disk."""
    key = file.thumbnail_key if thumbnail else file.storage_key
    if not key or not default_storage.exists(key):
        return None
    return default_storage.open(key)


def hashes() -> Outcome:
    """Compare every stored file with the hash that was written when it came."""
    count, wrong, first = 0, 0, ""
    for file in File.objects.order_by("pk").iterator(chunk_size=500):
        count += 1
        said = _wrong_with(file)
        if said:
            wrong += 1
            first = first or f"file {file.pk}: {said}"
    return Outcome(count, wrong, first)


def orphans() -> Outcome:
    """Look for stored files that no row knows: left by an upload that was interrupted before its row was written."""
    count, lost = 0, []
    for key in stored_keys():
        count += 1
        if not is_known(key):
            lost.append(key)
    return Outcome(count, len(lost), f"{lost[0]} belongs to no row" if lost else "")


def stored_keys() -> Iterator[str]:
    """Yield the key of everything in the evidence folder."""
    if not default_storage.exists(rules.FOLDER):
        return
    for shelf in default_storage.listdir(rules.FOLDER)[0]:
        for name in default_storage.listdir(f"{rules.FOLDER}/{shelf}")[1]:
            yield f"{rules.FOLDER}/{shelf}/{name}"


def is_known(key: str) -> bool:
    return File.objects.filter(storage_key=key).exists() or File.objects.filter(thumbnail_key=key).exists()


def _wrong_with(file: File) -> str:
    stored = content(file)
    if stored is None:
        return "is not on the disk"
    with stored:
        if rules.sha256_of(stored) != file.sha256:
            return "is not what was stored"
    return "has lost its thumbnail" if file.thumbnail_key and not default_storage.exists(file.thumbnail_key) else ""
