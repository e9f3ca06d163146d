"""Samples of every component in its states, with long Chinese and long English; the page that axe and the eye check."""

from __future__ import annotations

from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse

from guanjia.faces.kit import sla, views
from guanjia.kernel import clock

LONG_ZH = "业主反映主卧卫生间吊顶持续滴水并怀疑楼上一六零一房间防水层失效要求今天上午十点之前必须安排人员到场查看处理"
LONG_EN = "Resident reports that the master bathroom ceiling keeps dripping and asks for a joint inspection of the flat above"


class SampleForm(forms.Form):
    room = forms.CharField(label="房号", help_text="如 3-2-1501")
    phone = forms.CharField(label="手机号", max_length=11)
    kind = forms.ChoiceField(label="类别", choices=[("1", "给排水"), ("2", "强电"), ("3", "弱电")], widget=forms.RadioSelect)
    area = forms.ChoiceField(label="位置", choices=[("", "请选择"), ("k", "厨房"), ("b", "卫生间")])
    text = forms.CharField(label="描述", widget=forms.Textarea(attrs={"rows": 3}), required=False)
    tell = forms.BooleanField(label="办完短信告诉业主", required=False)

    def clean_phone(self) -> str:
        phone = self.cleaned_data["phone"]
        if len(phone) != 11:
            raise forms.ValidationError("手机号应为 11 位数字")
        return phone


def clocks() -> list[sla.Reading]:
    """Return one reading of each state."""
    now = clock.now()

    def running(limit: int, left: int, why: str, urgent: bool = False) -> sla.Reading:
        return sla.reading(due_at=now + timedelta(seconds=left), limit_seconds=limit, left_seconds=left, why=why, urgent=urgent)

    return [
        running(7200, -720, "2 小时内答复"),
        running(1800, 252, "30 分钟到场", urgent=True),
        running(1800, 698, "30 分钟到场"),
        running(14400, 13000, "4 小时修复"),
        sla.paused(reason="业主约", back="11-23"),
        sla.finished(in_time=True),
        sla.finished(in_time=False),
    ]


def weeks(day: date) -> list[list[dict[str, Any]]]:
    """Return four weeks around a day, with some items."""
    first = day - timedelta(days=day.weekday() + 7)
    tones = ["ok", "soon", "over", "plan", ""]
    return [
        [
            {
                "day": (cell := first + timedelta(days=7 * week + weekday)),
                "out": cell.month != day.month,
                "today": cell == day,
                "rest": weekday > 4,
                "items": [
                    {"label": f"{LONG_ZH[i : i + 9]}", "tone": tones[(i + weekday) % 5], "href": "#"} for i in range((weekday + week) % 4)
                ],
                "more": 7 if weekday == 2 else 0,
            }
            for weekday in range(7)
        ]
        for week in range(4)
    ]


def components(request: HttpRequest) -> HttpResponse:
    bound = SampleForm({"room": "", "phone": "1380013", "kind": "2"})
    day = clock.now().date()
    context = {
        "long_zh": LONG_ZH,
        "long_en": LONG_EN,
        "form": SampleForm(),
        "bound": bound,
        "clocks": clocks(),
        "weeks": weeks(day),
        "strip": ["ok"] * 9 + ["soon"] + ["over"] * 3 + ["ok"] * 12 + ["none"] * 6,
        "trend": [92, 93, 91, 94, 95, 93, 96, 95, 97, 96, 98, 96.8],
        "rows": [
            SimpleNamespace(pk=i, title=t, reading=r)
            for i, (t, r) in enumerate(zip([LONG_ZH, LONG_EN, "厨房下水返味", "路灯不亮"], clocks(), strict=False))
        ],
        "page_link": "?page={}".format,
        "page": Paginator(range(1286), 50).get_page(3),
    }
    return views.page(request, "kit/samples/components.html", context)


def phone(request: HttpRequest) -> HttpResponse:
    return views.page(request, "kit/samples/phone.html", {"long_zh": LONG_ZH})
