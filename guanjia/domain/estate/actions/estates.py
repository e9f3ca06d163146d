"""Companies, branches and estates: the frame that everything operational stands in."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from guanjia.domain.estate.events import BranchOpened, CompanyFounded, EstateOpened, EstateRevised
from guanjia.domain.estate.models import Branch, Company, Estate, Place
from guanjia.domain.estate.permissions import SETUP
from guanjia.domain.estate.rules import labels
from guanjia.domain.estate.states import EstateType
from guanjia.kernel.actor import Actor
from guanjia.kernel.commands import once
from guanjia.kernel.errors import NotAllowed, Refusal
from guanjia.kernel.events import announce
from guanjia.kernel.states import revise

REVISABLE = ("name", "address", "hotline", "type", "label_form", "short_order", "began_on")
ORDERS = ("building-entrance-room", "phase-building-room", "building-floor-room", "entrance-floor-room")


class CodeTaken(Refusal):
    """Another one has this code already."""

    code, field = "code_taken", "code"


class BadCode(Refusal):
    """A code must be short, without blanks and slashes."""

    code, field = "bad_code", "code"


class BadTemplate(Refusal):
    """The display template cannot be used."""

    code, field = "bad_template", "label_form"


class NothingChanged(Refusal):
    """The form asks for what is already so."""

    code = "nothing_changed"


def clean_code(code: str, *, longest: int = 40) -> str:
    """Return the code without blanks around it. Raises BadCode."""
    code = code.strip()
    if not code or len(code) > longest or any(sign.isspace() or sign == "/" for sign in code):
        raise BadCode(_("编号要填写，不超过 %(longest)s 个字，不能有空格和斜杠") % {"longest": longest})
    return code


@transaction.atomic
def found_company(*, code: str, name: str, short_name: str = "", actor: Actor, at: datetime) -> Company:
    """Enter a property company. Only the system may: it is the set-up of an installation. Raises NotAllowed, CodeTaken."""
    if not actor.everything:
        raise NotAllowed(SETUP)
    code = clean_code(code, longest=20)
    if Company.objects.filter(code=code).exists():
        raise CodeTaken(_("公司编号 %(code)s 已有") % {"code": code})
    company = Company.objects.create(code=code, name=name, short_name=short_name)
    announce(CompanyFounded(company.pk), about=company, actor=actor, at=at)
    return company


@transaction.atomic
def open_branch(company: Company, *, code: str, name: str, parent: Branch | None = None, actor: Actor, at: datetime) -> Branch:
    """Open a branch of the company, maybe under another one. Raises NotAllowed, BadCode, CodeTaken."""
    _require_company(actor, company)
    code = clean_code(code, longest=20)
    if Branch.objects.filter(company=company, code=code).exists():
        raise CodeTaken(_("分支编号 %(code)s 已有") % {"code": code})
    branch = Branch.objects.create(company=company, parent=parent, code=code, name=name)
    announce(BranchOpened(branch.pk, code), about=branch, actor=actor, at=at)
    return branch


def open_estate(
    company: Company,
    *,
    code: str,
    name: str,
    branch: Branch | None = None,
    type: str = EstateType.RESIDENTIAL,  # noqa: A002 - the field's name
    label_form: str = labels.SHORT,
    address: str = "",
    hotline: str = "",
    key: UUID,
    actor: Actor,
    at: datetime,
) -> Estate:
    """Take on an estate. The code is unique in the installation and stays for good.

    Clause: C-002 (`type`). Raises NotAllowed, BadCode, CodeTaken, BadTemplate.
    """
    _require_company(actor, company)

    def do() -> int:
        clean = clean_code(code, longest=20)
        if Estate.objects.filter(code=clean).exists():
            raise CodeTaken(_("小区编号 %(code)s 已有") % {"code": clean})
        _check_template(label_form)
        estate = Estate.objects.create(
            company=company, branch=branch, code=clean, name=name, type=type, label_form=label_form, address=address, hotline=hotline
        )
        announce(EstateOpened(estate.pk, clean), about=estate, actor=actor, at=at)
        return estate.pk

    body = ["open_estate", company.pk, code, name, branch and branch.pk, type, label_form, address, hotline]
    return Estate.objects.get(pk=once(key, actor=actor, at=at, body=body, do=do))


@transaction.atomic
def revise_estate(estate: Estate, *, seen: int, actor: Actor, at: datetime, **facts: Any) -> None:
    """Change facts of an estate; a new display template renames every place at once.

    Raises NotAllowed, BadTemplate, NothingChanged, Stale.
    """
    actor.require(SETUP, estate)
    unknown = set(facts) - set(REVISABLE)
    if unknown:
        raise TypeError(f"not revisable: {sorted(unknown)}")
    changed = {name: value for name, value in facts.items() if getattr(estate, name) != value}
    if not changed:
        raise NothingChanged(_("没有改动"))
    if "label_form" in changed:
        _check_template(changed["label_form"])
    revise(estate, seen=seen, **changed)
    if "label_form" in changed:
        relabel(estate)
    announce(EstateRevised(estate.pk, tuple(sorted(changed))), about=estate, actor=actor, at=at)


def relabel(estate: Estate) -> int:
    """Derive label and keys of every present place from the codes and the template; return how many changed.

    Also for bulk work that wrote codes only. Announces nothing: the caller does.
    """
    chains: dict[str, tuple[tuple[str, str, str], ...]] = {}
    changed = []
    for place in Place.objects.filter(estate=estate, ended_on=None).order_by("path").iterator(chunk_size=5000):
        above = place.path[: -len(place.code) - 1]
        chains[place.path] = (*chains.get(above, ()), (place.kind, place.code, place.name))
        found = labels.keys(chains[place.path], estate.label_form)
        columns = {name: getattr(found, name) for name in ("label", "spoken", "compact", "sort_key")}
        if any(getattr(place, name) != value for name, value in columns.items()):
            for name, value in columns.items():
                setattr(place, name, value)
            changed.append(place)
    Place.objects.bulk_update(changed, ["label", "spoken", "compact", "sort_key"], batch_size=500)
    return len(changed)


def _check_template(template: str) -> None:
    faults = labels.faults(template)
    said = {
        "brackets": _("方括号要成对"),
        "unknown": _("只能用 {phase} {building} {entrance} {floor} {room}"),
        "no_room": _("要有 {room}"),
        "twice": _("每个字段只用一次"),
        "long": _("太长"),
    }
    if faults:
        raise BadTemplate(_("房号样式有误：%(faults)s") % {"faults": "；".join(said[fault] for fault in faults)})


def _require_company(actor: Actor, company: Company) -> None:
    """A company-wide grant of this company is needed: an estate's manager cannot open another estate."""
    whole = any(grant.company_id == company.pk for grant in actor.holding(SETUP))
    if not (actor.everything or whole):
        raise NotAllowed(SETUP)
