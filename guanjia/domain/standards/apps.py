from typing import Any

from django.apps import AppConfig
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from guanjia.kernel.actor import Actor


class StandardsConfig(AppConfig):
    name = "guanjia.domain.standards"
    verbose_name = _("服务标准")

    def ready(self) -> None:
        from guanjia.domain.files import ports as files
        from guanjia.domain.standards import queries
        from guanjia.domain.trail.ports import register_check

        register_check("standards.clocks", queries.prove_clocks)
        register_check("standards.plans", queries.prove_plans)
        files.register("standards.Occurrence", _occurrence)


def _occurrence(actor: Actor, about_id: int) -> Any:
    """Return the record if the actor may look at standards, or record, where it belongs."""
    from guanjia.domain.standards.models import Occurrence
    from guanjia.domain.standards.permissions import RECORD, VIEW

    reach: Q = actor.within(VIEW) | actor.within(RECORD)
    return Occurrence.objects.filter(reach, pk=about_id).first()
