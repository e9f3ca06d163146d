"""Set-based entering of people, telephone numbers, occupancies and vehicles of one estate, for imports.

Somebody is the same person by identity number; else by name and a telephone number; else by name among those who belong to
the same place. Two identity numbers are two people. A cell that is empty never erases what is known. The caller holds the
transaction, has required the permission, and announces once for the whole batch.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable
from datetime import date
from decimal import Decimal
from typing import Any, Protocol

from django.utils.translation import gettext as _

from guanjia.domain.parties.models import Occupancy, Party, Phone, Vehicle
from guanjia.domain.parties.rules import indexes, papers, plates
from guanjia.domain.parties.states import OWNERS, Relation
from guanjia.kernel import bulk, names, phones, vault
from guanjia.kernel.errors import Refusal

WHOLE = 1_000_000
bulk.register(Occupancy, Party, Phone, Vehicle)
_PARTY = (
    *("id", "kind", "name", "initials", "sort_key", "sex", "born_on", "id_kind"),
    *("id_number", "id_index", "id_tail_index"),
)
_PHONE = ("id", "party_id", "number", "number_index", "tail_index", "rank")
_OCCUPANCY = ("id", "place_id", "party_id", "relation", "share", "began_on", "ended_on")
_VEHICLE = (
    *("id", "estate_id", "party_id", "place_id", "space_id", "plate", "plate_index", "plate_tail_index", "plate_form"),
    *("model", "began_on", "ended_on"),
)


class At(Protocol):
    """A place that may not be written yet: its key, and its id once it is (`estate.actions.bulk.Node`)."""

    id: int | None

    def __hash__(self) -> int: ...


class OtherName(Refusal):
    """The identity number belongs to somebody of another name."""

    code, field = "other_name", "name"


class AnotherOwner(Refusal):
    """The place has an owner already, and it is somebody else."""

    code, field = "another_owner", "name"


class TooMuchOwned(Refusal):
    """Together with what is known, the owners would have more than the whole."""

    code, field = "shares_exceed", "share"


class Person:
    """One party: `id` is None until a new one is written."""

    __slots__ = ("id", "id_index", "id_number", "kind", "name", "new_phones", "phones")

    def __init__(self, pk: int | None, kind: str, name: str, id_index: str) -> None:
        self.id = pk
        self.kind = kind
        self.name = name
        self.id_index = id_index
        self.id_number = ""
        self.phones: tuple[str, ...] = ()  # a few at most, of a hundred thousand people
        self.new_phones: tuple[tuple[str, str], ...] = ()


class People:
    """The parties of one estate in memory, and what an import wants of them. `write` carries it out."""

    def __init__(self, estate_id: int) -> None:
        self.estate_id = estate_id
        self.by_id_number: dict[str, Person] = {}
        self.by_phone: dict[tuple[str, str], Person] = {}
        self.at_place: dict[tuple[Hashable, str], Person] = {}
        self.new: list[Person] = []
        self.completed: list[Person] = []
        self.more_phones: list[Person] = []
        self.stays: dict[tuple[Hashable, Person, str], list[Any]] = {}
        self.new_stays: list[tuple[Any, Person, str, int | None, date | None, date | None]] = []
        self.changed_stays: dict[int, dict[str, tuple[Any, Any]]] = {}
        self.past: set[tuple[Any, ...]] = set()
        self.owners: dict[Hashable, dict[Person, int | None]] = defaultdict(dict)
        self.heads: dict[Hashable, Person] = {}
        self.vehicles: dict[str, tuple[int, dict[str, Any]]] = {}
        self.new_vehicles: list[dict[str, Any]] = []
        self.changed_vehicles: list[tuple[int, dict[str, Any], dict[str, Any]]] = []
        self.unchanged = 0
        self._spellings: dict[str, tuple[str, str]] = {}
        self._phone_tails: dict[str, str] = {}
        self._id_tails: dict[str, str] = {}
        self._load()

    def _load(self) -> None:
        estate = {"estate_id": self.estate_id}
        people: dict[int, Person] = {}
        merged: dict[int, int] = {}
        for pk, kind, name, id_index, into, ended in Party.objects.filter(**estate).values_list(
            "pk", "kind", "name", "id_index", "merged_into_id", "ended_on"
        ):
            if into is not None:
                merged[pk] = into
            if into is None and ended is None:
                people[pk] = Person(pk, kind, name, id_index)
        for person in people.values():
            if person.id_index:
                self.by_id_number[person.id_index] = person
        for pk, index in Phone.objects.filter(**estate).values_list("party_id", "number_index"):
            found = people.get(merged.get(pk, pk))
            if found is not None:
                if index not in found.phones:
                    found.phones += (index,)
                self.by_phone.setdefault((found.name, index), found)
        stays = Occupancy.objects.filter(**estate).values_list("pk", "place_id", "party_id", "relation", "share", "began_on", "ended_on")
        for stay, place, party, relation, share, began, ended in stays:
            found = people.get(merged.get(party, party))
            if found is None:
                continue
            millionths = None if share is None else int(Decimal(share) * WHOLE)
            if ended is not None:
                self.past.add((place, found, relation, began, ended))
                continue
            self.stays[place, found, relation] = [stay, millionths, began]
            self.at_place.setdefault((place, found.name), found)
            if relation in OWNERS:
                self.owners[place][found] = millionths
            if relation == Relation.OWNER:
                self.heads[place] = found

    def who(self, *, name: str, kind: str = "", id_number: str | None = None, numbers: Iterable[str] = (), at: Iterable[At] = ()) -> Person:
        """Return the person that a row names, known or new; an identity number and telephone numbers are added to a known one.

        Raises OtherName.
        """
        id_index = indexes.id_number(id_number) if id_number else ""
        phones = [(number, indexes.phone(number)) for number in numbers]
        person = self._find(name, id_index, phones, at)
        if person is None:
            person = Person(None, kind or papers.kind_of(name, id_number or ""), name, id_index)
            person.id_number = id_number or ""
            self.new.append(person)
            if id_index:
                self.by_id_number[id_index] = person
        elif id_index and not person.id_index:
            person.id_index, person.id_number = id_index, id_number or ""
            self.by_id_number[id_index] = person
            if person.id is not None:
                self.completed.append(person)
        for number, index in phones:
            if index not in person.phones:
                person.phones += (index,)
                if person.id is not None and not person.new_phones:
                    self.more_phones.append(person)
                person.new_phones += ((number, index),)
                self.by_phone.setdefault((name, index), person)
        return person

    def _find(self, name: str, id_index: str, phones: list[tuple[str, str]], at: Iterable[At]) -> Person | None:
        if id_index and (person := self.by_id_number.get(id_index)):
            if person.name != name:
                raise OtherName(_("这个证件号已登记为另一个姓名，请核对"))
            return person
        candidates = [self.by_phone.get((name, index)) for _number, index in phones]
        candidates += [self.at_place.get((_key(place), name)) for place in at]
        for person in candidates:
            if person is not None and not (id_index and person.id_index):
                return person
        return None

    def occupy(
        self,
        place: At,
        person: Person,
        relation: str,
        *,
        share: int | None = None,
        began_on: date | None = None,
        ended_on: date | None = None,
    ) -> str:
        """Let somebody be something to a place; return the relation that it became.

        A second owner of a place is a joint owner; another owner than the one who was known before the import is refused, for
        only people can tell a sale from a joint deed. Raises AnotherOwner, TooMuchOwned.
        """
        key = _key(place)
        if relation == Relation.OWNER and ended_on is None:
            relation = self._as_owner(key, person)
        if relation in OWNERS and ended_on is None:
            self._add_up(key, person, share)
        known = self.stays.get((key, person, relation))
        if known is None:
            if ended_on is not None and (key, person, relation, began_on, ended_on) in self.past:
                self.unchanged += 1
                return relation
            if ended_on is None:
                self.stays[key, person, relation] = [None, share, began_on]
                self.at_place.setdefault((key, person.name), person)
            else:
                self.past.add((key, person, relation, began_on, ended_on))
            self.new_stays.append((place, person, relation, share, began_on, ended_on))
            return relation
        stay, share_before, began_before = known
        if stay is None:
            return relation
        wanted: dict[str, tuple[Any, Any]] = {}
        if share is not None and share != share_before:
            wanted["share"] = (share_before, share)
        if began_on is not None and began_on != began_before:
            wanted["began_on"] = (began_before, began_on)
        if ended_on is not None:
            wanted["ended_on"] = (None, ended_on)
        if wanted:
            self.changed_stays.setdefault(stay, {}).update(wanted)
        else:
            self.unchanged += 1
        return relation

    def _as_owner(self, key: Hashable, person: Person) -> str:
        head = self.heads.get(key)
        if head is None or head is person:
            self.heads[key] = person
            return str(Relation.OWNER.value)
        if (key, person, Relation.JOINT_OWNER) in self.stays or self.stays.get((key, head, Relation.OWNER), [None])[0] is None:
            return str(Relation.JOINT_OWNER.value)
        raise AnotherOwner(_("这户登记的业主是另一位。已过户的请先登记原业主迁出，共有的请填“共有人”"))

    def _add_up(self, key: Hashable, person: Person, share: int | None) -> None:
        if share is None and key not in self.owners:  # nothing to add to nothing
            return
        owners = self.owners[key]
        before = owners.get(person)
        owners[person] = share if share is not None else before
        known = [part for part in owners.values() if part is not None]
        if sum(known) > WHOLE + len(known):
            owners[person] = before
            raise TooMuchOwned(_("加上已登记的业主，这户的份额超过 100%%") % {})

    def drive(self, *, plate: str, person: Person | None, place: At | None, space: At | None, **facts: Any) -> None:
        """Register a vehicle, or complete the known one of that plate. `facts`: model, began_on, ended_on."""
        if not self.vehicles and not self.new_vehicles:
            self._load_vehicles()
        index = indexes.plate(plate)
        known = self.vehicles.get(index)
        if known is None:
            self.new_vehicles.append({"plate": plate, "index": index, "party": person, "place": place, "space": space, **facts})
            return
        pk, before = known
        wanted: dict[str, Any] = {name: value for name, value in facts.items() if value is not None and before[name] != value}
        for name, thing in (("party_id", person), ("place_id", place), ("space_id", space)):
            if thing is not None and (thing.id is None or thing.id != before[name]):
                wanted[name] = thing
        if wanted:
            self.changed_vehicles.append((pk, wanted, before))
        else:
            self.unchanged += 1

    def _load_vehicles(self) -> None:
        fields = ("party_id", "place_id", "space_id", "model", "began_on", "ended_on")
        for pk, index, *rest in Vehicle.objects.filter(estate_id=self.estate_id, ended_on=None).values_list("pk", "plate_index", *fields):
            if index:
                self.vehicles[index] = (pk, dict(zip(fields, rest, strict=True)))

    def counts(self) -> dict[str, int]:
        """Return how many rows would be entered and changed."""
        return {
            "parties": len(self.new),
            "phones": sum(len(person.new_phones) for person in (*self.new, *self.more_phones)),
            "occupancies": len(self.new_stays),
            "vehicles": len(self.new_vehicles),
            "changed": len(self.completed) + len(self.changed_stays) + len(self.changed_vehicles),
        }

    def write(self, *, on: date) -> bulk.Footprint:
        """Enter the new rows, complete the known ones; places that occupancies name must have been written before."""
        del on
        footprint = bulk.Footprint()
        for person, pk in zip(self.new, bulk.take_ids(Party, len(self.new)), strict=True):
            person.id = pk
        estate = {"estate_id": self.estate_id}
        bulk.insert(Party, _PARTY, map(self._party_row, self.new), same=estate)
        footprint.note(Party, [person.id for person in self.new if person.id])
        self._complete(footprint)
        self._write_phones(footprint)
        self._write_stays(footprint)
        self._write_vehicles(footprint)
        return footprint

    def _party_row(self, person: Person) -> tuple[Any, ...]:
        kind, number, index, tail_index, born_on, sex = papers.columns(person.id_number, person.id_index, person.kind, self._id_tails)
        return (
            *(person.id, person.kind, person.name, *self._spelled(person.name)),
            *(sex, bulk.day(born_on), kind, number, index, tail_index),
        )

    def _spelled(self, name: str) -> tuple[str, str]:
        """Return initials and sort key of a name; in a large estate most names occur more than once."""
        spelled = self._spellings.get(name)
        if spelled is None:
            spelled = self._spellings[name] = (names.initials(name), names.sort_key(name))
        return spelled

    def _complete(self, footprint: bulk.Footprint) -> None:
        columns = ("id_kind", "id_number", "id_index", "id_tail_index")
        for person in self.completed:
            kind, number, index, tail_index, _born_on, _sex = papers.columns(person.id_number, person.id_index, person.kind)
            bulk.update(Party, columns, [(kind, number, index, tail_index, person.id)])
            changed = zip(columns, (kind, number, index, tail_index), strict=True)
            footprint.changed += [bulk.Change("parties.Party", person.id or 0, column, "", value) for column, value in changed]

    def _write_phones(self, footprint: bulk.Footprint) -> None:
        people = [*(person for person in self.new if person.new_phones), *self.more_phones]
        ids = bulk.take_ids(Phone, sum(len(person.new_phones) for person in people))
        bulk.insert(Phone, _PHONE, self._phone_rows(people, iter(ids)), same={"estate_id": self.estate_id})
        footprint.note(Phone, ids)

    def _phone_rows(self, people: list[Person], ids: Any) -> Iterable[tuple[Any, ...]]:
        for person in people:
            first = len(person.phones) - len(person.new_phones) + 1
            for rank, (number, index) in enumerate(person.new_phones, start=first):
                sealed = vault.seal(number, context="parties.Phone.number")
                yield next(ids), person.id, sealed, index, self._phone_tail(number), rank

    def _phone_tail(self, number: str) -> str:
        """Return the index of the last four digits: there are ten thousand of them, each is worked out once."""
        tail = phones.tail(number)
        index = self._phone_tails.get(tail)
        if index is None:
            index = self._phone_tails[tail] = indexes.phone_tail(tail)
        return index

    def _write_stays(self, footprint: bulk.Footprint) -> None:
        ids = bulk.take_ids(Occupancy, len(self.new_stays))
        day = bulk.day
        rows = (
            (pk, place.id, person.id, relation, share, day(began_on), day(ended_on))
            for pk, (place, person, relation, share, began_on, ended_on) in zip(ids, self.new_stays, strict=True)
        )
        bulk.insert(Occupancy, _OCCUPANCY, rows, same={"estate_id": self.estate_id})
        footprint.note(Occupancy, ids)
        for pk, wanted in self.changed_stays.items():
            for column, (before, after) in wanted.items():
                bulk.update(Occupancy, [column], [(_stored(after), pk)])
                footprint.changed.append(bulk.Change("parties.Occupancy", pk, column, _plain(before), _plain(after)))

    def _write_vehicles(self, footprint: bulk.Footprint) -> None:
        ids = bulk.take_ids(Vehicle, len(self.new_vehicles))
        rows = [self._vehicle_row(pk, car) for pk, car in zip(ids, self.new_vehicles, strict=True)]
        bulk.insert(Vehicle, _VEHICLE, rows)
        footprint.note(Vehicle, ids)
        for pk, wanted, before in self.changed_vehicles:
            for column, value in wanted.items():
                after = value.id if column.endswith("_id") else value
                bulk.update(Vehicle, [column], [(_stored(after), pk)])
                footprint.changed.append(
                    bulk.Change("parties.Vehicle", pk, column.removesuffix("_id"), _plain(before[column]), _plain(after))
                )

    def _vehicle_row(self, pk: int, car: dict[str, Any]) -> tuple[Any, ...]:
        holder, place, space = ((thing.id if thing is not None else None) for thing in (car["party"], car["place"], car["space"]))
        sealed = vault.seal(car["plate"], context="parties.Vehicle.plate")
        return (
            *(
                pk,
                self.estate_id,
                holder,
                place,
                space,
                sealed,
                car["index"],
                indexes.plate_tail(car["plate"]),
                plates.judge(car["plate"]).form,
            ),
            *(car.get("model") or "", bulk.day(car.get("began_on")), bulk.day(car.get("ended_on"))),
        )


def _key(place: At) -> Hashable:
    """Return what a place is known by in memory: its id once it has one, itself before."""
    return place.id if place.id is not None else place


def _stored(value: Any) -> Any:
    return bulk.day(value) if isinstance(value, date) else value


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
