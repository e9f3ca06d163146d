"""Forms about people, households, vehicles, pets, consent and familiarity."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from guanjia.domain.parties import states
from guanjia.faces.console.estate.forms import Keyed, Versioned, choices, day
from guanjia.faces.kit.forms import Form
from guanjia.kernel import identity

SEXES = [("", "—"), ("f", _("女")), ("m", _("男"))]


class PartyForm(Keyed):
    """Somebody new."""

    kind = forms.ChoiceField(label=_("类别"), choices=states.PartyKind.choices)
    name = forms.CharField(label=_("姓名或名称"), max_length=80)
    client_type = forms.ChoiceField(label=_("客户类型"), choices=choices(states.ClientType, empty="—"), required=False)
    phone = forms.CharField(label=_("电话"), max_length=30, required=False, help_text=_("座机请带区号"))
    other_phone = forms.CharField(label=_("其他电话"), max_length=30, required=False)
    id_number = forms.CharField(
        label=_("证件号码"), max_length=32, required=False, help_text=_("身份证、护照、通行证或统一社会信用代码。加密保存")
    )
    sex = forms.ChoiceField(label=_("性别"), choices=SEXES, required=False)
    born_on = day(_("出生日期"), required=False, hint=_("有身份证号时不用填"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        cleaned["phones"] = [cleaned.pop("phone", ""), cleaned.pop("other_phone", "")]
        return cleaned


class PartyFactsForm(Versioned):
    """Somebody's own facts. The identity number is never shown: it stays unless a new one is typed, or its removal is ticked."""

    name = forms.CharField(label=_("姓名或名称"), max_length=80)
    client_type = forms.ChoiceField(label=_("客户类型"), choices=choices(states.ClientType, empty="—"), required=False)
    sex = forms.ChoiceField(label=_("性别"), choices=SEXES, required=False)
    born_on = day(_("出生日期"), required=False)
    id_kind = forms.ChoiceField(label=_("证件种类"), choices=choices(identity.Kind, empty=_("从号码判断")), required=False)
    id_number = forms.CharField(label=_("新的证件号码"), max_length=32, required=False, help_text=_("不改就留空"))
    no_id = forms.BooleanField(label=_("去掉已登记的证件号码"), required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        removed = cleaned.pop("no_id", False)
        cleaned["id_number"] = "" if removed else cleaned.get("id_number") or None
        if cleaned["id_number"] is None:
            cleaned["id_kind"] = ""
        return cleaned


class PhoneForm(Form):
    """Another number."""

    phone = forms.CharField(label=_("电话"), max_length=30)
    note = forms.CharField(label=_("备注"), max_length=20, required=False, help_text=_("如 女儿、单位"))
    first = forms.BooleanField(label=_("设为首选号码"), required=False)


class RevealForm(Form):
    """What somebody needs the number for; it goes on record."""

    purpose = forms.ChoiceField(label=_("用途"), choices=states.RevealPurpose.choices, widget=forms.RadioSelect)


class ResidentForm(Form):
    """Somebody moves in: a party of the estate picked from the list, or a new one by name and phone."""

    party = forms.IntegerField(widget=forms.HiddenInput, required=False)
    party_text = forms.CharField(label=_("姓名或名称"), max_length=80)
    phone = forms.CharField(label=_("电话"), max_length=30, required=False, help_text=_("只用于新登记的人"))
    relation = forms.ChoiceField(label=_("身份"), choices=states.Relation.choices)
    share = forms.CharField(label=_("份额"), max_length=20, required=False, help_text=_("业主和共有人填写，如 1/2、50%"))
    began_on = day(_("起始日期"), required=False, hint=_("不清楚可以不填"))
    ended_on = day(_("结束日期"), required=False, hint=_("租约到期日；当天起不再算住户"))
    note = forms.CharField(label=_("备注"), max_length=20, required=False, help_text=_("如 配偶、母亲"))


class OccupancyForm(Versioned):
    """What somebody is to a place."""

    relation = forms.ChoiceField(label=_("身份"), choices=states.Relation.choices)
    share = forms.CharField(label=_("份额"), max_length=20, required=False, help_text=_("如 1/2、50%"))
    began_on = day(_("起始日期"), required=False)
    ended_on = day(_("结束日期"), required=False)
    note = forms.CharField(label=_("备注"), max_length=20, required=False)


class EndForm(Versioned):
    """Something ends on a day."""

    ended_on = day(_("日期"), hint=_("当天起生效"))


class NeedForm(Form):
    """What whoever goes there must know."""

    kind = forms.ChoiceField(label=_("类别"), choices=states.NeedKind.choices)
    text = forms.CharField(
        label=_("上门前要知道什么"),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("上门人员可见。只写服务需要的内容"),
    )


class NeedFactsForm(NeedForm, Versioned):
    """A need corrected."""


class PreferenceForm(Form):
    """How somebody likes to be served."""

    topic = forms.ChoiceField(label=_("方面"), choices=states.Topic.choices)
    text = forms.CharField(label=_("内容"), max_length=200)


class VehicleForm(Form):
    """A vehicle of a household; the space is typed as its label."""

    kind = forms.ChoiceField(label=_("类型"), choices=states.VehicleKind.choices)
    plate = forms.CharField(label=_("车牌号"), max_length=20, required=False, help_text=_("如 浙A8K213。电动自行车可以不填"))
    space = forms.CharField(label=_("车位"), max_length=40, required=False, help_text=_("车位编号，如 B1-217"))
    model = forms.CharField(label=_("品牌型号"), max_length=40, required=False)
    colour = forms.CharField(label=_("颜色"), max_length=20, required=False)


class VehicleFactsForm(VehicleForm, Versioned):
    """A vehicle corrected; its plate stays unless a new one is typed."""

    plate = forms.CharField(label=_("新的车牌号"), max_length=20, required=False, help_text=_("不改就留空"))


class PetForm(Form):
    """An animal of a household."""

    species = forms.ChoiceField(label=_("种类"), choices=states.Species.choices)
    name = forms.CharField(label=_("名字"), max_length=20, required=False)
    breed = forms.CharField(label=_("品种"), max_length=40, required=False)
    licence = forms.CharField(label=_("犬证号"), max_length=40, required=False)
    vaccinated_until = day(_("免疫有效期至"), required=False)


class ConsentForm(Form):
    """What somebody allowed."""

    purpose = forms.ChoiceField(label=_("用途"), choices=states.Purpose.choices)
    basis = forms.ChoiceField(label=_("依据"), choices=states.Basis.choices)
    wording = forms.CharField(label=_("向本人说明的内容"), max_length=200, widget=forms.Textarea(attrs={"rows": 3}))


class ConfirmForm(Form):
    """What was made sure of, how and when."""

    facts = forms.MultipleChoiceField(label=_("已核实"), choices=states.Fact.choices, widget=forms.CheckboxSelectMultiple)
    manner = forms.ChoiceField(label=_("方式"), choices=states.Manner.choices, widget=forms.RadioSelect)
    confirmed_on = day(_("日期"))


class FamiliarityForm(Form):
    """What counts as knowing a household: one field of months for each fact; empty means not demanded."""

    target = forms.DecimalField(label=_("目标（%）"), max_digits=5, decimal_places=2)
    began_on = day(_("自何日起"))
    for_company = forms.BooleanField(label=_("用于全公司（否则只用于本小区）"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for fact in states.Fact:
            self.fields[f"fact_{fact.value}"] = forms.IntegerField(
                label=fact.label, required=False, min_value=1, max_value=60, help_text=_("核实后几个月内有效；留空为不要求")
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        months = {fact.value: cleaned.pop(f"fact_{fact.value}", None) for fact in states.Fact}
        cleaned["facts"] = {fact: number for fact, number in months.items() if number}
        if "target" in cleaned:
            cleaned["target"] = cleaned["target"] / Decimal(100)
        return cleaned
