"""Changing what an estate promises."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from guanjia.domain.standards.rules.kinds import Kind
from guanjia.domain.standards.rules.words import PERIODS, label_of
from guanjia.faces.console.standards.rows import Row
from guanjia.faces.kit.forms import Form

SCHEDULE = ("times", "per", "every", "months", "due_day", "at", "after_days")
TUNABLE = frozenset(
    {
        "times",
        "per",
        "at_least",
        "every",
        "months",
        "due_day",
        "at",
        "weekdays",
        "working_days",
        "after_days",
        "hours_per_shift",
        "minutes",
        "days",
    }
    | {"limit", "alarm", "threshold", "stock", "lead_time", "retention", "margin", "config", "max_rings"}
)
HINTS = {
    "months": _("如 6-9 或 1,7"),
    "at": _("如 06:00,18:30"),
    "due_day": _("周期里的第几天前，如 5"),
    "every": _("隔一个周期填 2"),
    "after_days": _("从上次完成起算；填了它，次数和周期就不用"),
    "limit": _("如 >=98%"),
}


def day_field(label: object, today: date) -> forms.DateField:
    """Return a field for the day from which something holds, today or later."""
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "min": today.isoformat()})
    return forms.DateField(label=str(label), initial=today, widget=widget, help_text=str(_("今天或以后；过去的应做不会改变")))


class OverrideForm(Form):
    """The values that an estate may change of one clause; only what differs from the present ones is sent."""

    def __init__(self, row: Row, data: Any = None, *, today: date) -> None:
        super().__init__(data)
        self.present = {key: value for key, value in row.term.params.items() if key in TUNABLE}
        keys = [key for key in TUNABLE if key in self.present]
        if row.clause.kind == Kind.CADENCE or row.clause.target:
            keys += [key for key in SCHEDULE if key not in keys]
        for key in sorted(keys, key=lambda key: (SCHEDULE.index(key) if key in SCHEDULE else 99, key)):
            self.fields[key] = self._field(key)
        self.tunable = bool(keys)
        self.fields["began_on"] = day_field(_("从哪天起"), today)
        self.fields["reason"] = forms.CharField(label=_("理由"), max_length=300, help_text=_("写明依据，如“物业服务合同第 12 条”"))

    def _field(self, key: str) -> forms.Field:
        facts: dict[str, Any] = {
            "label": label_of(key),
            "required": False,
            "initial": self.present.get(key, ""),
            "help_text": HINTS.get(key, ""),
        }
        if key == "per":
            return forms.ChoiceField(
                choices=[("", "—"), *((name, _("每%(per)s") % {"per": word}) for name, word in PERIODS.items())], **facts
            )
        return forms.CharField(max_length=40, **facts)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        values = {key: value for key, value in given.items() if key in TUNABLE and value != "" and value != self.present.get(key)}
        return {"values": values, **{key: given[key] for key in ("began_on", "reason") if key in given}}


class RestoreForm(Form):
    """Back to the plan's own values."""

    def __init__(self, data: Any = None, *, today: date) -> None:
        super().__init__(data, prefix="back")
        self.fields["began_on"] = day_field(_("从哪天起恢复"), today)
        self.fields["reason"] = forms.CharField(label=_("理由"), max_length=300)


class ParameterForm(Form):
    """Another value of a parameter of the whole plan."""

    def __init__(self, value: object, data: Any = None, *, today: date) -> None:
        super().__init__(data)
        field = forms.IntegerField if isinstance(value, int) else forms.CharField
        self.fields["value"] = field(label=_("本小区取值"), initial=value)
        self.fields["began_on"] = day_field(_("从哪天起"), today)
        self.fields["reason"] = forms.CharField(label=_("理由"), max_length=300)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        return {"values": {"value": given.get("value")}, **{key: given[key] for key in ("began_on", "reason") if key in given}}


class ConflictForm(Form):
    """Another choice where the documents disagree."""

    def __init__(self, conflict: Any, choice: Any, data: Any = None, *, today: date) -> None:
        super().__init__(data)
        options = [(option["key"], option["says"]) for option in conflict.options]
        if conflict.rule == "one":
            self.fields["choice"] = forms.ChoiceField(label=_("本小区采用"), choices=options, initial=choice[0], widget=forms.RadioSelect)
        else:
            self.fields["choice"] = forms.MultipleChoiceField(
                label=_("本小区采用（可以并用）"), choices=options, initial=list(choice), widget=forms.CheckboxSelectMultiple
            )
        self.fields["began_on"] = day_field(_("从哪天起"), today)
        self.fields["reason"] = forms.CharField(label=_("理由"), max_length=300)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        choice = given.get("choice", [])
        values = {"choice": [choice] if isinstance(choice, str) else list(choice)}
        return {"values": values, **{key: given[key] for key in ("began_on", "reason") if key in given}}
