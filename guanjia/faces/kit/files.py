"""Evidence in every face: a panel of what belongs to a thing, the upload, and the one view that gives bytes out.

Nothing is served from a folder: each request asks the owner of what the file proves whether this person may see it.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from guanjia.domain.files import actions, ports, queries
from guanjia.domain.files.rules import MAX_BYTES
from guanjia.faces.kit import views as kit
from guanjia.faces.kit.environment import moment
from guanjia.faces.kit.forms import Form

SANDBOX = "default-src 'none'; sandbox; frame-ancestors 'none'"


class UploadForm(Form):
    file = forms.FileField(
        label=_("照片或文件"),
        help_text=_("照片、PDF、Word、Excel 或文本，最大 15 MB"),
        widget=forms.FileInput(
            attrs={
                "accept": "image/jpeg,image/png,image/webp,image/heic,.pdf,.docx,.xlsx,.txt,.csv",
                "data-behavior": "upload",
                "data-max-mb": MAX_BYTES // 1024 // 1024,
                "data-too-large": _("照片太大（{mb} MB），最大 15 MB"),
            }
        ),
    )


@kit.somebody
def file(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the file out; pictures open, everything else is downloaded."""
    return _given(request, pk, thumbnail=False)


@kit.somebody
def thumbnail(request: HttpRequest, pk: int) -> HttpResponse:
    return _given(request, pk, thumbnail=True)


@kit.somebody
def files(request: HttpRequest, about_type: str, about_id: int) -> HttpResponse:
    """Show what proves a thing, and take more in."""
    about = ports.subject(request.actor, about_type, about_id)
    if about is None:
        raise Http404
    may_add = ports.may_add(request.actor, about_type, about)
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid() and form.attempt(_upload, about, actor=request.actor, at=request.at):
        if not kit.partial(request):
            return kit.saved(request, request.path, said=_("已附上"))
        form = UploadForm()
    found = list(queries.of(about))
    context = {
        "form": form,
        "may_add": may_add,
        "address": request.path,
        "photos": [_photo(row) for row in found if row.thumbnail_key],
        "documents": [row for row in found if not row.thumbnail_key],
    }
    return kit.panel(request, "kit/_files.html", context, within="kit/files.html")


def _upload(about: Any, *, file: Any, **facts: Any) -> Any:
    return actions.upload(about, file=file, name=file.name, **facts)


def _given(request: HttpRequest, pk: int, *, thumbnail: bool) -> HttpResponse:
    row = queries.visible(request.actor, pk)
    stored = queries.content(row, thumbnail=thumbnail) if row is not None else None
    if row is None or stored is None:
        raise Http404
    tag = f'"{row.sha256[:32]}{"t" if thumbnail else ""}"'
    if request.headers.get("If-None-Match") == tag:
        stored.close()
        return HttpResponseNotModified(headers={"ETag": tag})
    picture = bool(row.thumbnail_key)
    response = FileResponse(stored, as_attachment=not picture, filename=row.name, content_type=row.media_type)
    response["Content-Security-Policy"] = SANDBOX
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-cache"
    response["ETag"] = tag
    return response


def _photo(row: Any) -> dict[str, Any]:
    when = row.captured_at or row.received_at
    return {
        "href": reverse("file", args=[row.pk]),
        "thumb": reverse("file-thumbnail", args=[row.pk]),
        "alt": _("照片，%(when)s") % {"when": moment(when)},
        "word": moment(when)[5:],
    }
