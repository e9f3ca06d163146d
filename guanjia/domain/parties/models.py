"""People and firms of one estate, what they are to its places, and what they own, need and allow."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from guanjia.domain.parties.states import (
    Basis,
    ClientType,
    Fact,
    Manner,
    NeedKind,
    PartyKind,
    Purpose,
    Relation,
    Species,
    Topic,
    VehicleKind,
)
from guanjia.kernel.fields import Scaled, Sealed


class Party(models.Model):
    """A person, a firm or a body in one estate.

    `initials` holds every pinyin reading of the name, each with a blank before it; `sort_key` orders lists. `client_type` is
    what a client uses the premises for; `born_on` comes from the identity number or from what the person said.
    """

    estate = models.ForeignKey("estate.Estate", models.PROTECT, related_name="parties")
    user = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="parties")
    kind = models.CharField(max_length=8, choices=PartyKind, default=PartyKind.PERSON)
    client_type = models.CharField(max_length=10, choices=ClientType, blank=True)
    name = models.CharField(max_length=80)
    initials = models.CharField(max_length=320, blank=True)
    sort_key = models.CharField(max_length=128, blank=True)
    sex = models.CharField(max_length=1, blank=True)
    born_on = models.DateField(null=True)
    id_kind = models.CharField(max_length=20, blank=True)
    id_number = Sealed(blank=True, default="")
    id_index = models.CharField(max_length=32, blank=True)
    id_tail_index = models.CharField(max_length=32, blank=True)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="merged")
    ended_on = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [
            models.Index(fields=["estate", "name"], name="parties_party_name"),
            models.Index(fields=["estate", "sort_key"], name="parties_party_sort"),
            models.Index(fields=["estate", "initials"], name="parties_party_initials"),
            models.Index(fields=["estate", "id_index"], name="parties_party_id"),
            models.Index(fields=["estate", "id_tail_index"], name="parties_party_id_tail"),
        ]

    def __str__(self) -> str:
        return f"party {self.pk}"


class Phone(models.Model):
    """A number of a party: sealed, searchable by exact value and by its last four digits. The lowest rank is called first."""

    estate = models.ForeignKey("estate.Estate", models.PROTECT, related_name="+")
    party = models.ForeignKey(Party, models.CASCADE, related_name="phones")
    number = Sealed()
    number_index = models.CharField(max_length=32)
    tail_index = models.CharField(max_length=32)
    note = models.CharField(max_length=20, blank=True)
    rank = models.PositiveSmallIntegerField(default=1)
    ended_on = models.DateField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["estate", "party", "number_index"], name="parties_phone_number")]
        indexes = [
            models.Index(fields=["estate", "number_index"], name="parties_phone_exact"),
            models.Index(fields=["estate", "tail_index"], name="parties_phone_tail"),
        ]

    def __str__(self) -> str:
        return f"phone {self.pk}"


class Occupancy(models.Model):
    """What a party is to a place from a day to a day, the end not included. `share` is a fraction of ownership.

    No `began_on` means that nobody knows since when.
    """

    estate = models.ForeignKey("estate.Estate", models.PROTECT, related_name="+")
    place = models.ForeignKey("estate.Place", models.PROTECT, related_name="occupancies")
    party = models.ForeignKey(Party, models.PROTECT, related_name="occupancies")
    relation = models.CharField(max_length=12, choices=Relation)
    share = Scaled(6, null=True)
    note = models.CharField(max_length=20, blank=True)
    began_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["estate", "place", "party", "relation"], condition=Q(ended_on=None), name="parties_occupancy_present"
            ),
            models.CheckConstraint(condition=Q(share=None) | Q(share__gt=0, share__lte=1), name="parties_occupancy_share"),
            models.CheckConstraint(
                condition=Q(began_on=None) | Q(ended_on=None) | Q(ended_on__gte=F("began_on")), name="parties_occupancy_days"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party_id} {self.relation} of {self.place_id}"


class Need(models.Model):
    """What whoever goes there must know (特殊需求, 服务提醒). Health is sensitive: the text is sealed."""

    estate = models.ForeignKey("estate.Estate", models.PROTECT, related_name="+")
    place = models.ForeignKey("estate.Place", models.PROTECT, related_name="+")
    party = models.ForeignKey(Party, models.PROTECT, null=True, related_name="needs")
    kind = models.CharField(max_length=12, choices=NeedKind)
    text = Sealed()
    noted_by = models.ForeignKey("staff.Member", models.PROTECT, null=True, related_name="+")
    began_on = models.DateField()
    ended_on = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [models.Index(fields=["estate", "place"], name="parties_need_place")]

    def __str__(self) -> str:
        return f"need {self.pk}"


class Preference(models.Model):
    """How somebody likes to be served, spoken to and reached."""

    estate = models.ForeignKey("estate.Estate", models.PROTECT, related_name="+")
    party = models.ForeignKey(Party, models.PROTECT, related_name="preferences")
    topic = models.CharField(max_length=12, choices=Topic)
    text = models.CharField(max_length=200)
    began_on = models.DateField()
    ended_on = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return f"preference {self.pk}"


class Vehicle(models.Model):
    """A vehicle of a household. The plate is sealed; never a key. An electric bicycle may have none."""

    estate = models.ForeignKey("estate.Estate", models.PROTECT, related_name="+")
    party = models.ForeignKey(Party, models.PROTECT, null=True, related_name="vehicles")
    place = models.ForeignKey("estate.Place", models.PROTECT, null=True, related_name="+")
    space = models.ForeignKey("estate.Place", models.PROTECT, null=True, related_name="+")
    kind = models.CharField(max_length=12, choices=VehicleKind, default=VehicleKind.CAR)
    plate = Sealed(blank=True, default="")
    plate_index = models.CharField(max_length=32, blank=True)
    plate_tail_index = models.CharField(max_length=32, blank=True)
    plate_form = models.CharField(max_length=12, blank=True)
    model = models.CharField(max_length=40, blank=True)
    colour = models.CharField(max_length=20, blank=True)
    began_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["estate", "plate_index"], condition=Q(ended_on=None) & ~Q(plate_index=""), name="parties_vehicle_plate"
            ),
        ]
        indexes = [
            models.Index(fields=["estate", "plate_tail_index"], name="parties_vehicle_tail"),
            models.Index(fields=["estate", "place"], name="parties_vehicle_place"),
        ]

    def __str__(self) -> str:
        return f"vehicle {self.pk}"


class Pet(models.Model):
    """An animal of a household; a dog with its licence and the day until which it is vaccinated."""

    estate = models.ForeignKey("estate.Estate", models.PROTECT, related_name="+")
    place = models.ForeignKey("estate.Place", models.PROTECT, related_name="+")
    party = models.ForeignKey(Party, models.PROTECT, null=True, related_name="pets")
    species = models.CharField(max_length=8, choices=Species)
    name = models.CharField(max_length=20, blank=True)
    breed = models.CharField(max_length=40, blank=True)
    licence = models.CharField(max_length=40, blank=True)
    vaccinated_until = models.DateField(null=True)
    began_on = models.DateField()
    ended_on = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [models.Index(fields=["estate", "place"], name="parties_pet_place")]

    def __str__(self) -> str:
        return f"pet {self.pk}"


class Consent(models.Model):
    """What a party allowed, on which basis, and until when. Withdrawing ends the row; it is never deleted."""

    estate = models.ForeignKey("estate.Estate", models.PROTECT, related_name="+")
    party = models.ForeignKey(Party, models.PROTECT, related_name="consents")
    purpose = models.CharField(max_length=10, choices=Purpose)
    basis = models.CharField(max_length=10, choices=Basis)
    wording = models.CharField(max_length=200)
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["estate", "party", "purpose"], condition=Q(withdrawn_at=None), name="parties_consent_present"),
        ]

    def __str__(self) -> str:
        return f"consent {self.pk}"


class Merge(models.Model):
    """Two records found to be one party: `moved` names the rows that changed hands, `filled` the facts taken over.

    Undoing moves exactly these back. Neither record is ever deleted.
    """

    estate = models.ForeignKey("estate.Estate", models.PROTECT, related_name="+")
    kept = models.ForeignKey(Party, models.PROTECT, related_name="merges")
    merged = models.ForeignKey(Party, models.PROTECT, related_name="+")
    moved = models.JSONField(default=dict)
    filled = models.JSONField(default=list)
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["estate", "merged"], condition=Q(undone_at=None), name="parties_merge_present"),
            models.CheckConstraint(condition=~Q(kept=F("merged")), name="parties_merge_two"),
        ]

    def __str__(self) -> str:
        return f"{self.merged_id} into {self.kept_id}"


class Distinct(models.Model):
    """Somebody looked and found that two alike records are two parties; they are not proposed again. `one` < `other`."""

    estate = models.ForeignKey("estate.Estate", models.PROTECT, related_name="+")
    one = models.ForeignKey(Party, models.CASCADE, related_name="+")
    other = models.ForeignKey(Party, models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["estate", "one", "other"], name="parties_distinct_pair"),
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="parties_distinct_order"),
        ]

    def __str__(self) -> str:
        return f"{self.one_id} is not {self.other_id}"


class Confirmation(models.Model):
    """Somebody made sure of one fact about a household on a day; the evidence behind familiarity."""

    estate = models.ForeignKey("estate.Estate", models.PROTECT, related_name="+")
    place = models.ForeignKey("estate.Place", models.PROTECT, related_name="+")
    fact = models.CharField(max_length=12, choices=Fact)
    manner = models.CharField(max_length=8, choices=Manner)
    member = models.ForeignKey("staff.Member", models.PROTECT, null=True, related_name="+")
    confirmed_on = models.DateField()

    class Meta:
        indexes = [models.Index(fields=["estate", "place", "fact", "-confirmed_on"], name="parties_confirmation_last")]

    def __str__(self) -> str:
        return f"{self.fact} of {self.place_id} on {self.confirmed_on}"


class FamiliarityStandard(models.Model):
    """What counts as knowing a household, from a day on: `facts` maps each demanded fact to the months it stays fresh.

    Without `estate` it is the company's; an estate's own goes before. The latest that has begun holds.
    """

    company = models.ForeignKey("estate.Company", models.PROTECT, related_name="+")
    estate = models.ForeignKey("estate.Estate", models.PROTECT, null=True, related_name="+")
    facts = models.JSONField(default=dict)
    target = Scaled(6)
    began_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["company", "began_on"], condition=Q(estate=None), name="parties_familiarity_company_day"),
            models.UniqueConstraint(fields=["estate", "began_on"], condition=~Q(estate=None), name="parties_familiarity_estate_day"),
        ]

    def __str__(self) -> str:
        return f"familiarity from {self.began_on}"
