"""The REST face: one document at /api/openapi.json, bearer tokens made at 设置 › 我的账号."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, ValidationError

from guanjia.faces.api.accounts.views import router as accounts
from guanjia.faces.api.door import Token
from guanjia.faces.api.standards.views import router as standards
from guanjia.kernel.errors import IllegalMove, Refusal

api = NinjaAPI(title="Guanjia", version="1", urls_namespace="api", auth=Token(), docs_url=None)
api.add_router("", accounts)
api.add_router("", standards)


def _say(request: HttpRequest, code: str, message: str, status: int, field: str = "") -> HttpResponse:
    return api.create_response(request, {"code": code, "message": message, "field": field}, status=status)


@api.exception_handler(Refusal)
def refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    status = 409 if isinstance(refusal, IllegalMove) else refusal.status
    return _say(request, refusal.code, str(refusal), status, refusal.field)


@api.exception_handler(Http404)
def missing(request: HttpRequest, error: Http404) -> HttpResponse:
    return _say(request, "missing", _("没有这一条，或者不在你的范围内"), 404)


@api.exception_handler(AuthenticationError)
def unknown(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    return _say(request, "no_token", _("请带上有效的令牌"), 401)


@api.exception_handler(ValidationError)
def malformed(request: HttpRequest, error: ValidationError) -> HttpResponse:
    first = error.errors[0]
    return _say(request, "malformed", str(first["msg"]), 422, str(first["loc"][-1]))


urlpatterns = [path("", api.urls)]
