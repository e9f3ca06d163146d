"""扫码: from the code on a plate to the checkpoint it hangs at."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse

from guanjia.domain.estate import queries as estate
from guanjia.faces.kit import views as kit
from guanjia.kernel.periods import business_day

MOST = 8


@kit.signed_in
def scan(request: HttpRequest) -> HttpResponse:
    """Ask for the code of a plate; one match leads on, several are listed, none is said."""
    code = request.GET.get("code", "").strip()
    if not code:
        return kit.page(request, "field/checkpoints/scan.html", {"code": "", "found": []})
    found = list(estate.checkpoints(request.actor).filter(code__iexact=code, ended_on=None)[:MOST])
    if len(found) == 1:
        return HttpResponseRedirect(reverse("field:checkpoint", args=[found[0].pk]))
    return kit.page(request, "field/checkpoints/scan.html", {"code": code, "found": found}, status=200 if found else 422)


@kit.signed_in
def checkpoint(request: HttpRequest, pk: int) -> HttpResponse:
    """One checkpoint: where it hangs, what stands there and what the law asks of it."""
    shown = get_object_or_404(estate.checkpoints(request.actor).filter(ended_on=None), pk=pk)
    duties = list(shown.equipment.duties.order_by("due_on", "code")) if shown.equipment_id else []
    context = {"checkpoint": shown, "duties": duties, "today": business_day(request.at)}
    return kit.page(request, "field/checkpoints/checkpoint.html", context)
