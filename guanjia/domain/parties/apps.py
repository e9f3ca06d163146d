from collections.abc import Iterator
from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


class PartiesConfig(AppConfig):
    name = "guanjia.domain.parties"
    verbose_name = gettext_lazy("住户")

    def ready(self) -> None:
        from guanjia.domain.accounts import ports as accounts
        from guanjia.domain.estate import ports as estate
        from guanjia.domain.parties import reactions as reactions
        from guanjia.domain.parties.actions.binding import Residents
        from guanjia.domain.parties.queries.finder import PartyFinder

        estate.register_finder(PartyFinder())
        estate.register_objection(somebody_lives_there)
        accounts.register_residents(Residents())


def somebody_lives_there(place: Any) -> Iterator[object]:
    """Object to ending a place where somebody still is, or where a vehicle stands."""
    from guanjia.domain.parties.models import Occupancy, Vehicle

    held = Occupancy.objects.filter(estate_id=place.estate_id, place=place, ended_on=None).count()
    if held:
        yield _("还有 %(held)d 条住户登记未迁出") % {"held": held}
    standing = Vehicle.objects.filter(estate_id=place.estate_id, space=place, ended_on=None).count()
    if standing:
        yield _("还有 %(standing)d 辆车登记在这里") % {"standing": standing}
