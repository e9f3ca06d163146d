"""Plain builders without randomness, one per noun; each takes what the test cares about and fills in the rest.

They write rows directly: tests may, faces never do. Defaults are fixed, so a test that needs two of a kind names them.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from django.apps import apps

from guanjia.domain.parties.rules import indexes
from guanjia.kernel import names, vault

BEGAN_AT = datetime(2026, 1, 1, tzinfo=UTC)
BEGAN_ON = date(2026, 1, 1)
PASSWORD = "correct horse battery staple"


def model(name: str) -> Any:
    """Return a model class by "app.Model"."""
    return apps.get_model(name)


def company(code: str = "qingyan", name: str = "青岩物业管理有限公司") -> Any:
    return model("estate.Company").objects.create(code=code, name=name, short_name=name[:4])


def estate(company: Any, code: str = "LXG", name: str = "兰溪谷") -> Any:
    return model("estate.Estate").objects.create(company=company, code=code, name=name)


def place(estate: Any, path: str, kind: str = "premises", parent: Any = None, label: str = "", **facts: Any) -> Any:
    """A place at a path such as "3/2/1501/"; the last part is its code."""
    codes = path.strip("/").split("/")
    label = label or "-".join(codes)
    return model("estate.Place").objects.create(
        estate=estate,
        parent=parent,
        kind=kind,
        code=codes[-1],
        name=facts.pop("name", codes[-1]),
        label=label,
        path=path,
        sort_key=".".join(code.rjust(5, "0") for code in codes),
        **facts,
    )


def flat(estate: Any, path: str = "3/2/1501/", parent: Any = None, **facts: Any) -> Any:
    """Premises with an area."""
    made = place(
        estate, path, parent=parent, floor_label=facts.pop("floor_label", "15"), floor_number=facts.pop("floor_number", 15), **facts
    )
    model("estate.Premises").objects.create(place=made, estate=estate, area_m2="118.62", usage="住宅")
    return made


def user(login: str | None, name: str, password: str = PASSWORD, phone: str = "") -> Any:
    """Somebody who can sign in: staff with a login, a resident with a phone."""
    index = vault.blind(phone, context="accounts.User.phone") or None
    made = model("accounts.User")(login=login, name=name, began_at=BEGAN_AT, phone=phone, phone_index=index)
    made.set_password(password)
    made.save()
    return made


def post(company: Any, code: str, permissions: Any = (), **facts: Any) -> Any:
    return model("staff.Post").objects.create(company=company, code=code, name=code, permissions=sorted(permissions), **facts)


def member(company: Any, login: str, name: str, post: Any = None, user: Any = None, **scope: Any) -> Any:
    """A member with a user; `scope` names where the post is held: estate=, branch=, place=, or nothing for the company."""
    made = model("staff.Member").objects.create(company=company, user=user, number=login, name=name, hired_on=BEGAN_ON)
    if post is not None:
        model("staff.Appointment").objects.create(member=made, post=post, began_on=BEGAN_ON, **scope)
    return made


def party(estate: Any, name: str, phone: str = "", user: Any = None, **facts: Any) -> Any:
    """A person known at an estate, with a phone if given."""
    made = model("parties.Party").objects.create(estate=estate, user=user, **{**names.columns(name), **facts})
    if phone:
        phone_of(made, phone)
    return made


def phone_of(party: Any, number: str, **facts: Any) -> Any:
    return model("parties.Phone").objects.create(
        estate=party.estate,
        party=party,
        number=number,
        number_index=indexes.phone(number),
        tail_index=indexes.phone_tail(number),
        **facts,
    )


def occupancy(place: Any, party: Any, relation: str = "owner", began_on: date = date(2020, 6, 1), ended_on: date | None = None) -> Any:
    return model("parties.Occupancy").objects.create(
        estate_id=place.estate_id, place=place, party=party, relation=relation, began_on=began_on, ended_on=ended_on
    )
