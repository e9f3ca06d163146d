"""What a planted row needs beyond what its field types say; see `isolation.py`. One entry a model, sorted as it comes."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from guanjia.domain.files.rules import new_key

DAY = dt.date(2026, 1, 1)


def stored(home: Any) -> str:
    """Put a file with the household's canary into the evidence folder."""
    return default_storage.save(new_key(), ContentFile(home.mark.encode()))


def planted_conflict() -> dict[str, Any]:
    """A conflict of a plan, as it is kept."""
    options = [{"key": "a", "says": "a", "clauses": []}, {"key": "b", "says": "b", "clauses": []}]
    return {"code": "K-20", "number": "20", "subject": "扶手", "options": options, "choice": ["a"], "why": "两条都在原文里"}


# what a planted row needs beyond what its field types say: model -> {field: value, or a function of the household}
FACTS: dict[str, dict[str, Any]] = {
    "parties.FamiliarityStandard": {"facts": {"residents": 12}, "target": 1},
    "staff.Member": {"user": None},  # the planted users are residents
    "parties.Merge": {"moved": {}, "filled": []},
    "standards.Occurrence": {"evidence": [], "state": "done"},
    "files.File": {
        "about_type": "estate.Place",
        "about_id": lambda home: home["estate.Place"].pk,
        "media_type": "text/plain",
        "storage_key": lambda home: stored(home),
        "thumbnail_key": lambda home: stored(home),
    },
    "standards.Adoption": {"began_on": DAY, "ended_on": None},
    "standards.Clause": {
        "code": "A-203",
        "kind": "cadence",
        "params": "times=1;per=day",
        "target": {"of": "estate"},
        "evidence": ["checklist"],
        "settings": {},
        "settings_by": "document",
    },
    "standards.Override": {"code": "K-20", "values": {"choice": ["b"]}, "began_on": DAY, "ended_on": None, "made_by": None},
    "intake.Batch": {"remarks": [], "counts": {}, "footprint": None},
    "intake.Sheet": {"columns": [], "left_out": [], "sample": ""},
    "intake.Upload": {"content": "5qW85qCLLOaIv+WPtwozLDMwMQo="},
    "standards.Plan": {
        "loaded_by": None,
        "sources": [],
        "parameters": [],
        "conflicts": lambda home: [planted_conflict()],
        "ended_on": None,
    },
}

# models that hold no data of an estate, or whose rows are written by the machinery itself
NOT_PLANTED = {"trail.Command", "trail.Entry", "trail.Head"}
