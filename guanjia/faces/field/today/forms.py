"""What the phone asks for when something is done: one kind of evidence, and what it says."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from guanjia.domain.files.rules import MAX_BYTES
from guanjia.faces.kit.forms import Form

CAMERA = {
    "accept": "image/*",
    "capture": "environment",
    "data-behavior": "upload",
    "data-max-mb": MAX_BYTES // 1024 // 1024,
    "data-too-large": _("照片太大（{mb} MB），最大 15 MB"),
}
PROOFS = {
    "scan": _("点位编号"),
    "checklist": _("检查结果"),
    "reading": _("读数和单位"),
    "document": _("文件名称或编号"),
    "call": _("打给谁，结果如何"),
    "roster": _("在岗情况"),
    "photo": _("拍一张，可以加说明"),
}
"""Kinds of evidence that the phone can take, and what is asked of each."""


class DoneForm(Form):
    """One piece of evidence for one occurrence. `points` are the codes of checkpoints within reach."""

    kind = forms.ChoiceField(label=_("拿什么证明"), widget=forms.RadioSelect)
    text = forms.CharField(label=_("写下来"), max_length=200, required=False, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    file = forms.FileField(label=_("照片"), required=False, widget=forms.FileInput(attrs=CAMERA))
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, kinds: list[tuple[str, str]], points: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.points = points
        self.fields["kind"].choices = kinds
        self.fields["text"].help_text = " · ".join(f"{label}：{PROOFS[kind]}" for kind, label in kinds)
        if "photo" not in dict(kinds):
            del self.fields["file"]
        if len(kinds) == 1:
            self.fields["kind"].initial = kinds[0][0]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        kind, text = cleaned.get("kind"), cleaned.get("text", "").strip()
        if kind == "photo" and not cleaned.get("file"):
            self.add_error("file", forms.ValidationError(_("请拍一张照片"), code="required"))
        elif kind and kind != "photo" and not text:
            self.add_error("text", forms.ValidationError(_("请写下%(what)s") % {"what": PROOFS[kind]}, code="required"))
        elif kind == "scan":
            point = self.points.filter(code__iexact=text, ended_on=None).first()
            if point is None:
                self.add_error("text", forms.ValidationError(_("没找到这个点位。请核对点位牌上的编号"), code="no_such_point"))
            else:
                cleaned["text"] = point.code
        return cleaned

    def evidence(self) -> list[dict[str, Any]]:
        """Return what was typed; a photograph is added by the action that stores it."""
        typed = {"kind": self.cleaned_data["kind"], "text": self.cleaned_data["text"]}
        return [] if typed["kind"] == "photo" else [typed]
