"""A world of four households in three estates of two companies, full of canaries, and the people who try every door.

Every text that a row can hold carries a token that says whose row it is (`QZHOM`: home, `QPABR`: a person abroad …).
Rows are planted in every model of the domain by looking at its fields, so a new model needs nothing here. If it cannot
be planted that way, say in `tests/architecture/facts.py` which values its constraints want.
"""

from __future__ import annotations

import contextlib
import copy
import datetime as dt
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db import DataError, IntegrityError, models, transaction
from django.test import Client

from guanjia.domain.accounts.rules import digest
from guanjia.kernel import permissions
from guanjia.kernel.fields import Scaled, Sealed
from tests import make
from tests.architecture.facts import FACTS, NOT_PLANTED

DAY, MOMENT = dt.date(2026, 1, 1), dt.datetime(2026, 1, 1, tzinfo=dt.UTC)

HOUSEHOLDS = ("home", "next_door", "abroad", "alien")
ESTATE_OF = {"home": "a", "next_door": "a", "abroad": "b", "alien": "c"}
COMPANY_OF = {"home": "1", "next_door": "1", "abroad": "1", "alien": "2"}
SHORT = {"home": "HOM", "next_door": "NEX", "abroad": "ABR", "alien": "ALN"}


@dataclass
class Household:
    """One planted row of every model, and what may never be shown in full."""

    name: str
    rows: dict[str, Any] = field(default_factory=dict)

    @property
    def number(self) -> int:
        return HOUSEHOLDS.index(self.name)

    @property
    def mark(self) -> str:
        return f"QZ{SHORT[self.name]}"

    @property
    def secrets(self) -> set[str]:
        return {self.phone, self.plate, self.paper}

    @property
    def phone(self) -> str:
        return f"1391111700{self.number}"

    @property
    def plate(self) -> str:
        return f"浙AQZ70{self.number}"

    @property
    def paper(self) -> str:
        return f"33010619800101700{self.number}"

    def __getitem__(self, label: str) -> Any:
        return self.rows[label]

    def by_name(self) -> dict[str, Any]:
        """Return the rows for an address: `{place.pk}`, `{equipment.code}`."""
        return {label.split(".")[-1].lower(): row for label, row in self.rows.items()}


@dataclass
class Somebody:
    """Who knocks: how far the person reaches, and what the person may do there."""

    name: str
    kind: str  # staff, resident, nobody
    reach: tuple[str, ...] = ()
    may: frozenset[str] = frozenset()
    whole_estate: bool = True  # False: a post over a part of the estate
    whole_company: bool = False  # a post over all estates of the company
    user: Any = None
    token: str = "gj_nobody"
    client: Client = field(default_factory=lambda: Client(raise_request_exception=False))

    def forbidden(self, world: IsolatedWorld) -> set[str]:
        """Return the tokens and secrets that no answer to this person may hold."""
        estates = {ESTATE_OF[home] for home in self.reach}
        companies = {COMPANY_OF[home] for home in self.reach}
        found = {f"QE{letter}XX" for letter in "ABC" if letter.lower() not in estates}
        found |= {f"QC{number}XX" for number in "12" if number not in companies}
        for home in world.households.values():
            if home.name not in self.reach:
                found |= {f"QZ{SHORT[home.name]}", f"QP{SHORT[home.name]}"}
            elif self.kind == "staff" and "parties.view" not in self.may:
                found.add(f"QP{SHORT[home.name]}")
        return found


@dataclass
class IsolatedWorld:
    """Everything planted and everybody who knocks."""

    households: dict[str, Household]
    people: list[Somebody]
    unplanted: dict[str, str]
    heard: list[str] = field(default_factory=list)  # what was logged
    nothing: dict[tuple[str, str, str], str] = field(default_factory=dict)  # what is said of rows that do not exist

    @property
    def secrets(self) -> set[str]:
        return set().union(*(home.secrets for home in self.households.values()))


@contextlib.contextmanager
def built() -> Iterator[IsolatedWorld]:
    """Build the world in a transaction that is undone at the end."""
    with transaction.atomic():
        yield _build()
        transaction.set_rollback(True)


LEVELS = ("household", "estate", "company", "site")
ROOTS = {
    "estate.Place": "household",
    "parties.Party": "household",
    "accounts.User": "household",
    "accounts.ApiToken": "household",
    "accounts.Device": "household",
    "accounts.Session": "household",
    "files.File": "household",
    "estate.Estate": "estate",
    "estate.Company": "company",
}


def level_of(model: type[models.Model]) -> str:
    """Return whose the rows of a model are, by what it points at: a household's (place or party), an estate's, a company's, the site's."""
    label = model._meta.label
    if label in ROOTS:
        return ROOTS[label]
    above = {level_of(apps.get_model(target)) for target in _parents(model) - {label, "accounts.User"}}
    return next((level for level in LEVELS if level in above), "site")


def token(model: type[models.Model], home: Household) -> str:
    """Return the canary of a model's rows in a household: five letters, so that it fits into every column."""
    level = level_of(model)
    if level == "household":
        return f"Q{'P' if model._meta.app_label in {'parties', 'accounts'} else 'Z'}{SHORT[home.name]}"
    if level == "estate":
        return f"QE{ESTATE_OF[home.name].upper()}XX"
    return f"QC{COMPANY_OF[home.name]}XX" if level == "company" else "QSITE"


def _build() -> IsolatedWorld:
    companies = {number: make.company(f"iso{number}", f"QC{number}XX 物业") for number in "12"}
    estates = {
        letter: make.estate(companies[number], f"ISO{letter.upper()}", f"QE{letter.upper()}XX 苑")
        for letter, number in (("a", "1"), ("b", "1"), ("c", "2"))
    }
    households, unplanted = {}, {}
    for name in HOUSEHOLDS:
        home = Household(name)
        estate = estates[ESTATE_OF[name]]
        path = f"{'5' if name == 'next_door' else '3'}/"
        mark = f"QZ{SHORT[name]}"
        building = make.place(estate, path, "building", label=f"{mark} 楼", name=f"{mark} 楼", building_type="high_rise")
        flat = make.flat(estate, f"{path}1501/", parent=building, label=f"{mark}-1501", name=f"{mark} 1501")
        home.rows |= {"estate.Company": estate.company, "estate.Estate": estate, "estate.Place": flat, "estate.Premises": flat.premises}
        home.rows["accounts.User"] = make.user(None, f"QP{SHORT[name]} 住户", phone=home.phone)
        unplanted |= _plant(home, list(households.values()))
        make_occupant(home)
        home.rows["building"] = building
        households[name] = home
    return IsolatedWorld(households, _people(households), unplanted)


def make_occupant(home: Household) -> None:
    """Tie the planted party to the planted user and flat, as an owner from long ago."""
    party = home["parties.Party"]
    type(party).objects.filter(pk=party.pk).update(user=home["accounts.User"])
    occupancies = apps.get_model("parties.Occupancy").objects
    occupancies.filter(party=party).delete()
    home.rows["parties.Occupancy"] = make.occupancy(home["estate.Place"], party)


def _people(homes: dict[str, Household]) -> list[Somebody]:
    every = frozenset(permissions.every())
    ours, theirs = homes["home"]["estate.Company"], homes["alien"]["estate.Company"]
    a, b = homes["home"]["estate.Estate"], homes["abroad"]["estate.Estate"]
    part = homes["home"]["building"]
    view = frozenset(name for name in every if name.endswith(".view"))

    def staff(name: str, company: Any, reach: tuple[str, ...], may: frozenset[str], **scope: Any) -> Somebody:
        login = name.replace("foreign", "f")
        user = make.user(login, name)
        post = make.post(company, login, may)
        make.member(company, login, name, post, user=user, **scope)
        apps.get_model("accounts.ApiToken").objects.create(
            user=user,
            name="iso",
            digest=digest(f"gj_{login}"),
            scopes=sorted(every),
            began_at=MOMENT,
            expires_at=MOMENT + dt.timedelta(days=9999),
        )
        return Somebody(
            name, "staff", reach, may, whole_estate="place" not in scope, whole_company=not scope, user=user, token=f"gj_{login}"
        )

    def resident(name: str, home: str, user: Any) -> Somebody:
        return Somebody(name, "resident", (home,), user=user)

    left = make.user("iso-left", "left")
    make.member(ours, "iso-left", "left", make.post(ours, "iso-left", every), user=left, estate=a)
    apps.get_model("staff.Member").objects.filter(user=left).update(left_on=dt.date(2026, 2, 1))
    moved_out = make.user(None, "moved out", phone="13911117009")
    gone = make.party(a, "QPHOM 前租户", user=moved_out)
    make.occupancy(homes["home"]["estate.Place"], gone, "tenant", ended_on=dt.date(2026, 2, 1))

    people = [
        Somebody("anonymous", "nobody"),
        staff("manager", ours, ("home", "next_door", "abroad"), every),
        staff("supervisor", ours, ("home", "next_door"), every, estate=a),
        staff("steward", ours, ("home",), view, place=part),
        staff("technician", ours, ("home", "next_door"), frozenset({"estate.view"}), estate=a),
        staff("nothing", ours, ("home", "next_door"), frozenset(), estate=a),
        staff("foreign supervisor", ours, ("abroad",), every, estate=b),
        staff("foreign manager", theirs, ("alien",), every),
        Somebody("former member", "former", user=left),
        resident("resident", "home", homes["home"]["accounts.User"]),
        resident("neighbour", "next_door", homes["next_door"]["accounts.User"]),
        resident("foreign resident", "abroad", homes["abroad"]["accounts.User"]),
        Somebody("former tenant", "former", user=moved_out),
    ]
    for person in people:
        if person.user is not None:
            person.client.force_login(person.user)
    return people


def _plant(home: Household, before: list[Household]) -> dict[str, str]:
    """Plant a row of every model that has none yet in this household, parents first. Return what would not grow, and why.

    What belongs to an estate, a company or the site is planted once and shared.
    """
    for other in before:
        for label, row in other.rows.items():
            level = level_of(type(row))
            if (
                level == "site"
                or (level == "company" and COMPANY_OF[other.name] == COMPANY_OF[home.name])
                or (level == "estate" and ESTATE_OF[other.name] == ESTATE_OF[home.name])
            ):
                home.rows.setdefault(label, row)
    waiting = [model for model in apps.get_models() if model.__module__.startswith("guanjia.domain") and model._meta.managed]
    waiting = [model for model in waiting if model._meta.label not in home.rows and model._meta.label not in NOT_PLANTED]
    failed: dict[str, str] = {}
    while waiting:
        labels = {model._meta.label for model in waiting}
        ready = [model for model in waiting if not _parents(model) & (labels - {model._meta.label})]
        for model in ready or waiting:
            waiting.remove(model)
            try:
                with transaction.atomic():
                    home.rows[model._meta.label] = model._base_manager.create(**_facts(model, home))
            except (DataError, IntegrityError, TypeError, ValueError, KeyError) as error:
                failed[model._meta.label] = f"{type(error).__name__}: {error}"
    return failed


def _parents(model: type[models.Model]) -> set[str]:
    return {f.related_model._meta.label for f in model._meta.local_fields if isinstance(f, models.ForeignKey)}


def _facts(model: type[models.Model], home: Household) -> dict[str, Any]:
    wanted = FACTS.get(model._meta.label, {})
    facts: dict[str, Any] = {}
    for f in model._meta.local_fields:
        if f.name in wanted:
            facts[f.name] = wanted[f.name](home) if callable(wanted[f.name]) else wanted[f.name]
        elif isinstance(f, models.ForeignKey):
            row = home.rows.get(f.related_model._meta.label) if f.related_model is not model else None
            if row is None and not f.null:
                raise KeyError(f"no row for {f.name}")
            if row is not None:
                facts[f.name] = _another(row, home) if row in facts.values() else row
        elif not isinstance(f, models.AutoField):
            value = _value(f, model, home)
            if value is not None:
                facts[f.name] = value
    return facts


def _later(f: Any) -> bool:
    return any(word in f.name for word in ("end", "until", "expire", "due"))


def _another(row: Any, home: Household) -> Any:
    """Return the household's second row like this one, for models that join two of a kind."""
    label = f"{row._meta.label}2"
    if label in home.rows:
        return home.rows[label]
    twin = copy.copy(row)
    twin.pk, twin._state = None, type(row._state)()
    for f in row._meta.local_fields:
        if isinstance(f, models.OneToOneField):
            setattr(twin, f.name, None)
        elif isinstance(f, models.DateField) and getattr(row, f.name) is not None:
            setattr(twin, f.name, getattr(row, f.name) + dt.timedelta(days=1))
        elif isinstance(f, models.CharField) and not f.choices:
            setattr(twin, f.name, f"{getattr(row, f.name)}b"[: f.max_length])
    twin.save(force_insert=True)
    home.rows[label] = twin
    return twin


def _value(f: Any, model: type[models.Model], home: Household) -> Any:
    mark = token(model, home)
    if isinstance(f, Sealed):
        if "plate" in f.name:
            return home.plate
        return home.paper if "id_" in f.name or "paper" in f.name else home.phone if f.name in {"phone", "number"} else mark
    if f.choices:
        return None if f.has_default() else f.choices[0][0]
    if isinstance(f, models.UUIDField):
        return uuid.uuid5(uuid.NAMESPACE_OID, f"{model._meta.label}.{f.name}.{home.name}")
    if isinstance(f, models.CharField | models.TextField):
        return f"{mark}{home.number}{f.name if f.unique else ''}"[: f.max_length or 5000]
    if isinstance(f, models.JSONField):
        made = f.get_default() if f.has_default() else {}
        return [mark] if isinstance(made, list) else {"note": mark}
    if f.null or f.has_default():
        return None
    if isinstance(f, Scaled | models.IntegerField):
        return home.number + 1
    if isinstance(f, models.DateTimeField):
        return MOMENT + dt.timedelta(days=30 * _later(f))
    if isinstance(f, models.DateField):
        return DAY + dt.timedelta(days=30 * _later(f))
    if isinstance(f, models.BooleanField):
        return False
    if isinstance(f, models.TimeField):
        return dt.time(9)
    raise TypeError(f"no value for {f.name}")
