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

TYPED = (Evidence.CHECKLIST, Evidence.READING, Evidence.DOCUMENT, Evidence.SIGNATURE, Evidence.ROSTER, Evidence.CALL, Evidence.SCAN)
"""Evidence that can be told at a desk; a photo comes from the phone that took it."""


class CompletionForm(Form):
    """When it was done, and what proves it."""

    done_at = forms.DateTimeField(
        label=_("完成时间"),
        input_formats=["%Y-%m-%dT%H:%M"],
        widget=forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"}),
    )
    kind = forms.ChoiceField(label=_("实据"))
    note = forms.CharField(label=_("内容"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, item: Item, at: datetime, data: Any = None) -> None:
        super().__init__(data, initial={"done_at": at.astimezone(SHANGHAI).replace(second=0, microsecond=0, tzinfo=None)})
        demanded = [kind for kind in TYPED if kind in item.promise.evidence]
        self.fields["kind"].choices = [(kind.value, kind.label) for kind in demanded or TYPED]  # type: ignore[attr-defined]
        self.fields["note"].help_text = _("检查表编号、读数、文件名或点位码；手机上做的会自带照片和扫码")

    @property
    def evidence(self) -> list[dict[str, str]]:
        return [{"kind": self.cleaned_data["kind"], "note": self.cleaned_data["note"]}]


class AssignmentForm(Form):
    """Who is to do it."""

    to = forms.TypedChoiceField(label=_("指派给"), coerce=int)

    def __init__(self, people: list[tuple[int, str]], data: Any = None) -> None:
        super().__init__(data)
        self.fields["to"].choices = people  # type: ignore[attr-defined]


class ExcuseForm(Form):
    """Why it is let off."""

    reason = forms.CharField(label=_("免做原因"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))
