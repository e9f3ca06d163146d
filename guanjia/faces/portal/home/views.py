"""The portal's own pages: 首页, 我的, and what it is called on a home screen."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from guanjia.faces.kit import pwa
from guanjia.faces.kit import views as kit
from guanjia.faces.kit.greetings import greeting
from guanjia.faces.portal.home import homes
from guanjia.kernel.periods import business_day


def manifest(request: HttpRequest) -> HttpResponse:
    return pwa.manifest(request, name=_("管家"), start="/portal/", scope="/portal/")


@kit.resident
def home(request: HttpRequest) -> HttpResponse:
    held = homes.homes(request)
    mine = homes.chosen(request, held)
    context = {
        "homes": held,
        "mine": mine,
        "greeting": greeting(request.at, request.actor.name),
        "steward": homes.steward_of(mine.place, on=business_day(request.at)),
        "kept": homes.kept(mine.estate, request),
    }
    return kit.page(request, "portal/home/home.html", context)


@kit.resident
@require_POST
def home_choice(request: HttpRequest) -> HttpResponse:
    """Look at another of one's homes from here on; a home that is not one's own does not exist."""
    wanted = request.POST.get("place", "")
    if not wanted:
        return HttpResponseBadRequest()
    place_id = next((each.place_id for each in homes.homes(request) if str(each.place_id) == wanted), None)
    if place_id is None:
        raise Http404
    request.session["home"] = place_id
    response = HttpResponseRedirect(reverse("portal:home"))
    response.status_code = 303
    return response


@kit.resident
def me(request: HttpRequest) -> HttpResponse:
    return kit.page(request, "portal/home/me.html", {"homes": homes.homes(request)})
