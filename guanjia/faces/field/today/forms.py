"""What the phone asks for when something is done: one kind of evidence, and what it says."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from guanjia.faces.kit.forms import Form

TYPED = {
    "scan": _("点位编号"),
    "checklist": _("检查结果"),
    "reading": _("读数和单位"),
    "document": _("文件名称或编号"),
    "call": _("打给谁，结果如何"),
    "roster": _("在岗情况"),
}
"""Kinds of evidence that can be typed, and what is asked of each."""


class DoneForm(Form):
    """One piece of evidence for one occurrence. `points` are the codes of checkpoints within reach."""

    kind = forms.ChoiceField(label=_("拿什么证明"), widget=forms.RadioSelect)
    text = forms.CharField(label=_("写下来"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, kinds: list[tuple[str, str]], points: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.points = points
        self.fields["kind"].choices = kinds
        self.fields["text"].help_text = " · ".join(f"{label}：{TYPED[kind]}" for kind, label in kinds)
        if len(kinds) == 1:
            self.fields["kind"].initial = kinds[0][0]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("kind") == "scan" and "text" in cleaned:
            point = self.points.filter(code__iexact=cleaned["text"].strip(), ended_on=None).first()
            if point is None:
                self.add_error("text", forms.ValidationError(_("没找到这个点位。请核对点位牌上的编号"), code="no_such_point"))
            else:
                cleaned["text"] = point.code
        return cleaned

    def evidence(self) -> list[dict[str, Any]]:
        return [{"kind": self.cleaned_data["kind"], "text": self.cleaned_data["text"]}]
