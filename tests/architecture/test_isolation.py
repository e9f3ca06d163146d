"""Every address × every person × every household: who gets in, and that nobody sees what is another's."""

from __future__ import annotations

import copy
import io
import logging
import re
import subprocess
import zipfile
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.db.models import Q
from django.urls import URLPattern, URLResolver, get_resolver

from guanjia.kernel.actor import Actor
from tests.architecture import access, isolation
from tests.architecture.access import DOORS, Door
from tests.architecture.isolation import HOUSEHOLDS, IsolatedWorld, Somebody
from tests.conftest import folder_for_files

pytestmark = pytest.mark.django_db
RECIPE = "(docs/recipes/add-a-page.md, step 4)"
MISSING = 987_654_321
GOT_IN = {200, 204, 302, 303, 400, 409, 422}
IN_VAIN = {405}  # the address takes the other method


@pytest.fixture(scope="module")
def isolated(django_db_setup: None, django_db_blocker: Any) -> Iterator[IsolatedWorld]:
    with folder_for_files(), django_db_blocker.unblock(), isolation.built() as world:
        listener = Listener(world.heard)
        logging.getLogger().addHandler(listener)
        yield world
        logging.getLogger().removeHandler(listener)


class Listener(logging.Handler):
    """Keeps what is logged while people knock."""

    def __init__(self, heard: list[str]) -> None:
        super().__init__(logging.INFO)
        self.heard = heard

    def emit(self, record: logging.LogRecord) -> None:
        self.heard.append(record.getMessage())


def urls(patterns: Any = None, prefix: str = "") -> Iterator[tuple[str, str]]:
    """Yield (name with namespace, route) of every URL pattern."""
    for entry in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(entry, URLResolver):
            inside = f"{prefix}{entry.namespace}:" if entry.namespace else prefix
            yield from urls(entry.url_patterns, inside)
        elif isinstance(entry, URLPattern):
            yield f"{prefix}{entry.name}" if entry.name else "", str(entry.pattern)


def test_every_address_has_a_name_and_a_door():
    unnamed = [route for name, route in urls() if not name]
    assert not unnamed, f"give these addresses a name: {unnamed}"
    missing = sorted({name for name, _route in urls()} - DOORS.keys())
    assert not missing, f"who may open {missing}? Add a line for each to tests/architecture/access.py {RECIPE}"


def test_no_door_leads_nowhere():
    gone = sorted(DOORS.keys() - {name for name, _route in urls()})
    assert not gone, f"these addresses no longer exist, take them out of tests/architecture/access.py: {gone}"


def test_every_model_is_planted(isolated):
    assert isolated.unplanted == {}, (
        "no canary row could be made for these models; say in FACTS of tests/architecture/facts.py what their constraints want"
    )


@pytest.mark.parametrize("name", sorted(DOORS))
def test_only_the_right_people_get_in_and_see_only_their_own(isolated, name):
    door, wrong = DOORS[name], []
    for person in isolated.people:
        for household in _tried(door, person):
            wrong += _knock(isolated, door, person, household)
    logged = "\n".join(isolated.heard)
    isolated.heard.clear()
    wrong += [f"the log shows {secret}" for secret in sorted(isolated.secrets) if secret in logged]
    assert not wrong, f"{name} {RECIPE}:\n" + "\n".join(wrong[:20])


def _tried(door: Door, person: Somebody) -> tuple[str, ...]:
    """Return the households whose door the person tries: all four, or one where the row cannot matter."""
    if not about_rows(door):
        return HOUSEHOLDS if "{" in "".join(door.tries) and person.kind in {"staff", "resident"} else ("home",)
    if door.to in {"staff", "machine"} and person.kind != "staff":
        return (person.reach or HOUSEHOLDS)[:1]
    return HOUSEHOLDS


def _methods(door: Door, person: Somebody, household: str) -> tuple[str, ...]:
    """Post at the first door in reach and at the first out of reach; look through all of them."""
    if not about_rows(door):
        return ("GET", "POST") if household == "home" else ()
    out = next((home for home in HOUSEHOLDS if home not in person.reach), "")
    return ("GET", "POST") if household in (*person.reach[:1], out) or len(_tried(door, person)) == 1 else ("GET",)


def _knock(world: IsolatedWorld, door: Door, person: Somebody, household: str) -> Iterator[str]:
    rows = world.households[household].by_name()
    address, body = filled(door, rows)
    expected, why = expectation(door, person, household)
    for method in _methods(door, person, household):
        response = _send(person, method, address, body)
        said = f"{method} {address} ({household}) by {person.name}: {response.status_code}"
        if response.status_code not in expected | IN_VAIN:
            yield f"{said}, expected {sorted(expected)}: {why}"
        elif response.status_code in {301, 302, 303} and person.kind == "nobody" and door.to != "anybody":
            if "sign-in" not in response["Location"]:
                yield f"{said}, but leads to {response['Location']}, not to a sign-in page"
        elif _hides(door, expected, response) and _words_of_nothing(world, door, person, method) != _words(response, address):
            yield f"{said}, but in other words than for a number that does not exist"
        told = told_of(household) if door.tells else set()
        yield from _leaks(world, door, person, _text(response).replace(address, ""), said, method, told)
    for query in door.tries if expected & {200} else ():
        if household != "home" and "{" not in query:
            continue
        response = _send(person, "GET", address + query.format(**rows), {})
        said = f"GET {address}{query.format(**rows)} ({household}) by {person.name}: {response.status_code}"
        if response.status_code >= 500:
            yield f"{said}, which is a bug"
        yield from _leaks(world, door, person, _text(response).replace(query.format(**rows), ""), said, "GET")


def _hides(door: Door, expected: set[int], response: Any) -> bool:
    """Tell whether a row must look as if it did not exist."""
    return expected == {404} == {response.status_code} and door.alike and "{" in door.address


def _words_of_nothing(world: IsolatedWorld, door: Door, person: Somebody, method: str) -> str:
    """Return what the person is told at this door about rows that do not exist."""
    kept = (door.address, person.name, method)
    if kept not in world.nothing:
        address, body = filled(door, {label: Nothing() for label in world.households["home"].by_name()})
        world.nothing[kept] = _words(_send(person, method, address, body), address)
    return world.nothing[kept]


def expectation(door: Door, person: Somebody, household: str) -> tuple[set[int], str]:
    """Return the statuses that are right for this person at this household's door, and why."""
    if door.to == "anybody":
        return GOT_IN | {404}, "anybody may come"
    if person.kind == "nobody" or (door.to == "machine" and person.kind != "staff"):
        return {401} if door.to == "machine" else {302, 401}, "strangers sign in first"
    if door.to == "resident":
        if person.kind != "resident":
            return {302, 404}, "only residents live here"
        if about_rows(door) and household not in person.reach:
            return {404}, "another household"
        return GOT_IN, "it is theirs"
    if person.kind != "staff":
        return {404} if door.address != "/" else {302, 404}, "only staff work here"
    if door.needs and door.needs not in person.may:
        return ({403, 404} if household in person.reach or not about_rows(door) else {404}), f"holds no {door.needs}"
    if door.own:
        return {404}, "somebody else's"
    level = level_of(door)
    if level == "nothing" and door.company and not person.whole_company:
        return {403, 404}, "a post over a part of the company"
    if level == "nothing" and door.whole and not person.whole_estate:
        return {403, 404}, "a post over a part of the estate"
    if level == "nothing":
        return GOT_IN, f"holds {door.needs or 'any post'}"
    near = {
        "household": set(person.reach),
        "estate": {home for home in HOUSEHOLDS if isolation.ESTATE_OF[home] in {isolation.ESTATE_OF[own] for own in person.reach}},
        "company": {home for home in HOUSEHOLDS if isolation.COMPANY_OF[home] in {isolation.COMPANY_OF[own] for own in person.reach}},
    }[level]
    if household not in near:
        return {404}, "out of reach"
    if level == "household" or (person.whole_estate and level == "estate"):
        return GOT_IN, f"holds {door.needs or 'any post'} there"
    if level == "estate" and door.part is not None:
        return (GOT_IN if door.part else {403, 404}), "a post over a part of the estate"
    return GOT_IN | {403, 404}, "of the company or the whole estate"


def level_of(door: Door) -> str:
    """Return whose the rows of the address are; the nearest decides."""
    from django.apps import apps

    models = {model._meta.model_name: model for model in apps.get_models() if model.__module__.startswith("guanjia.domain")}
    names = re.findall(r"{(\w+)[.!}]", door.address + " ".join(str(value) for value in door.body.values()))
    levels = {isolation.level_of(models[name]) if name in models else "household" for name in names}
    return next((level for level in ("household", "estate", "company") if level in levels), "nothing")  # the site's is everybody's


def about_rows(door: Door) -> bool:
    return level_of(door) != "nothing"


def filled(door: Door, rows: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """Return the address and the posted body with the rows filled in."""
    body = {name: value.format(**rows) if isinstance(value, str) else value for name, value in door.body.items()}
    return door.address.format(**rows), body


class Nothing:
    """Stands for a row that does not exist."""

    def __getattr__(self, name: str) -> Any:
        return MISSING if name in {"pk", "id"} or name.endswith("_id") else f"QN{MISSING}"


def _send(person: Somebody, method: str, address: str, body: dict[str, Any]) -> Any:
    """Send one request and undo whatever it did."""
    kept = copy.deepcopy(person.client.cookies)
    with transaction.atomic():
        token = {"Authorization": f"Bearer {person.token}"} if address.startswith("/api/") else {}
        ask = person.client.get if method == "GET" else person.client.post
        response = ask(address, body if method == "POST" else None, headers=token)
        transaction.set_rollback(True)
    person.client.cookies = kept  # signing out takes them away
    return response


def _words(response: Any, address: str) -> str:
    """Return the answer without what differs at every request: numbers and times, the token against forgery, the address itself."""
    text = _text(response)
    text = re.sub(r'(csrfmiddlewaretoken" value="|X-CSRFToken": ?"|X-CSRFToken&#34;: ?&#34;)\w+', r"\1", text)
    return re.sub(r"\d+", "#", text.replace(address, ""))


def _text(response: Any) -> str:
    body = b"".join(response.streaming_content) if getattr(response, "streaming", False) else response.content
    if body[:5] == b"%PDF-":
        body = subprocess.run(["pdftotext", "-", "-"], input=body, capture_output=True, check=True).stdout
    if body[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            body = b"\n".join(archive.read(member) for member in archive.namelist())
    heads = "\n".join(f"{name}: {value}" for name, value in response.headers.items() if name not in {"Content-Length", "X-Request-Id"})
    return f"{heads}\n{body.decode('utf-8', 'replace')}"


def told_of(household: str) -> set[str]:
    """Return the marks of a household and its estate, which stand where everybody can read them."""
    return {f"QZ{isolation.SHORT[household]}", f"QE{isolation.ESTATE_OF[household].upper()}XX"}


def _leaks(
    world: IsolatedWorld, door: Door, person: Somebody, text: str, said: str, method: str, told: set[str] | None = None
) -> Iterator[str]:
    for mark in sorted(person.forbidden(world) - (told or set())):
        if mark in text:
            yield f"{said} shows {mark}: ...{text[max(0, text.index(mark) - 60) : text.index(mark) + 40]!r}..."
    if not (door.reveals and method == "POST"):
        for secret in sorted(world.secrets):
            if secret in text:
                yield f"{said} shows {secret} in full"


def test_the_table_and_the_words_of_a_door_are_understood():
    assert level_of(access.staff("/places/{place.pk}/")) == "household"
    assert level_of(access.staff("/grids/{grid.pk}/")) == "estate"
    assert level_of(access.staff("/posts/{post.pk}/")) == "company"
    assert level_of(access.staff("/")) == "nothing"


def _without_scope(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Actor, "within", lambda *args, **kwargs: Q())


def _without_permissions(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Actor, "require", lambda *args, **kwargs: None)
    monkeypatch.setattr(Actor, "may", lambda *args, **kwargs: True)
    monkeypatch.setattr(Actor, "holding", lambda self, permission: list(self.grants))


def _with_residents_as_staff(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("guanjia.domain.staff.queries.actor_for", lambda user, at: Actor(user.pk, "x", member_id=1))


def _with_files_for_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("guanjia.domain.files.ports.subject", lambda actor, about_type, about_id: object())


def _without_sign_in(monkeypatch: pytest.MonkeyPatch) -> None:
    everybody = property(lambda self: True)
    monkeypatch.setattr("django.contrib.auth.models.AnonymousUser.is_authenticated", everybody)
    monkeypatch.setattr("guanjia.domain.staff.queries.actor_for", lambda user, at: Actor(None, "x", member_id=1))


@pytest.mark.parametrize(
    ("sabotage", "name"),
    [
        (_without_scope, "files"),
        (_without_permissions, "console:trail"),
        (_with_residents_as_staff, "console:account"),
        (_with_files_for_all, "file"),
        (_without_sign_in, "console:account-tokens"),
    ],
)
def test_a_wall_that_is_taken_away_is_missed(isolated, monkeypatch, sabotage, name):
    """The knocking itself is tested: without the wall that it leans on, the door is found open."""
    isolated.nothing.clear()
    sabotage(monkeypatch)
    door = DOORS[name]
    wrong = [said for person in isolated.people for household in _tried(door, person) for said in _knock(isolated, door, person, household)]
    isolated.nothing.clear()
    assert wrong
