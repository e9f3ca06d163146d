"""Effective params in the words of the desk: 每月 2 次, 30 分钟, ≥98%. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

PERIODS = {
    "hour": gettext_lazy("小时"),
    "day": gettext_lazy("日"),
    "week": gettext_lazy("周"),
    "half_month": gettext_lazy("半月"),
    "month": gettext_lazy("月"),
    "quarter": gettext_lazy("季"),
    "half_year": gettext_lazy("半年"),
    "year": gettext_lazy("年"),
}
LABELS = {
    "times": gettext_lazy("次数"),
    "per": gettext_lazy("周期"),
    "at_least": gettext_lazy("可以更多"),
    "every": gettext_lazy("每隔几个周期"),
    "months": gettext_lazy("月份"),
    "season": gettext_lazy("季节"),
    "due_day": gettext_lazy("第几天前"),
    "at": gettext_lazy("时刻"),
    "weekdays": gettext_lazy("星期"),
    "working_days": gettext_lazy("只算工作日"),
    "after_days": gettext_lazy("距上次天数"),
    "coverage": gettext_lazy("值守"),
    "groups": gettext_lazy("班组数"),
    "hours_per_shift": gettext_lazy("每班小时数"),
    "rotation": gettext_lazy("轮流"),
    "interval": gettext_lazy("间隔"),
    "schedule": gettext_lazy("时间表"),
    "trigger": gettext_lazy("触发"),
    "before": gettext_lazy("早于"),
    "movein_on": gettext_lazy("首批入住日期"),
    "duration_months": gettext_lazy("持续月数"),
    "minutes": gettext_lazy("分钟"),
    "days": gettext_lazy("天数"),
    "from": gettext_lazy("起点"),
    "to": gettext_lazy("终点"),
    "deadline": gettext_lazy("期限"),
    "timing": gettext_lazy("时机"),
    "priority": gettext_lazy("优先级"),
    "limit": gettext_lazy("目标或限值"),
    "target": gettext_lazy("目标"),
    "alarm": gettext_lazy("警戒线"),
    "metric": gettext_lazy("指标"),
    "threshold": gettext_lazy("门槛"),
    "applies": gettext_lazy("适用"),
    "scope": gettext_lazy("范围"),
    "items": gettext_lazy("项目"),
    "types": gettext_lazy("类型"),
    "fields": gettext_lazy("栏目"),
    "media": gettext_lazy("媒介"),
    "procedure": gettext_lazy("依据规程"),
    "stock": gettext_lazy("最低库存"),
    "lead_time": gettext_lazy("提前量"),
    "retention": gettext_lazy("保存期"),
    "margin": gettext_lazy("毛利"),
    "config": gettext_lazy("按小区设定"),
    "script": gettext_lazy("话术"),
    "price": gettext_lazy("价格"),
    "paid": gettext_lazy("收费"),
}


def label_of(key: str) -> str:
    """Return the word for a parameter's key, or the key itself."""
    return str(LABELS.get(key, key))


def in_order(names: Iterable[str]) -> list[str]:
    """Return parameter names in the order in which people say them: a JSON column need not keep the order of its keys."""
    known = list(LABELS)
    return sorted(names, key=lambda name: (known.index(name) if name in LABELS else len(known), name))


VALUES = {
    "configurable": gettext_lazy("由小区设定"),
    "irregular": gettext_lazy("不定期"),
    "prompt": gettext_lazy("及时"),
    "immediate": gettext_lazy("立即"),
    "winter": gettext_lazy("冬季"),
    "rainy": gettext_lazy("雨季"),
    "as_needed": gettext_lazy("按需要"),
    "movein": gettext_lazy("入住"),
    "high_rise": gettext_lazy("高层"),
    "24h": gettext_lazy("24 小时"),
}


def value_word(key: str, value: str) -> str:
    """Return a value as people say it, or as it is written."""
    if key == "per" and value in PERIODS:
        return _("每%(period)s") % {"period": PERIODS[value]}
    if key in {"at_least", "working_days"} and value in {"0", "1"}:
        return str(_("是") if value == "1" else _("否"))
    return str(VALUES.get(value, value))


def frequency(params: Mapping[str, str]) -> str:
    """Return how often, how fast or how much, in a few characters; "" when the params do not say."""
    if "coverage" in params and "metric" not in params:
        hours = params.get("hours_per_shift")
        return _("24 小时，%(hours)s 小时一班") % {"hours": hours} if hours else _("24 小时")
    if "rotation" in params:
        return _("轮流当值")
    if "after_days" in params:
        return _("每 %(days)s 天") % {"days": params["after_days"]}
    if params.get("per") in PERIODS and "limit" not in params:
        return _often(params)
    return _measured(params)


def _often(params: Mapping[str, str]) -> str:
    times, every = params.get("times", "1"), int(params.get("every", "1"))
    period = str(PERIODS[params["per"]])
    if every == 2 and params["per"] == "day":
        words = _("隔日")
    elif every > 1:
        words = _("每 %(every)s %(period)s") % {"every": every, "period": period}
    else:
        words = _("每%(period)s") % {"period": period}
    if times != "1":
        sign = "≥" if params.get("at_least", "0") not in {"", "0"} else ""
        words = _("%(words)s %(sign)s%(times)s 次") % {"words": words, "sign": sign, "times": times}
    if "due_day" in params:
        words = _("%(words)s %(day)s 日前") % {"words": words, "day": params["due_day"]}
    if "months" in params:
        words = _("%(months)s 月 %(words)s") % {"months": params["months"].replace("-", "–"), "words": words}
    return words


def _measured(params: Mapping[str, str]) -> str:
    minutes = params.get("minutes", "")
    if minutes.isdecimal() and minutes != "0":
        return duration(int(minutes))
    if params.get("days", "").isdecimal():
        return _("%(days)s 天") % {"days": params["days"]}
    if "max_rings" in params:
        return _("铃响 %(rings)s 声内") % {"rings": params["max_rings"]}
    if params.get("deadline") in {"same_day", "end_of_same_day"}:
        return _("当天")
    if params.get("deadline") == "same_visit":
        return _("当次")
    if params.get("deadline") == "appointment_time":
        return _("按约定时间")
    if "limit" in params:
        return params["limit"].replace(">=", "≥").replace("<=", "≤").removeprefix("=")
    return _("24 小时") if "coverage" in params else ""


def duration(minutes: int) -> str:
    """Return a limit in its largest whole unit: 30 分钟, 4 小时, 3 天."""
    if minutes % 1440 == 0:
        return _("%(days)s 天") % {"days": minutes // 1440}
    if minutes % 60 == 0:
        return _("%(hours)s 小时") % {"hours": minutes // 60}
    return _("%(minutes)s 分钟") % {"minutes": minutes}
