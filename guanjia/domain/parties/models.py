"""People and firms of one estate, what they are to its places, and what they own and need."""

from django.db import models

from guanjia.domain.parties.states import PartyKind, Relation
from guanjia.kernel.fields import Scaled, Sealed


class Party(models.Model):
    """A person or a firm in one estate. `initials` holds every pinyin reading of the name, separated by spaces."""

    estate = models.ForeignKey("estate.Estate", models.PROTECT, related_name="parties")
    user = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="parties")
    kind = models.CharField(max_length=8, choices=PartyKind, default=PartyKind.PERSON)
    name = models.CharField(max_length=80)
    initials = models.CharField(max_length=120, blank=True)
    id_kind = models.CharField(max_length=20, blank=True)
    id_number = Sealed(blank=True, default="")
    id_index = models.CharField(max_length=32, blank=True)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="merged")
    ended_on = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [
            models.Index(fields=["estate", "name"], name="parties_party_name"),
            models.Index(fields=["estate", "id_index"], name="parties_party_id"),
        ]

    def __str__(self) -> str:
        return f"party {self.pk}"


class Phone(models.Model):
    """A number of a party: sealed, searchable by exact value and by its last four digits."""

    estate = models.ForeignKey("estate.Estate", models.PROTECT, related_name="+")
    party = models.ForeignKey(Party, models.CASCADE, related_name="phones")
    number = Sealed()
    number_index = models.CharField(max_length=32)
    tail_index = models.CharField(max_length=32)
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
    """What a party is to a place from a day to a day, the end not included. `share` is a fraction of ownership."""

    estate = models.ForeignKey("estate.Estate", models.PROTECT, related_name="+")
    place = models.ForeignKey("estate.Place", models.PROTECT, related_name="occupancies")
    party = models.ForeignKey(Party, models.PROTECT, related_name="occupancies")
    relation = models.CharField(max_length=12, choices=Relation)
    share = Scaled(6, null=True)
    began_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["estate", "place", "party", "relation"], condition=models.Q(ended_on=None), name="parties_occupancy_present"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party_id} {self.relation} of {self.place_id}"


class Vehicle(models.Model):
    """A vehicle of a household. The plate is sealed; never a key."""

    estate = models.ForeignKey("estate.Estate", models.PROTECT, related_name="+")
    party = models.ForeignKey(Party, models.PROTECT, null=True, related_name="vehicles")
    place = models.ForeignKey("estate.Place", models.PROTECT, null=True, related_name="+")
    space = models.ForeignKey("estate.Place", models.PROTECT, null=True, related_name="+")
    plate = Sealed()
    plate_index = models.CharField(max_length=32)
    plate_tail_index = models.CharField(max_length=32)
    model = models.CharField(max_length=40, blank=True)
    began_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["estate", "plate_index"], condition=models.Q(ended_on=None), name="parties_vehicle_plate"),
        ]
        indexes = [models.Index(fields=["estate", "plate_tail_index"], name="parties_vehicle_tail")]

    def __str__(self) -> str:
        return f"vehicle {self.pk}"
