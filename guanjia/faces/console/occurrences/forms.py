"""What people say about an occurrence: done, somebody's, let off."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from guanjia.domain.standards.queries import Item
from guanjia.domain.standards.rules.kinds import Evidence
from guanjia.faces.kit.forms import Form
from guanjia.kernel.periods import SHANGHAI


class CompletionForm(Form):
    """When it was done, and what proves it: a photo, or what is written down; a scan is the code of a checkpoint that exists."""

    done_at = forms.DateTimeField(
        label=_("完成时间"),
        input_formats=["%Y-%m-%dT%H:%M"],
        widget=forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"}),
    )
    kind = forms.ChoiceField(label=_("实据"))
    note = forms.CharField(
        label=_("内容"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("检查表编号、读数、文件名或点位编号；照片可以只写说明"),
    )
    photo = forms.FileField(label=_("照片"), required=False, widget=forms.FileInput(attrs={"accept": "image/*"}))

    def __init__(self, item: Item, at: datetime, points: Any, data: Any = None, files: Any = None) -> None:
        super().__init__(data, files, initial={"done_at": at.astimezone(SHANGHAI).replace(second=0, microsecond=0, tzinfo=None)})
        self.points = points
        demanded = [Evidence(kind) for kind in item.promise.evidence] or list(Evidence)
        self.fields["kind"].choices = [(kind.value, kind.label) for kind in demanded]  # type: ignore[attr-defined]
        if Evidence.PHOTO not in demanded:
            del self.fields["photo"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        kind, note = cleaned.get("kind"), cleaned.get("note", "").strip()
        if kind == Evidence.PHOTO:
            if not cleaned.get("photo"):
                self.add_error("photo", forms.ValidationError(_("请选一张照片"), code="required"))
        elif kind and not note:
            self.add_error("note", forms.ValidationError(_("请写下内容"), code="required"))
        elif kind == Evidence.SCAN and not self.points.filter(code__iexact=note, ended_on=None).exists():
            self.add_error("note", forms.ValidationError(_("没找到这个点位。请核对点位牌上的编号"), code="no_such_point"))
        return cleaned

    @property
    def evidence(self) -> list[dict[str, str]]:
        """Return what is written down; a photo adds itself."""
        kind, note = self.cleaned_data["kind"], self.cleaned_data["note"].strip()
        return [] if kind == Evidence.PHOTO and not note else [{"kind": kind, "note": note}]


class AssignmentForm(Form):
    """Who is to do it."""

    to = forms.TypedChoiceField(label=_("指派给"), coerce=int)

    def __init__(self, people: list[tuple[int, str]], data: Any = None) -> None:
        super().__init__(data)
        self.fields["to"].choices = people  # type: ignore[attr-defined]


class ExcuseForm(Form):
    """Why it is let off."""

    reason = forms.CharField(label=_("免做原因"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))
