"""Plans, their clauses, where and since when they hold, and what differs from them."""

from guanjia.domain.standards.models.calendar import Holiday
from guanjia.domain.standards.models.plans import Adoption, Clause, Override, Plan

__all__ = ["Adoption", "Clause", "Holiday", "Override", "Plan"]
