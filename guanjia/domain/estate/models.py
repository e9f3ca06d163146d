"""Places in one tree, and what stands in them."""

from django.db import models

from guanjia.domain.estate.states import BuildingType, Medium, PlaceKind, VacancyState
from guanjia.kernel.fields import Scaled


class Company(models.Model):
    """A property company."""

    code = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=80)
    short_name = models.CharField(max_length=20, blank=True)

    def __str__(self) -> str:
        return self.name


class Branch(models.Model):
    """A branch or region of a company; may stand under another branch."""

    company = models.ForeignKey(Company, models.PROTECT, related_name="branches")
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    code = models.CharField(max_length=20)
    name = models.CharField(max_length=60)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["company", "code"], name="estate_branch_code")]

    def __str__(self) -> str:
        return self.name


class Estate(models.Model):
    """One managed project (项目, 小区): the partition of everything operational."""

    company = models.ForeignKey(Company, models.PROTECT, related_name="estates")
    branch = models.ForeignKey(Branch, models.PROTECT, null=True, related_name="estates")
    code = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=60)
    address = models.CharField(max_length=120, blank=True)
    hotline = models.CharField(max_length=30, blank=True)
    label_form = models.CharField(max_length=60, default="{building}-{entrance}-{room}")
    began_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return self.name


class Place(models.Model):
    """A node of an estate's tree: phase, building, entrance, floor, premises, parking space, common area, equipment room.

    `path` is the codes from the root, each closed by "/": unique in the estate, and the scope of posts and grids.
    Codes are text: "0301" is not 301. Levels may be missing: a villa has no entrance, a shop no floor.
    """

    estate = models.ForeignKey(Estate, models.PROTECT, related_name="places")
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    kind = models.CharField(max_length=10, choices=PlaceKind)
    building_type = models.CharField(max_length=12, choices=BuildingType, blank=True)
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=80)
    label = models.CharField(max_length=80)
    path = models.CharField(max_length=200)
    sort_key = models.CharField(max_length=120)
    floor_label = models.CharField(max_length=10, blank=True)
    floor_number = models.SmallIntegerField(null=True)
    began_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["estate", "path"], name="estate_place_path")]
        indexes = [
            models.Index(fields=["estate", "kind", "sort_key"], name="estate_place_kind"),
            models.Index(fields=["estate", "label"], name="estate_place_label"),
        ]

    def __str__(self) -> str:
        return self.label


class Premises(models.Model):
    """What is charged and handed over: the facts of a place of kind premises, parking or storage."""

    place = models.OneToOneField(Place, models.CASCADE, primary_key=True, related_name="premises")
    estate = models.ForeignKey(Estate, models.PROTECT, related_name="+")
    area_m2 = Scaled(2, null=True)
    inner_area_m2 = Scaled(2, null=True)
    layout = models.CharField(max_length=40, blank=True)
    usage = models.CharField(max_length=20, blank=True)
    tenure = models.CharField(max_length=12, blank=True)
    delivered_on = models.DateField(null=True)

    def __str__(self) -> str:
        return str(self.place_id)


class Vacancy(models.Model):
    """The use of premises from a date to a date, the end not included; the open row is the present one."""

    estate = models.ForeignKey(Estate, models.PROTECT, related_name="+")
    place = models.ForeignKey(Place, models.CASCADE, related_name="vacancies")
    state = models.CharField(max_length=12, choices=VacancyState)
    began_on = models.DateField()
    ended_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["estate", "place"], condition=models.Q(ended_on=None), name="estate_vacancy_present"),
        ]

    def __str__(self) -> str:
        return f"{self.place_id} {self.state}"


class Equipment(models.Model):
    """One machine or set of the ledger (设备台账)."""

    estate = models.ForeignKey(Estate, models.PROTECT, related_name="equipment")
    place = models.ForeignKey(Place, models.PROTECT, null=True, related_name="equipment")
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=80)
    category = models.CharField(max_length=30)
    maker = models.CharField(max_length=80, blank=True)
    model = models.CharField(max_length=60, blank=True)
    serial = models.CharField(max_length=60, blank=True)
    registration = models.CharField(max_length=60, blank=True)
    in_service_on = models.DateField(null=True)
    warranty_until = models.DateField(null=True)
    inspected_on = models.DateField(null=True)
    inspect_due_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["estate", "code"], name="estate_equipment_code")]
        indexes = [models.Index(fields=["estate", "category"], name="estate_equipment_category")]

    def __str__(self) -> str:
        return self.name


class Meter(models.Model):
    """A meter at a place, or of common parts. A replaced meter ends; the new one names what it replaces."""

    estate = models.ForeignKey(Estate, models.PROTECT, related_name="meters")
    place = models.ForeignKey(Place, models.PROTECT, related_name="meters")
    code = models.CharField(max_length=40)
    medium = models.CharField(max_length=8, choices=Medium)
    multiplier = Scaled(4, default=1)
    first_reading = Scaled(3, default=0)
    last_reading = Scaled(3, null=True)
    read_on = models.DateField(null=True)
    replaces = models.OneToOneField("self", models.PROTECT, null=True, related_name="replaced_by")
    began_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["estate", "medium", "code"], name="estate_meter_code")]

    def __str__(self) -> str:
        return self.code


class Checkpoint(models.Model):
    """A plate on a wall with a QR code that a round scans."""

    estate = models.ForeignKey(Estate, models.PROTECT, related_name="checkpoints")
    place = models.ForeignKey(Place, models.PROTECT, related_name="checkpoints")
    equipment = models.ForeignKey(Equipment, models.PROTECT, null=True, related_name="checkpoints")
    code = models.CharField(max_length=20)
    name = models.CharField(max_length=80)
    token = models.CharField(max_length=24, unique=True)
    ended_on = models.DateField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["estate", "code"], name="estate_checkpoint_code")]

    def __str__(self) -> str:
        return self.code


class Grid(models.Model):
    """A part of the estate that one steward looks after (网格)."""

    estate = models.ForeignKey(Estate, models.PROTECT, related_name="grids")
    code = models.CharField(max_length=20)
    name = models.CharField(max_length=60)
    ended_on = models.DateField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["estate", "code"], name="estate_grid_code")]

    def __str__(self) -> str:
        return self.name


class GridPlace(models.Model):
    """A subtree that belongs to a grid; the deepest entry above a place decides its grid."""

    estate = models.ForeignKey(Estate, models.PROTECT, related_name="+")
    grid = models.ForeignKey(Grid, models.CASCADE, related_name="places")
    place = models.ForeignKey(Place, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["estate", "place"], name="estate_gridplace_place")]

    def __str__(self) -> str:
        return f"{self.grid_id}:{self.place_id}"
