"""Bringing a file, confirming what was found in it, and the buttons that carry only the version the person saw."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from guanjia.domain.intake.rules import limits
from guanjia.faces.kit.forms import Form

LARGEST_MB = limits.PACKED_BYTES // 2**20


class UploadForm(Form):
    """A workbook and the key that makes sending it twice harmless."""

    file = forms.FileField(
        label=_("表格文件"),
        help_text=_(".xlsx、.xls 或 .csv，最大 20 MB。列名、列的先后、标题行、合计行都不用改"),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.csv", "data-behavior": "upload", "data-max-mb": str(LARGEST_MB)}),
    )
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["key"].initial = uuid.uuid4
        self.fields["file"].widget.attrs["data-too-large"] = str(_("文件太大（{mb} MB），最大 %(limit)d MB") % {"limit": LARGEST_MB})

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        upload = given.get("file")
        if upload is None or "key" not in given:
            return {}
        if upload.size > limits.PACKED_BYTES:
            words = {"size": upload.size // 2**20, "limit": LARGEST_MB}
            self.add_error("file", _("文件太大（%(size)d MB），最大 %(limit)d MB") % words)
            return {}
        return {"name": upload.name, "data": upload.read(), "key": given["key"]}


class SeenForm(Form):
    """The version of the batch that the person looked at."""

    seen = forms.IntegerField(widget=forms.HiddenInput)


class ConfirmForm(SeenForm):
    """Whether the good rows go in although others are refused."""

    skip_bad_rows = forms.BooleanField(label=_("跳过有错的行，只导入其余的行"), required=False)
