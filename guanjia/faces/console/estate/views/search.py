"""The room box: options while somebody types, a page for who presses Enter without having picked."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from guanjia.domain.estate import queries
from guanjia.faces.kit import views as kit


@kit.signed_in
def search(request: HttpRequest) -> HttpResponse:
    """Answer the places that the text may mean in the chosen estate; one exact room leads straight to its page."""
    estate = kit.chosen_estate(request)
    asked = request.GET.get("q") or next((value for name, value in request.GET.items() if name.endswith("_text")), "")
    text = str(asked)
    hits = queries.find(request.actor, estate, text)
    context = {"hits": hits, "text": text.strip(), "estate": estate}
    if kit.partial(request):
        return kit.page(request, "console/estate/_hits.html", context)
    if len(hits) == 1 and hits[0].exact:
        return HttpResponseRedirect(reverse("console:place", args=[hits[0].place.pk]))
    return kit.page(request, "console/estate/search.html", context)
