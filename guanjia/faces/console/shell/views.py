"""The frame: which estate the person works in, and where the settings begin."""

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from guanjia.domain.estate import queries as estate_queries
from guanjia.domain.estate.permissions import VIEW
from guanjia.faces.kit import navigation
from guanjia.faces.kit import views as kit


@kit.signed_in
@require_POST
def estate_choice(request: HttpRequest) -> HttpResponse:
    """Work in another estate from here on; an estate out of reach does not exist."""
    wanted = request.POST.get("estate", "")
    if not (wanted.isascii() and wanted.isdigit() and len(wanted) < 19):
        return HttpResponseBadRequest()
    estate = get_object_or_404(estate_queries.estates(request.actor, VIEW), pk=int(wanted))
    request.session["estate"] = estate.pk
    to = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(to, {request.get_host()}, require_https=request.is_secure()):
        to = "/"
    response = HttpResponseRedirect(to)
    response.status_code = 303
    return response


@kit.signed_in
def settings(request: HttpRequest) -> HttpResponse:
    """Lead to the first page of the settings that the person may open, else home."""
    links = navigation.menu("settings", request)
    return HttpResponseRedirect(links[0].href if links else "/")
