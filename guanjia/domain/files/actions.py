"""Taking evidence in."""

from __future__ import annotations

import os
from datetime import datetime, timedelta
from typing import IO, Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from guanjia.domain.files import ports, queries, rules
from guanjia.domain.files.events import FileAttached
from guanjia.domain.files.models import File
from guanjia.domain.files.rules import BadFile, Picture
from guanjia.kernel.actor import Actor
from guanjia.kernel.errors import NotAllowed
from guanjia.kernel.events import announce

MOST_PER_THING = 30
ORPHAN_AFTER = timedelta(days=1)


def upload(about: Any, *, file: IO[bytes], name: str, actor: Actor, at: datetime) -> File:
    """Attach what a person uploads to a thing that the person sees and may add to. Raises NotAllowed, BadFile."""
    if ports.subject(actor, about._meta.label, about.pk) is None or not ports.may_add(actor, about._meta.label, about):
        raise NotAllowed("files.attach")
    return attach(about, data=file.read(rules.MAX_BYTES + 1), size=getattr(file, "size", None), name=name, actor=actor, at=at)


def attach(about: Any, *, data: bytes, name: str, actor: Actor, at: datetime, kind: str = "", size: int | None = None) -> File:
    """Judge, store and record a file as evidence of a thing. The caller has required its own permission.

    The bytes are on the disk, synced, before the row says so: after a crash there may be a file without a row, never a row
    without its file. The same bytes for the same thing are one file, however often they are sent.

    Raises BadFile.
    """
    received = rules.sha256(data)
    known = queries.of(about).filter(received_sha256=received).first()
    if known is not None:
        return known
    judged = rules.judge(data, name, size=size)
    if queries.of(about).count() >= MOST_PER_THING:
        raise BadFile(_("这里已有 %(most)d 个文件，不能再加") % {"most": MOST_PER_THING})
    picture = judged if isinstance(judged, Picture) else None
    key = _store(judged.data)
    thumbnail = _store(picture.thumbnail) if picture else ""
    row = File(
        estate_id=about.pk if about._meta.label == "estate.Estate" else about.estate_id,
        about_type=about._meta.label,
        about_id=about.pk,
        kind=kind or ("photo" if picture else "document"),
        name=rules.safe_name(name, judged.media_type),
        media_type=judged.media_type,
        size=len(judged.data),
        width=picture.width if picture else None,
        height=picture.height if picture else None,
        received_sha256=received,
        sha256=rules.sha256(judged.data),
        storage_key=key,
        thumbnail_key=thumbnail,
        captured_at=picture.captured_at if picture else None,
        received_at=at,
        by_id=actor.user_id,
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
            announce(FileAttached(row.pk, row.sha256), about=about, actor=actor, at=at)
    except IntegrityError:
        for stored in filter(None, [key, thumbnail]):
            default_storage.delete(stored)
        return queries.of(about).get(received_sha256=received)  # the same bytes came twice at once
    return row


def sweep(*, at: datetime) -> int:
    """Delete stored files that no row has known for a day. Return how many."""
    count = 0
    for key in list(queries.stored_keys()):
        if default_storage.get_modified_time(key) < at - ORPHAN_AFTER and not queries.is_known(key):
            default_storage.delete(key)
            count += 1
    return count


def _store(data: bytes) -> str:
    """Write the bytes under a random name and see them onto the disk; return the key."""
    key = default_storage.save(rules.new_key(), ContentFile(data))
    try:
        path = default_storage.path(key)
    except NotImplementedError:  # an object store answers only when it has the bytes
        return key
    for place in (path, os.path.dirname(path)):
        handle = os.open(place, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
    return key
