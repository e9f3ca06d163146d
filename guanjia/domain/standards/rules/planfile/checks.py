"""What must hold between the parts of a plan, once every part has the right shape."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from django.utils.translation import gettext as _

from guanjia.domain.standards.rules import params
from guanjia.domain.standards.rules.cadence import BadCadence, Cadence
from guanjia.domain.standards.rules.kinds import DefaultBy, Evidence, Kind
from guanjia.domain.standards.rules.planfile.drafts import ClauseDraft, ConflictDraft, Flaw, ParameterDraft, PlanDraft
from guanjia.domain.standards.rules.targets import MalformedTarget, TargetRule

LineOf = Callable[[str, str, str], int]

PLAN_CODE = re.compile(r"^[a-z0-9][a-z0-9\-]{0,39}$")
CLAUSE_CODE = re.compile(r"^[A-Z][A-Z0-9]*-[0-9A-Z][0-9A-Z.\-]*$")
PARAMETER_CODE = re.compile(r"^[a-z][a-z0-9_]*$")
CONFLICT_CODE = re.compile(r"^K-[0-9]{2}[a-z]?$")
LENGTHS = {"id": 20, "source": 20, "actor": 60, "capability": 30, "post": 60}


def check(plan: PlanDraft, line_of: LineOf, named: set[str] | frozenset[str] = frozenset()) -> list[Flaw]:
    """Return every flaw of a plan whose parts are well-formed. `named` are clauses that the file has but that could not be read."""
    codes = {clause.id for clause in plan.clauses} | named
    sources = {source["code"] for source in plan.sources}
    flaws: list[Flaw] = []
    if not PLAN_CODE.match(plan.code):
        flaws.append(Flaw(1, "plan.code", "code", _("方案编号只能用小写字母、数字和连字符，最长 40 个")))
    for limit, key, value in ((80, "name", plan.name), (20, "edition", plan.edition)):
        if len(value) > limit:
            flaws.append(Flaw(1, f"plan.{key}", "too_long", _("「%(key)s」最长 %(limit)d 个字") % {"key": key, "limit": limit}))
    found: list[tuple[str, str, Iterator[tuple[str, str, str]]]] = []
    shared = {item.code: item.value for item in plan.parameters}
    found += [("clause", clause.id, _clause(clause, sources, shared)) for clause in plan.clauses]
    found += [("parameter", item.code, _parameter(item, codes)) for item in plan.parameters]
    found += [("conflict", item.code, _conflict(item, codes)) for item in plan.conflicts]
    for table, code, flawed in found:
        flaws += [Flaw(line_of(table, code, key), f"{table} {code} {key}", kind, message) for key, kind, message in flawed]
    return flaws


def _clause(clause: ClauseDraft, sources: set[str], shared: Mapping[str, object]) -> Iterator[tuple[str, str, str]]:
    if not CLAUSE_CODE.match(clause.id):
        yield "id", "code", _("条款编号应像 A-203：大写字母、连字符、数字")
    for key, limit in LENGTHS.items():
        if len(getattr(clause, key)) > limit:
            yield key, "too_long", _("「%(key)s」最长 %(limit)d 个字") % {"key": key, "limit": limit}
    for key in ("quote", "subject"):
        if not getattr(clause, key).strip():
            yield key, "required", _("请填写「%(key)s」") % {"key": key}
    if clause.kind not in Kind.values:
        yield "kind", "kind", _("类别「%(kind)s」不认识，可用：%(known)s") % {"kind": clause.kind, "known": "、".join(Kind.values)}
    if clause.source and sources and clause.source not in sources:
        yield "source", "unknown_source", _("出处「%(source)s」没有在 [[source]] 里说明") % {"source": clause.source}
    yield from _clause_params(clause, shared)
    if clause.target:
        try:
            TargetRule.from_mapping(clause.target)
        except MalformedTarget as error:
            yield "target", "target", str(error)
    for word in clause.evidence:
        if word not in Evidence.values:
            known = "、".join(Evidence.values)
            yield "evidence", "evidence", _("实据「%(word)s」不认识，可用：%(known)s") % {"word": word, "known": known}
    if clause.began_on and clause.ended_on and clause.ended_on <= clause.began_on:
        yield "ended_on", "order", _("失效日期要晚于生效日期")
    if clause.set and clause.default_by == DefaultBy.DOCUMENT:
        yield "default_by", "default_by", _("set 里的值不是原文给的，default_by 请写 guanjia 或 company")
    yield from _default(clause.default_by, clause.why, needed=bool(clause.set))


def _clause_params(clause: ClauseDraft, shared: Mapping[str, object]) -> Iterator[tuple[str, str, str]]:
    try:
        params.parse(clause.params)
    except params.MalformedParams as error:
        yield "params", "params", _("参数「%(token)s」不是「名=值」") % {"token": str(error)}
        return
    for key, value in clause.set.items():
        if not params.KEY.match(key) or isinstance(value, bool | dict | list):
            yield "set", "params", _("默认值「%(key)s」应是「名=文字或整数」") % {"key": key}
            return
    if clause.target or clause.kind == Kind.CADENCE:
        try:
            Cadence.from_params(params.effective(clause.params, clause.set, shared=shared))
        except BadCadence as error:
            yield "set" if clause.set else "params", "cadence", str(error)


def _parameter(item: ParameterDraft, codes: set[str]) -> Iterator[tuple[str, str, str]]:
    if not PARAMETER_CODE.match(item.code):
        yield "code", "code", _("参数编号应像 winter_months：小写字母、数字和下划线")
    if len(item.code) > 40:
        yield "code", "too_long", _("「%(key)s」最长 %(limit)d 个字") % {"key": "code", "limit": 40}
    yield from _unknown("clauses", item.clauses, codes)
    yield from _default(item.default_by, item.why, needed=item.default_by != DefaultBy.DOCUMENT)


def _conflict(item: ConflictDraft, codes: set[str]) -> Iterator[tuple[str, str, str]]:
    if not CONFLICT_CODE.match(item.code):
        yield "code", "code", _("冲突编号应像 K-01")
    options = [str(option.get("key", "")) if isinstance(option, dict) else "" for option in item.options]
    if len(options) < 2 or not all(options) or len(set(options)) < len(options):
        yield "options", "options", _("冲突至少要有两个选项，每个选项有自己的 key")
        return
    for option in item.options:
        named = option.get("clauses", [])
        if not isinstance(option.get("says"), str) or not isinstance(named, list) or not all(isinstance(code, str) for code in named):
            yield "options", "options", _("选项 %(key)s 要有 says（说法）和 clauses（条款列表）") % {"key": option["key"]}
            return
    yield from _unknown("options", item.clauses, codes)
    if item.rule not in {"one", "several"}:
        yield "rule", "rule", _("rule 只能是 one（只取一个）或 several（可以并用）")
    if not item.choice or set(item.choice) - set(options) or (item.rule == "one" and len(item.choice) != 1):
        yield "choice", "choice", _("choice 要从选项里取：%(known)s") % {"known": "、".join(options)}
    yield from _default(item.default_by, item.why, needed=True)


def _unknown(key: str, named: tuple[str, ...], codes: set[str]) -> Iterator[tuple[str, str, str]]:
    for code in named:
        if code not in codes:
            yield key, "unknown_clause", _("提到的条款 %(code)s 不在方案里") % {"code": code}


def _default(default_by: str, why: str, *, needed: bool) -> Iterator[tuple[str, str, str]]:
    if default_by not in DefaultBy.values:
        yield "default_by", "default_by", _("default_by 只能是 document、guanjia 或 company")
    elif needed and not why:
        yield "why", "required", _("取了这个值，请用一句话写明理由（why）")
