"""Reading the record: timelines, the log of acts, and the proof that nothing was touched."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.apps import apps
from django.db import connection
from django.db.models import Exists, F, ForeignKey, OuterRef, Q, QuerySet

from guanjia.domain.trail import ports
from guanjia.domain.trail.models import Entry, Head
from guanjia.domain.trail.permissions import VIEW
from guanjia.domain.trail.rules import Link, Sealed, breaks
from guanjia.kernel.actor import NOTHING, Actor


def log(actor: Actor) -> QuerySet[Entry]:
    """Return the entries that the actor may read as a log, newest first.

    Who holds the permission over a company reads its acts and those of its estates; over an estate, that estate's chain.
    A post over a part of an estate reads nothing here: the chain is of the whole estate.
    """
    if actor.everything:
        return Entry.objects.order_by("-pk")
    reach = NOTHING
    for grant in actor.holding(VIEW):
        if grant.company_id is not None:
            reach |= Q(company_id=grant.company_id)
        elif not grant.path:
            reach |= Q(estate_id__in=sorted(grant.estate_ids))
    return Entry.objects.filter(reach).order_by("-pk")


def actor_ids() -> set[int]:
    """Return the users who ever acted; for the check that each of them exists."""
    found = Entry.objects.order_by().values_list("actor_id", flat=True).distinct()
    return {actor_id for actor_id in found if actor_id is not None}


def timeline(actor: Actor, *, about: Any = None, place: Any = None, names: tuple[str, ...] = ()) -> QuerySet[Entry]:
    """Return what happened to one thing, or at one place, newest first; `names` keeps only these events.

    The thing must come from a query that was scoped to the actor: whoever may see it may see its history. Entries of
    another company are never among them.
    """
    subject = about if about is not None else place
    if subject is None:
        raise TypeError("a timeline is about something, or of a place")
    estate_id = subject.pk if subject._meta.label == "estate.Estate" else getattr(subject, "estate_id", None)
    found = Entry.objects.filter(estate_id=estate_id or 0)
    if about is not None:
        found = found.filter(about_type=about._meta.label, about_id=about.pk)
    if place is not None:
        found = found.filter(place_id=place.pk)
    if names:
        found = found.filter(name__in=names)
    if not actor.everything and actor.company_id is not None:
        found = found.filter(company_id=actor.company_id)
    return found.order_by("-seq")


def said(entry: Entry) -> str:
    """Return what the entry says, in the words of its event: the event class's `said`, else the event's own name.

    `said` may name fields: `_("派单给员工 %(member_id)s")`.
    """
    app, _, class_name = entry.name.partition(".")
    try:
        words = str(getattr(import_module(f"guanjia.domain.{app}.events"), class_name).said)
        return str(words % entry.payload)
    except (ImportError, AttributeError, KeyError, TypeError, ValueError):
        return entry.name


def about(entry: Entry) -> str:
    """Return what the entry is about, as the app calls its things, and the row's number: "房屋 17"."""
    app = entry.about_type.partition(".")[0]
    if not app or not apps.is_installed(f"guanjia.domain.{app}"):
        return ""
    return f"{apps.get_app_config(app).verbose_name} {entry.about_id or ''}".strip()


def vocabulary() -> dict[str, dict[str, str]]:
    """Return every event that can happen, by app: its name and its words, with … where its facts stand. Read from the code, not from the table."""
    found: dict[str, dict[str, str]] = {}
    for config in apps.get_app_configs():
        module = f"{config.name}.events"
        if not config.name.startswith("guanjia.domain.") or find_spec(module) is None:
            continue
        kinds = {
            f"{config.label}.{name}": re.sub(r"%\(\w+\)[sd]", "…", str(getattr(kind, "said", name)))
            for name, kind in vars(import_module(module)).items()
            if isinstance(kind, type) and is_dataclass(kind) and kind.__module__ == module
        }
        if kinds:
            found[str(config.verbose_name)] = kinds
    return found


@dataclass(frozen=True)
class Checked:
    """One line of `guanjia verify`."""

    name: str
    checked: int
    wrong: int
    first: str


def length(estate_id: int) -> int:
    """Return how many facts an estate's chain holds: as long as it stays, nothing has happened there."""
    return Head.objects.filter(estate_id=estate_id).values_list("seq", flat=True).first() or 0


def verify() -> Iterator[Checked]:
    """Run every check: the chains, the references that no constraint holds, and those that apps registered."""
    everything = {"trail.chain": chains, "database.references": references, "database.integrity": integrity, **ports.checks()}
    for name, check in sorted(everything.items()):
        outcome = check()
        yield Checked(name, outcome.checked, outcome.wrong, outcome.first)


def chains() -> ports.Outcome:
    """Recompute every hash of every chain and compare its end with the head row."""
    heads = {head.estate_id: (head.seq, head.hash) for head in Head.objects.all()}
    ids = sorted(heads.keys() | set(Entry.objects.order_by().values_list("estate_id", flat=True).distinct()))
    count, wrong, first = 0, 0, ""
    for estate_id in ids:
        counter = _Counter(_sealed(estate_id))
        head_seq, head_hash = heads.get(estate_id, (0, ""))
        for broken in breaks(estate_id, counter, head_seq=head_seq, head_hash=head_hash):
            wrong += 1
            first = first or str(broken)
        count += counter.count
    return ports.Outcome(count, wrong, first)


def references() -> ports.Outcome:
    """Look for rows that point at nothing, for every foreign key that the database does not hold itself.

    The others are held by the database: PostgreSQL always, SQLite unless somebody switched it off, so there they are proved too.
    """
    count, wrong, first = 0, 0, ""
    for model in apps.get_models():
        if not model.__module__.startswith("guanjia."):
            continue
        for field in model._meta.local_fields:
            if not isinstance(field, ForeignKey) or (getattr(field, "db_constraint", True) and connection.vendor == "postgresql"):
                continue
            target = field.related_model._base_manager.filter(**{field.target_field.attname: OuterRef(field.attname)})
            pointing = model._base_manager.filter(**{f"{field.attname}__isnull": False})
            count += pointing.count()
            lost = list(pointing.filter(~Exists(target)).annotate(points_at=F(field.attname)).values_list("pk", "points_at")[:1000])
            wrong += len(lost)
            if lost and not first:
                first = f"{model._meta.label} {lost[0][0]}: {field.name} {lost[0][1]} does not exist"
    return ports.Outcome(count, wrong, first)


def integrity() -> ports.Outcome:
    """Ask SQLite whether its file is sound; PostgreSQL checks its pages itself."""
    if connection.vendor != "sqlite":
        return ports.Outcome(0)
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA quick_check")
        lines = [row[0] for row in cursor.fetchall() if row[0] != "ok"]
    return ports.Outcome(1, len(lines), lines[0] if lines else "")


_LINK = [field.name for field in fields(Link)]


def _sealed(estate_id: int) -> Iterator[Sealed]:
    rows = Entry.objects.filter(estate_id=estate_id).order_by("seq", "pk").values_list("hash", *_LINK)
    for hashed, *values in rows.iterator(chunk_size=5000):
        yield Sealed(Link(*values), hashed)


class _Counter:
    """Counts what passes."""

    def __init__(self, items: Iterator[Sealed]) -> None:
        self.items, self.count = items, 0

    def __iter__(self) -> Iterator[Sealed]:
        for item in self.items:
            self.count += 1
            yield item
