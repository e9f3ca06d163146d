"""Words for what is different between two plans."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guanjia.domain.standards.rules.kinds import DefaultBy, Evidence, Kind
from guanjia.domain.standards.rules.planfile import PlanDraft
from guanjia.domain.standards.rules.targets import TargetRule, describe
from guanjia.domain.standards.rules.words import in_order, label_of, value_word

KEYS = {
    "section": gettext_lazy("章节"),
    "quote": gettext_lazy("原文"),
    "kind": gettext_lazy("类别"),
    "actor": gettext_lazy("原文主语"),
    "subject": gettext_lazy("承诺"),
    "params": gettext_lazy("原文参数"),
    "record": gettext_lazy("记录"),
    "capability": gettext_lazy("业务"),
    "post": gettext_lazy("责任岗位"),
    "target": gettext_lazy("对象"),
    "evidence": gettext_lazy("实据"),
    "set": gettext_lazy("方案取值"),
    "default_by": gettext_lazy("谁定的"),
    "why": gettext_lazy("理由"),
    "began_on": gettext_lazy("生效"),
    "ended_on": gettext_lazy("失效"),
    "value": gettext_lazy("取值"),
    "choice": gettext_lazy("采用"),
    "options": gettext_lazy("选项"),
}


class Wording:
    """The subject of any code of two plans, and values as text."""

    def __init__(self, *plans: PlanDraft) -> None:
        self._subjects: dict[str, str] = {}
        for plan in plans:
            self._subjects |= {clause.id: clause.subject for clause in plan.clauses}
            self._subjects |= {item.code: item.label for item in plan.parameters}
            self._subjects |= {item.code: item.subject for item in plan.conflicts}

    def subject(self, code: str) -> str:
        return self._subjects.get(code, "")

    def key(self, name: str) -> str:
        return str(KEYS.get(name, name))

    def said(self, key: str, value: Any) -> str:
        """Return the value of one key as people say it."""
        if key == "target" and value:
            rule = TargetRule.from_mapping(value)
            return "：".join(filter(None, (rule.name, describe(rule))))
        if key == "default_by":
            return str(DefaultBy(value).label)
        if key == "kind":
            return str(Kind(value).label)
        if key == "evidence":
            return "、".join(str(Evidence(word).label) for word in value) or _("无")
        if key == "set":
            return "；".join(f"{label_of(name)} {value_word(name, str(value[name]))}" for name in in_order(value)) or _("无")
        return self.value(value)

    def value(self, value: Any) -> str:
        if isinstance(value, Mapping):
            return "；".join(f"{key}={self.value(value[key])}" for key in sorted(value)) or _("无")
        if isinstance(value, list | tuple):
            return "、".join(map(self.value, value)) or _("无")
        return str(value) if value not in (None, "") else _("无")
