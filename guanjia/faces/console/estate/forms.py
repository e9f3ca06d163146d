"""Forms about places, equipment, meters, checkpoints and grids."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from guanjia.domain.estate import states
from guanjia.domain.estate.actions.estates import ORDERS
from guanjia.faces.kit.forms import Form


def day(label: Any, *, required: bool = True, hint: Any = "") -> forms.DateField:
    """Return a field for a day, shown by the browser's own calendar."""
    return forms.DateField(
        label=label, required=required, help_text=hint, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )


def choices(kind: Any, *, empty: Any = None) -> list[tuple[str, Any]]:
    """Return the choices of an enumeration, maybe with a word for none."""
    return [*([("", empty)] if empty is not None else []), *kind.choices]


class Versioned(Form):
    """A form that decides on what the person saw."""

    seen = forms.IntegerField(widget=forms.HiddenInput)


class Keyed(Form):
    """A form that creates: the key makes a second sending harmless."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)


class PlaceForm(Keyed):
    """A new place."""

    kind = forms.ChoiceField(label=_("类型"), choices=states.PlaceKind.choices)
    code = forms.CharField(label=_("编号"), max_length=40, help_text=_("如 3、2、1501、B1-217。编号按文字保存，0301 与 301 不同"))
    name = forms.CharField(label=_("名称"), max_length=80, required=False, help_text=_("不填则按编号起名"))
    building_type = forms.ChoiceField(label=_("楼栋类型"), choices=choices(states.BuildingType, empty="—"), required=False)
    floor_label = forms.CharField(label=_("楼层"), max_length=10, required=False, help_text=_("不填则从房号读出。可写 3A、B1、3.5"))
    also_code = forms.CharField(label=_("复式上层房号"), max_length=40, required=False)
    area_m2 = forms.DecimalField(label=_("建筑面积（㎡）"), max_digits=9, decimal_places=2, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("kind") not in states.HELD:
            cleaned.pop("area_m2", None)
        return cleaned


class NameForm(Versioned):
    """Another code or name."""

    code = forms.CharField(label=_("编号"), max_length=40, help_text=_("改编号后，下面的房号一并更新；旧房号仍能搜到"))
    name = forms.CharField(label=_("名称"), max_length=80, required=False)


class FactsForm(Versioned):
    """What premises are."""

    area_m2 = forms.DecimalField(label=_("建筑面积（㎡）"), max_digits=9, decimal_places=2, required=False)
    inner_area_m2 = forms.DecimalField(label=_("套内面积（㎡）"), max_digits=9, decimal_places=2, required=False)
    layout = forms.CharField(label=_("户型"), max_length=40, required=False)
    usage = forms.CharField(label=_("用途"), max_length=20, required=False)
    tenure = forms.ChoiceField(label=_("车位权属"), choices=choices(states.Tenure, empty="—"), required=False)
    delivered_on = day(_("交付日期"), required=False)


class VacancyForm(Versioned):
    """How premises are used from a day on."""

    state = forms.ChoiceField(label=_("使用状态"), choices=states.VacancyState.choices, widget=forms.RadioSelect)
    began_on = day(_("起始日"))


class EndForm(Versioned):
    """From which day something is no more."""

    on = day(_("停用日期"))


class SplitForm(Versioned):
    """The parts of a room, one a line: code and area."""

    codes = forms.CharField(
        label=_("拆成"), widget=forms.Textarea(attrs={"rows": 4}), help_text=_("每行一间：房号 面积，如「1501 60.00」。面积之和等于原面积")
    )
    on = day(_("生效日期"))

    def clean_codes(self) -> list[tuple[str, Decimal | None]]:
        parts: list[tuple[str, Decimal | None]] = []
        for line in self.cleaned_data["codes"].splitlines():
            words = re.split(r"[\s,，]+", line.strip())
            if words == [""]:
                continue
            area = words[1] if len(words) > 1 else ""
            if len(words) > 2 or (area and not re.fullmatch(r"\d{1,7}(\.\d{1,2})?", area)):
                raise forms.ValidationError(_("看不懂这一行：%(line)s") % {"line": line})
            parts.append((words[0], Decimal(area) if area else None))
        return parts


class MergeForm(Form):
    """Rooms that become one."""

    rooms = forms.MultipleChoiceField(label=_("合并"), widget=forms.CheckboxSelectMultiple)
    code = forms.CharField(label=_("合并后的房号"), max_length=40)
    on = day(_("生效日期"))

    def __init__(self, *args: Any, beside: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["rooms"].choices = [(f"{room.pk}.{room.version}", room.label) for room in beside]  # type: ignore[attr-defined]


class MeterForm(Keyed):
    """A new meter."""

    medium = forms.ChoiceField(label=_("表类"), choices=states.Medium.choices)
    code = forms.CharField(label=_("表号"), max_length=40)
    first_reading = forms.DecimalField(label=_("起码"), max_digits=12, decimal_places=3, initial=0, min_value=0)
    multiplier = forms.DecimalField(label=_("倍率"), max_digits=10, decimal_places=4, initial=1)
    digits = forms.IntegerField(label=_("整数位数"), initial=6, min_value=3, max_value=9)
    bearer = forms.ChoiceField(label=_("承担方"), choices=states.Bearer.choices)
    began_on = day(_("安装日期"), required=False)


class ReadingForm(Versioned):
    """One reading."""

    reading = forms.DecimalField(label=_("读数"), max_digits=12, decimal_places=3)
    read_on = day(_("抄表日期"))
    rolled_over = forms.BooleanField(label=_("表走过一圈"), required=False)


class ReplacementForm(Versioned):
    """A meter in the place of another."""

    end_reading = forms.DecimalField(label=_("旧表止码"), max_digits=12, decimal_places=3)
    code = forms.CharField(label=_("新表号"), max_length=40)
    first_reading = forms.DecimalField(label=_("新表起码"), max_digits=12, decimal_places=3, initial=0)
    multiplier = forms.DecimalField(label=_("新表倍率"), max_digits=10, decimal_places=4)
    on = day(_("换表日期"))


class MeterEndForm(Versioned):
    """A meter taken down for good."""

    end_reading = forms.DecimalField(label=_("止码"), max_digits=12, decimal_places=3)
    on = day(_("拆除日期"))


class EquipmentForm(Form):
    """What the ledger says of a piece of equipment."""

    name = forms.CharField(label=_("名称"), max_length=80)
    category = forms.ChoiceField(label=_("类别"), choices=states.Category.choices)
    place_code = forms.CharField(label=_("位置"), max_length=60, required=False, help_text=_("房号、楼栋或设备房，如 3 号楼"))
    quantity = forms.IntegerField(label=_("数量"), initial=1, min_value=1)
    keeper = forms.ChoiceField(label=_("责任方"), choices=states.Keeper.choices)
    keeper_name = forms.CharField(label=_("责任单位"), max_length=80, required=False)
    officer = forms.CharField(label=_("安全员"), max_length=40, required=False, help_text=_("每台电梯指定一名电梯安全员"))
    rescue_code = forms.CharField(label=_("救援识别码"), max_length=20, required=False)
    maker = forms.CharField(label=_("制造单位"), max_length=80, required=False)
    model = forms.CharField(label=_("型号"), max_length=60, required=False)
    serial = forms.CharField(label=_("出厂编号"), max_length=60, required=False)
    registration = forms.CharField(label=_("使用登记证号"), max_length=60, required=False)
    accepted_on = day(_("安装验收日期"), required=False, hint=_("法定检验的年份从这一天算起"))
    in_service_on = day(_("启用日期"), required=False)
    permit = forms.CharField(label=_("安全使用许可证"), max_length=60, required=False)
    permit_until = day(_("许可有效期至"), required=False)
    warranty_until = day(_("质保至"), required=False)


class NewEquipmentForm(EquipmentForm, Keyed):
    """A new piece of equipment."""

    code = forms.CharField(label=_("设备编号"), max_length=40)
    inspected_on = day(_("上次检验日期"), required=False)
    field_order = ["code", "name", "category", "place_code", "accepted_on", "inspected_on"]


class EquipmentFactsForm(EquipmentForm, Versioned):
    """Changed facts of a piece of equipment."""


class InspectionForm(Versioned):
    """One inspection."""

    duty = forms.ChoiceField(label=_("检验项目"))
    done_on = day(_("检验日期"))
    result = forms.ChoiceField(label=_("结论"), choices=states.Result.choices, widget=forms.RadioSelect, initial=states.Result.PASSED)
    inspector = forms.CharField(label=_("检验机构"), max_length=80, required=False)
    report = forms.CharField(label=_("报告编号"), max_length=60, required=False)
    next_due_on = day(_("下次检验日期"), required=False, hint=_("不填则按法定周期推算；可以提前，不能推后"))
    note = forms.CharField(label=_("备注"), max_length=200, required=False)

    def __init__(self, *args: Any, duties: list[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["duty"].choices = duties  # type: ignore[attr-defined]


class BecauseForm(Versioned):
    """Why something does not count."""

    because = forms.CharField(label=_("作废原因"), max_length=200, required=False)


class RunningForm(Versioned):
    """A stop, a restart, the end."""

    on = day(_("日期"))


class CheckpointForm(Keyed):
    """A new checkpoint."""

    place_code = forms.CharField(label=_("位置"), max_length=60, help_text=_("楼栋、公共区域、设备房或房号"))
    code = forms.CharField(label=_("点位编号"), max_length=20, help_text=_("如 B1-05"))
    name = forms.CharField(label=_("名称"), max_length=80, required=False)
    equipment_code = forms.CharField(label=_("设备编号"), max_length=40, required=False, help_text=_("点位属于某台设备时填写"))


class GridForm(Keyed):
    """A new grid."""

    code = forms.CharField(label=_("网格编号"), max_length=20)
    name = forms.CharField(label=_("名称"), max_length=60, required=False)


class GridPlacesForm(Versioned):
    """The places of a grid, one a line."""

    places = forms.CharField(
        label=_("范围"),
        widget=forms.Textarea(attrs={"rows": 6}),
        required=False,
        help_text=_("每行一处：楼栋、单元或房号，如「3 号楼」「3-2」「3-2-1501」"),
    )


class BranchForm(Form):
    """A new branch."""

    code = forms.CharField(label=_("分支编号"), max_length=20)
    name = forms.CharField(label=_("名称"), max_length=60)


_ORDER_LABELS = {
    "building-entrance-room": _("栋-单元-室"),
    "phase-building-room": _("期-栋-室"),
    "building-floor-room": _("栋-层-室"),
    "entrance-floor-room": _("单元-层-室"),
}


class EstateForm(Form):
    """What an estate is."""

    name = forms.CharField(label=_("名称"), max_length=60)
    type = forms.ChoiceField(label=_("业态"), choices=states.EstateType.choices)
    address = forms.CharField(label=_("地址"), max_length=120, required=False)
    hotline = forms.CharField(label=_("服务电话"), max_length=30, required=False)
    label_form = forms.CharField(
        label=_("房号样式"),
        max_length=60,
        help_text=_("{phase} 期 {building} 栋 {entrance} 单元 {floor} 层 {room} 室；方括号里的字段为空时整段省去"),
    )


class EstateFactsForm(EstateForm, Versioned):
    """Changed facts of an estate."""

    short_order = forms.ChoiceField(label=_("三段短号的含义"), choices=[(each, _ORDER_LABELS[each]) for each in ORDERS])
    began_on = day(_("接管日期"), required=False)


class NewEstateForm(EstateForm, Keyed):
    """A new estate."""

    code = forms.CharField(label=_("小区编号"), max_length=20, help_text=_("建好后不能改"))
    branch = forms.ChoiceField(label=_("所属分支"), required=False)
    field_order = ["code", "name", "type", "branch"]

    def __init__(self, *args: Any, branches: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["branch"].choices = [("", _("公司直管")), *branches]  # type: ignore[attr-defined]
