"""The frame: which estate the person works in, and where the settings begin."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from guanjia.domain.estate import queries as estate_queries
from guanjia.domain.estate.permissions import VIEW
from guanjia.faces.kit import navigation
from guanjia.faces.kit import views as kit


@require_POST
@kit.signed_in
def estate_choice(request: HttpRequest) -> HttpResponse:
    """Work in another estate from here on; an estate out of reach does not exist."""
    wanted = request.POST.get("estate", "")
    estate = estate_queries.estates(request.actor, VIEW).filter(pk=int(wanted)).first() if wanted.isascii() and wanted.isdigit() else None
    if estate is None:
        raise Http404
    request.session["estate"] = estate.pk
    to = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(to, {request.get_host()}, require_https=request.is_secure()):
        to = "/"
    response = HttpResponseRedirect(to)
    response.status_code = 303
    return response


@kit.signed_in
def settings(request: HttpRequest) -> HttpResponse:
    """Lead to the first page of the settings that the person may open."""
    links = navigation.menu("settings", request)
    if not links:
        raise Http404
    return HttpResponseRedirect(links[0].href)
