"""The library of posts and permission sets that comes with the house (`library/*.toml`). Pure: reads files, no tables."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from guanjia.domain.staff.rules.reporting import Line, lines

FOLDER = Path(__file__).resolve().parent.parent / "library"


@dataclass(frozen=True)
class PermissionSet:
    """Permissions that go together; `names` may hold `app.*` and `*`."""

    code: str
    label: str
    names: tuple[str, ...]
    totp: bool


@dataclass(frozen=True)
class PostDraft:
    """One row of the library. `reports_to` is the source's own text, `lines` what it means."""

    name: str
    name_en: str
    kind: str
    department: str
    reports_to: str
    lines: tuple[Line, ...]
    sets: tuple[str, ...]
    ours: bool


@lru_cache
def permission_sets() -> Mapping[str, PermissionSet]:
    """Return the permission sets by code."""
    read = tomllib.loads((FOLDER / "sets.toml").read_text(encoding="utf-8"))
    return {
        code: PermissionSet(code, facts["label"], tuple(facts["permissions"]), facts.get("totp", False))
        for code, facts in read["sets"].items()
    }


@lru_cache
def posts() -> tuple[PostDraft, ...]:
    """Return the posts in the order of the source table, ours at the end."""
    read = tomllib.loads((FOLDER / "posts.toml").read_text(encoding="utf-8"))
    return tuple(
        PostDraft(
            name=row["name"],
            name_en=row["en"],
            kind=row["kind"],
            department=row.get("department", ""),
            reports_to=row["reports_to"],
            lines=tuple(lines(row["reports_to"], read["aliases"])),
            sets=tuple(row.get("sets", ())),
            ours=row.get("ours", False),
        )
        for row in read["post"]
    )


def granted(sets: Iterable[str], known: Collection[str]) -> list[str]:
    """Return the permissions of the sets, with `app.*` and `*` spelled out over the `known` names, sorted."""
    wanted: set[str] = set()
    for code in sets:
        for name in permission_sets()[code].names:
            if name == "*":
                wanted.update(known)
            elif name.endswith(".*"):
                wanted.update(each for each in known if each.startswith(name[:-1]))
            else:
                wanted.add(name)
    return sorted(wanted)


def needs_totp(sets: Iterable[str]) -> bool:
    """Tell whether one of the sets demands a second factor."""
    return any(permission_sets()[code].totp for code in sets)
