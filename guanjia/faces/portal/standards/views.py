"""履约: clause by clause what was promised and what was done this month, misses first."""

from django.http import HttpRequest, HttpResponse

from guanjia.faces.kit import views as kit
from guanjia.faces.portal.home import homes


@kit.resident
def standards(request: HttpRequest) -> HttpResponse:
    mine = homes.chosen(request, homes.homes(request))
    return kit.page(request, "portal/standards/standards.html", {"estate": mine.estate, "kept": homes.kept(mine.estate, request)})
