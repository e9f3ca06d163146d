"""导入: template, upload, preview with every bad cell, confirmation, progress, result, undo."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from guanjia.domain.intake import actions, queries
from guanjia.domain.intake.permissions import RUN, UNDO
from guanjia.domain.intake.rules import template
from guanjia.domain.intake.rules.sheets import SHEETS
from guanjia.domain.intake.states import State
from guanjia.faces.console.intake.forms import ConfirmForm, SeenForm, UploadForm
from guanjia.faces.kit import views as kit
from guanjia.kernel.errors import Refusal

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHOWN_FAULTS = 200


@kit.signed_in
def intake(request: HttpRequest) -> HttpResponse:
    estate = kit.chosen_estate(request, RUN)
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if form.is_bound and form.is_valid() and form.attempt(actions.receive, estate, actor=request.actor, at=request.at):
        return kit.saved(request, reverse("console:intake-batch", args=[form.result.pk]), said=_("已收到文件，正在核对"))
    context = {"estate": estate, "form": form, "kinds": SHEETS, "batches": queries.batches(request.actor).filter(estate=estate)[:30]}
    return kit.panel(request, "console/intake/intake.html", context)


@kit.signed_in
def workbook(request: HttpRequest) -> HttpResponse:
    kit.chosen_estate(request, RUN)
    return _file(template.make(), _("导入模板"))


@kit.signed_in
def batch(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, pk)


def _page(request: HttpRequest, pk: int, form: ConfirmForm | None = None, refusal: str = "") -> HttpResponse:
    """Answer the page of a batch, or while a worker is at it and htmx asks, the progress panel alone."""
    found = get_object_or_404(queries.batches(request.actor), pk=pk)
    context: dict[str, Any] = {
        "batch": found,
        "estate": found.estate,
        "working": queries.working(found),
        "progress": queries.progress(found),
    }
    if kit.partial(request) and form is None and not refusal:
        if queries.working(found):
            return kit.page(request, "console/intake/_job.html", context)
        return kit.saved(request, reverse("console:intake-batch", args=[pk]))
    context |= {
        "form": form or ConfirmForm(initial={"seen": found.version}),
        "refusal": refusal,
        "previews": queries.previews(found),
        "faults": queries.faults(found)[:SHOWN_FAULTS],
        "errors": queries.faults(found).count(),
        "notes": queries.faults(found, level="note")[:SHOWN_FAULTS],
        "same": queries.same_file(found),
        "has_file": queries.has_file(found),
        "counts": queries.counts(found),
        "may_undo": found.state == State.DONE and request.actor.may(UNDO, found.estate),
        "step": _STEPS.get(found.state, 3),
    }
    status = 422 if refusal or (form is not None and form.errors) else 200
    return kit.page(request, "console/intake/batch.html", context, status=status)


_STEPS = {State.WAITING: 1, State.JUDGING: 1, State.JUDGED: 2, State.RUNNING: 3, State.DONE: 4, State.UNDONE: 4}


@kit.signed_in
def confirmation(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(queries.batches(request.actor), pk=pk)
    form = ConfirmForm(request.POST or None)
    if form.is_valid() and form.attempt(actions.confirm, found, actor=request.actor, at=request.at):
        return kit.saved(request, reverse("console:intake-batch", args=[pk]), said=_("开始导入"))
    return _page(request, pk, form if form.is_bound else None)


@kit.signed_in
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    return _act(request, pk, actions.drop, _("已放弃，文件已删除"))


@kit.signed_in
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    return _act(request, pk, actions.undo, _("已撤销，资料和导入前一样"))


@kit.signed_in
def restart(request: HttpRequest, pk: int) -> HttpResponse:
    return _act(request, pk, actions.restart, _("已重新开始"))


def _act(request: HttpRequest, pk: int, action: Any, said: str) -> HttpResponse:
    found = get_object_or_404(queries.batches(request.actor), pk=pk)
    form = SeenForm(request.POST or None)
    if form.is_valid() and form.attempt(action, found, actor=request.actor, at=request.at):
        return kit.saved(request, reverse("console:intake-batch", args=[pk]), said=said)
    refusal = "；".join(str(error) for error in form.non_field_errors()) if form.is_bound else ""
    return _page(request, pk, refusal=refusal)


@kit.signed_in
def annotated(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(queries.batches(request.actor), pk=pk)
    if not queries.has_file(found):
        return _page(request, pk, refusal=_("这个批次的文件已经删除"))
    try:
        content = actions.annotated(found, actor=request.actor)
    except Refusal as refusal:
        return _page(request, pk, refusal=str(refusal))
    return _file(content, _("%(name)s（标出错误）") % {"name": found.file_name.rsplit(".", 1)[0]})


def _file(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=XLSX)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}.xlsx"
    return response
