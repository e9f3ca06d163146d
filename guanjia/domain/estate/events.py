"""What happened to places, equipment, meters, checkpoints and grids. Ids, codes and values; never names of people."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class CompanyFounded:
    """A property company was entered."""

    said: ClassVar[object] = _("建立公司")
    company_id: int


@dataclass(frozen=True, slots=True)
class BranchOpened:
    """A branch of the company was opened."""

    said: ClassVar[object] = _("设立分支 %(code)s")
    branch_id: int
    code: str


@dataclass(frozen=True, slots=True)
class EstateOpened:
    """An estate was taken on."""

    said: ClassVar[object] = _("建立小区 %(code)s")
    estate_id: int
    code: str


@dataclass(frozen=True, slots=True)
class EstateRevised:
    """Facts of an estate changed; `fields` are their names."""

    said: ClassVar[object] = _("修改小区资料")
    estate_id: int
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlaceAdded:
    """A place was entered in the tree."""

    said: ClassVar[object] = _("新建 %(label)s")
    place_id: int
    kind: str
    label: str


@dataclass(frozen=True, slots=True)
class PlaceRenamed:
    """A place got another code or name; everything below it follows."""

    said: ClassVar[object] = _("%(before)s 更名为 %(after)s")
    place_id: int
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class PlaceEnded:
    """A place ceased to exist on a day."""

    said: ClassVar[object] = _("%(label)s 停用，自 %(ended_on)s")
    place_id: int
    label: str
    ended_on: date


@dataclass(frozen=True, slots=True)
class PremisesRevised:
    """Facts of premises changed: area, layout, usage, delivery. Values before and after, by field."""

    said: ClassVar[object] = _("修改房屋资料")
    place_id: int
    before: dict[str, str]
    after: dict[str, str]


@dataclass(frozen=True, slots=True)
class PremisesSplit:
    """Premises were split; the parts exist from that day."""

    said: ClassVar[object] = _("%(label)s 拆分为 %(labels)s")
    place_id: int
    into: tuple[int, ...]
    label: str
    labels: str
    on: date


@dataclass(frozen=True, slots=True)
class PremisesMerged:
    """Several premises became one."""

    said: ClassVar[object] = _("%(labels)s 合并为 %(label)s")
    place_ids: tuple[int, ...]
    into: int
    label: str
    labels: str
    on: date


@dataclass(frozen=True, slots=True)
class VacancyChanged:
    """The use of premises changed from a day on."""

    said: ClassVar[object] = _("使用状态改为%(state_label)s，自 %(began_on)s")
    place_id: int
    before: str
    state: str
    state_label: str
    began_on: date


@dataclass(frozen=True, slots=True)
class EquipmentAdded:
    """Equipment was entered in the ledger."""

    said: ClassVar[object] = _("设备 %(code)s 建账")
    equipment_id: int
    code: str
    category: str


@dataclass(frozen=True, slots=True)
class EquipmentRevised:
    """Facts of equipment changed; `fields` are their names."""

    said: ClassVar[object] = _("修改设备 %(code)s 资料")
    equipment_id: int
    code: str
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EquipmentStopped:
    """Equipment was taken out of service."""

    said: ClassVar[object] = _("设备 %(code)s 停用，自 %(on)s")
    equipment_id: int
    code: str
    on: date


@dataclass(frozen=True, slots=True)
class EquipmentRestarted:
    """Equipment runs again."""

    said: ClassVar[object] = _("设备 %(code)s 恢复使用，自 %(on)s")
    equipment_id: int
    code: str
    on: date


@dataclass(frozen=True, slots=True)
class EquipmentRetired:
    """Equipment was scrapped."""

    said: ClassVar[object] = _("设备 %(code)s 报废，自 %(on)s")
    equipment_id: int
    code: str
    on: date


@dataclass(frozen=True, slots=True)
class EquipmentInspected:
    """A statutory or customary inspection took place."""

    said: ClassVar[object] = _("设备 %(code)s %(duty_name)s：%(result_label)s（%(done_on)s）")
    equipment_id: int
    code: str
    duty: str
    duty_name: str
    done_on: date
    result: str
    result_label: str
    next_due_on: date | None


@dataclass(frozen=True, slots=True)
class InspectionVoided:
    """A recorded inspection was wrong and does not count."""

    said: ClassVar[object] = _("设备 %(code)s 的检验记录作废")
    inspection_id: int
    equipment_id: int
    code: str


@dataclass(frozen=True, slots=True)
class MeterAdded:
    """A meter was hung."""

    said: ClassVar[object] = _("装表 %(code)s")
    meter_id: int
    code: str
    medium: str


@dataclass(frozen=True, slots=True)
class MeterReplaced:
    """A meter was taken down and another hung in its place."""

    said: ClassVar[object] = _("换表：%(before)s 止码 %(end)s，%(after)s 起码 %(start)s")
    meter_id: int
    successor_id: int
    before: str
    after: str
    end: str
    start: str


@dataclass(frozen=True, slots=True)
class MeterRead:
    """A meter was read."""

    said: ClassVar[object] = _("抄表 %(code)s：%(reading)s（%(read_on)s）")
    meter_id: int
    code: str
    reading: str
    read_on: date


@dataclass(frozen=True, slots=True)
class MeterEnded:
    """A meter was taken down for good."""

    said: ClassVar[object] = _("拆表 %(code)s，止码 %(end)s")
    meter_id: int
    code: str
    end: str


@dataclass(frozen=True, slots=True)
class CheckpointAdded:
    """A checkpoint was set."""

    said: ClassVar[object] = _("设点位 %(code)s")
    checkpoint_id: int
    code: str


@dataclass(frozen=True, slots=True)
class CheckpointReissued:
    """A checkpoint got a new plate; the old one leads nowhere."""

    said: ClassVar[object] = _("点位 %(code)s 换牌")
    checkpoint_id: int
    code: str


@dataclass(frozen=True, slots=True)
class CheckpointEnded:
    """A checkpoint was given up."""

    said: ClassVar[object] = _("撤销点位 %(code)s")
    checkpoint_id: int
    code: str


@dataclass(frozen=True, slots=True)
class GridDrawn:
    """A grid was drawn."""

    said: ClassVar[object] = _("划分网格 %(code)s")
    grid_id: int
    code: str


@dataclass(frozen=True, slots=True)
class GridFilled:
    """The places of a grid changed."""

    said: ClassVar[object] = _("网格 %(code)s 调整范围")
    grid_id: int
    code: str
    place_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class GridEnded:
    """A grid was given up."""

    said: ClassVar[object] = _("撤销网格 %(code)s")
    grid_id: int
    code: str
