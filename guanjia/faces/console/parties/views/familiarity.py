"""客户熟悉度: each steward's rate, the ledger behind it, and what counts as knowing a household."""

from __future__ import annotations

from decimal import Decimal

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from guanjia.domain.parties import actions, queries, states
from guanjia.domain.parties.permissions import EDIT, FAMILIARITY
from guanjia.faces.console.estate.acts import act
from guanjia.faces.console.parties import forms
from guanjia.faces.console.parties.views.people import today
from guanjia.faces.kit import views as kit
from guanjia.faces.kit.listing import workbook as sheet


@kit.signed_in
def familiarity(request: HttpRequest) -> HttpResponse:
    """List the stewards of the chosen estate with their rates."""
    estate = kit.chosen_estate(request)
    may = request.actor.may(FAMILIARITY, estate)
    ledgers = queries.ledgers(request.actor, estate, on=today(request))
    if not may and not ledgers:
        request.actor.require(FAMILIARITY, estate)
    standard = queries.standard_for(estate, on=today(request))
    context = {
        "estate": estate,
        "ledgers": ledgers,
        "standard": standard,
        "demanded": [(states.Fact(fact).label, months) for fact, months in standard.facts.items()],
        "may_define": may,
    }
    return kit.page(request, "console/parties/familiarity.html", context)


@kit.signed_in
def ledger(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one steward's households: what is known, what is missing; as a workbook too."""
    estate = kit.chosen_estate(request)
    found = next((each for each in queries.ledgers(request.actor, estate, on=today(request)) if each.member.pk == pk), None)
    if found is None:
        raise Http404
    wanted = request.GET.get("show", "missing")
    rows = [each for each in found.households if wanted == "all" or not each.known]
    if request.GET.get("as") == "workbook":
        heads = [_("房号"), _("住户"), _("缺"), _("最近核实")]
        lines = ([each.place.label, each.names, "、".join(each.missing), each.last_on] for each in found.households)
        return sheet(_("客户工作台账"), heads, lines)
    context = {"estate": estate, "ledger": found, "rows": rows, "wanted": wanted, "may_edit": request.actor.may(EDIT)}
    return kit.page(request, "console/parties/ledger.html", context)


@kit.signed_in
def definition(request: HttpRequest) -> HttpResponse:
    """Set what counts as knowing a household."""
    estate = kit.chosen_estate(request, FAMILIARITY)
    request.actor.require(FAMILIARITY, estate)
    standard = queries.standard_for(estate, on=today(request))
    initial = {f"fact_{fact}": months for fact, months in standard.facts.items()}
    initial |= {"target": (standard.target * Decimal(100)).normalize(), "began_on": today(request)}
    form = forms.FamiliarityForm(request.POST or None, initial=initial)
    back = reverse("console:familiarity")
    crumbs = [(_("住户"), reverse("console:parties")), (_("客户熟悉度"), back)]
    return act(
        request,
        form,
        actions.set_familiarity,
        estate,
        title=_("熟悉度的定义"),
        crumbs=crumbs,
        back=back,
        said=_("已保存，自该日起按新定义计算"),
    )
