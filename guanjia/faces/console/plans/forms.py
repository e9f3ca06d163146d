"""Loading a plan file, and following a plan from a day."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from guanjia.domain.standards.rules import library, planfile
from guanjia.domain.standards.rules.planfile import Flaw, PlanDraft, PlanFlaws
from guanjia.faces.kit.forms import Form

LARGEST = 2_000_000


class LoadForm(Form):
    """A plan file, or the built-in plan when no file is given and the built-in one is asked for."""

    file = forms.FileField(
        label=_("方案文件（TOML）"), required=False, help_text=_("检查有错就不载入，并逐行列出；同一版本重复载入没有影响")
    )
    builtin = forms.BooleanField(required=False, widget=forms.HiddenInput)

    flaws: tuple[Flaw, ...] = ()

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("builtin"):
            return {"draft": library.builtin()}
        upload = given.get("file")
        if upload is None:
            self.add_error("file", _("请选择方案文件"))
        elif upload.size > LARGEST:
            self.add_error("file", _("文件太大，方案文件最大 2 MB"))
        elif draft := self._draft(upload.read()):
            return {"draft": draft}
        return {}

    def _draft(self, content: bytes) -> PlanDraft | None:
        try:
            return planfile.read(content.decode("utf-8"), {library.BUILTIN: library.builtin()})
        except UnicodeDecodeError:
            self.add_error("file", _("文件不是 UTF-8 文字。请用 UTF-8 编码另存后再试"))
        except PlanFlaws as refused:
            self.flaws = tuple(refused.flaws)
            self.add_error("file", _("文件里有 %(n)d 处要改，没有载入") % {"n": len(self.flaws)})
        return None


class AdoptForm(Form):
    """From which day the estate follows the plan."""

    def __init__(self, data: Any = None, *, today: date) -> None:
        super().__init__(data)
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        self.fields["began_on"] = forms.DateField(label=_("从哪天起采用"), initial=today, widget=widget)
