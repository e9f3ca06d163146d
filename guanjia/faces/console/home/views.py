"""工作台: what waits for me."""

from django.http import HttpRequest, HttpResponse

from guanjia.faces.kit import views as kit


@kit.signed_in
def home(request: HttpRequest) -> HttpResponse:
    return kit.page(request, "console/home.html", {"name": request.actor.name})
