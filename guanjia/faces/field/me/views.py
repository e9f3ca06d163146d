"""我的: who I am here, what I must keep valid, how this phone shows it."""

from django.http import HttpRequest, HttpResponse

from guanjia.domain.staff import queries as staff
from guanjia.faces.kit import views as kit
from guanjia.kernel.periods import business_day


@kit.signed_in
def me(request: HttpRequest) -> HttpResponse:
    day = business_day(request.at)
    member = staff.member_for(request.user)
    held = [(appointment, staff.scope_label(appointment)) for appointment in staff.appointments_of(member, on=day)]
    return kit.page(request, "field/me/me.html", {"member": member, "held": held, "certificates": staff.certificates(member, on=day)})
