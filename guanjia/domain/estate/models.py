"""Places in one tree, and what stands in them."""

from django.db import models

from guanjia.domain.estate.rules.labels import SHORT
from guanjia.domain.estate.states import (
    EQUIPMENT_MOVES,
    Bearer,
    BuildingType,
    Category,
    EstateType,
    Keeper,
    Medium,
    PlaceKind,
    Result,
    Running,
    Tenure,
    VacancyState,
)
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
    """One managed project (项目, 小区): the partition of everything operational.

    `label_form` is the display template of premises (see `rules.labels`); `short_order` is what the three parts of a
    short form such as 3-2-1501 mean here.
    """

    company = models.ForeignKey(Company, models.PROTECT, related_name="estates")
    branch = models.ForeignKey(Branch, models.PROTECT, null=True, related_name="estates")
    code = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=60)
    address = models.CharField(max_length=120, blank=True)
    hotline = models.CharField(max_length=30, blank=True)
    type = models.CharField(max_length=12, choices=EstateType, default=EstateType.RESIDENTIAL)
    label_form = models.CharField(max_length=60, default=SHORT)
    short_order = models.CharField(max_length=40, default="building-entrance-room")
    began_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return self.name


class Place(models.Model):
    """A node of an estate's tree: phase, building, entrance, floor, premises, parking space, common area, equipment room.

    `path` is the codes from the root, each closed by "/": unique in the estate, and the scope of posts and grids.
    Codes are text: "0301" is not 301. Levels may be missing: a villa has no entrance, a shop no floor.
    `spoken` and `compact` are what people type: 3-2-1501 without the phase, and 321501 (see `rules.labels.keys`).
    `floor_label` is on the lift button, `floor_number` the physical floor: -1 for the first basement, 1.5 for a mezzanine.
    A path is unique among the present places; one that ended may share its path with a successor.
    """

    estate = models.ForeignKey(Estate, models.PROTECT, related_name="places")
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    kind = models.CharField(max_length=10, choices=PlaceKind)
    building_type = models.CharField(max_length=12, choices=BuildingType, blank=True)
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=80)
    label = models.CharField(max_length=80)
    path = models.CharField(max_length=200)
    sort_key = models.CharField(max_length=200)
    spoken = models.CharField(max_length=80, blank=True)
    compact = models.CharField(max_length=80, blank=True)
    floor_label = models.CharField(max_length=10, blank=True)
    floor_number = Scaled(1, null=True)
    began_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["estate", "path"], condition=models.Q(ended_on=None), name="estate_place_present_path"),
        ]
        indexes = [
            models.Index(fields=["estate", "kind", "sort_key"], name="estate_place_kind"),
            models.Index(fields=["estate", "path"], name="estate_place_path_all"),
            models.Index(fields=["estate", "code"], name="estate_place_code"),
            models.Index(fields=["estate", "spoken"], name="estate_place_spoken"),
            models.Index(fields=["estate", "compact"], name="estate_place_compact"),
        ]

    def __str__(self) -> str:
        return self.label


class Alias(models.Model):
    """Another way to find a place: the upper code of a duplex, the number it had before it was renamed."""

    estate = models.ForeignKey(Estate, models.PROTECT, related_name="+")
    place = models.ForeignKey(Place, models.CASCADE, related_name="aliases")
    label = models.CharField(max_length=80)
    spoken = models.CharField(max_length=80)
    compact = models.CharField(max_length=80)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["estate", "place", "spoken"], name="estate_alias_spoken")]
        indexes = [
            models.Index(fields=["estate", "spoken"], name="estate_alias_by_spoken"),
            models.Index(fields=["estate", "compact"], name="estate_alias_by_compact"),
        ]

    def __str__(self) -> str:
        return self.label


class Succession(models.Model):
    """One place took over from another: rooms that were split or merged. A chain of these is a room's history."""

    estate = models.ForeignKey(Estate, models.PROTECT, related_name="+")
    before = models.ForeignKey(Place, models.PROTECT, related_name="successions")
    after = models.ForeignKey(Place, models.PROTECT, related_name="ancestry")
    on = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["estate", "before", "after"], name="estate_succession_pair")]

    def __str__(self) -> str:
        return f"{self.before_id} → {self.after_id}"


class Premises(models.Model):
    """What is charged and handed over: the facts of a place of kind premises, parking or storage."""

    place = models.OneToOneField(Place, models.CASCADE, primary_key=True, related_name="premises")
    estate = models.ForeignKey(Estate, models.PROTECT, related_name="+")
    area_m2 = Scaled(2, null=True)
    inner_area_m2 = Scaled(2, null=True)
    layout = models.CharField(max_length=40, blank=True)
    usage = models.CharField(max_length=20, blank=True)
    tenure = models.CharField(max_length=12, choices=Tenure, blank=True)
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
    """One machine or set of the ledger (设备台账). `inspect_due_on` is the earliest of its open duties.

    `accepted_on` is the day of installation acceptance, from which statutory years count; `inspected_on` the last
    inspection before it came into this ledger (later ones are rows of `Inspection`). Of a lift, `officer` is the
    named safety officer and `rescue_code` the number that a trapped person reads out.
    """

    MOVES = EQUIPMENT_MOVES

    estate = models.ForeignKey(Estate, models.PROTECT, related_name="equipment")
    place = models.ForeignKey(Place, models.PROTECT, null=True, related_name="equipment")
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=80)
    category = models.CharField(max_length=30, choices=Category)
    state = models.CharField(max_length=12, choices=Running, default=Running.IN_SERVICE)
    keeper = models.CharField(max_length=12, choices=Keeper, default=Keeper.COMPANY)
    keeper_name = models.CharField(max_length=80, blank=True)
    officer = models.CharField(max_length=40, blank=True)
    rescue_code = models.CharField(max_length=20, blank=True)
    quantity = models.PositiveIntegerField(default=1)
    maker = models.CharField(max_length=80, blank=True)
    model = models.CharField(max_length=60, blank=True)
    serial = models.CharField(max_length=60, blank=True)
    registration = models.CharField(max_length=60, blank=True)
    accepted_on = models.DateField(null=True)
    in_service_on = models.DateField(null=True)
    stopped_on = models.DateField(null=True)
    permit = models.CharField(max_length=60, blank=True)
    permit_until = models.DateField(null=True)
    warranty_until = models.DateField(null=True)
    inspected_on = models.DateField(null=True)
    inspect_due_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["estate", "code"], name="estate_equipment_code")]
        indexes = [
            models.Index(fields=["estate", "category"], name="estate_equipment_category"),
            models.Index(fields=["estate", "inspect_due_on"], name="estate_equipment_due"),
        ]

    def __str__(self) -> str:
        return self.name


class EquipmentDuty(models.Model):
    """A statutory duty of one piece of equipment: when it was last met and by when it must be met again.

    `due_on` null: the day of acceptance is unknown, so nobody can say; the ledger lists it as 缺日期.
    """

    estate = models.ForeignKey(Estate, models.PROTECT, related_name="+")
    equipment = models.ForeignKey(Equipment, models.CASCADE, related_name="duties")
    code = models.CharField(max_length=30)
    name = models.CharField(max_length=40)
    source = models.CharField(max_length=120)
    law = models.BooleanField()
    done_on = models.DateField(null=True)
    due_on = models.DateField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["estate", "equipment", "code"], name="estate_equipmentduty_code")]
        indexes = [models.Index(fields=["estate", "due_on"], name="estate_equipmentduty_due")]

    def __str__(self) -> str:
        return f"{self.equipment_id} {self.code}"


class Inspection(models.Model):
    """One inspection that took place. Never edited: a wrong one is voided with a reason and recorded anew."""

    estate = models.ForeignKey(Estate, models.PROTECT, related_name="+")
    equipment = models.ForeignKey(Equipment, models.PROTECT, related_name="inspections")
    code = models.CharField(max_length=30)
    done_on = models.DateField()
    result = models.CharField(max_length=8, choices=Result)
    inspector = models.CharField(max_length=80, blank=True)
    report = models.CharField(max_length=60, blank=True)
    next_due_on = models.DateField(null=True)
    note = models.CharField(max_length=200, blank=True)
    voided_because = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["estate", "equipment", "code", "done_on"], condition=models.Q(voided_because=""), name="estate_inspection_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.equipment_id} {self.code} {self.done_on}"


class Meter(models.Model):
    """A meter at a place, or of common parts. A replaced meter ends; the new one names what it replaces."""

    estate = models.ForeignKey(Estate, models.PROTECT, related_name="meters")
    place = models.ForeignKey(Place, models.PROTECT, related_name="meters")
    code = models.CharField(max_length=40)
    medium = models.CharField(max_length=8, choices=Medium)
    bearer = models.CharField(max_length=12, choices=Bearer, default=Bearer.HOUSEHOLD)
    multiplier = Scaled(4, default=1)
    digits = models.PositiveSmallIntegerField(default=6)
    first_reading = Scaled(3, default=0)
    last_reading = Scaled(3, null=True)
    read_on = models.DateField(null=True)
    replaces = models.OneToOneField("self", models.PROTECT, null=True, related_name="replaced_by")
    began_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)

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
    version = models.PositiveIntegerField(default=1)

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
    version = models.PositiveIntegerField(default=1)

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
