"""Plans, their clauses, where and since when they hold, what differs from them, and what became of what they make due."""

from guanjia.domain.standards.models.calendar import Holiday
from guanjia.domain.standards.models.cases import CaseClock, CaseMark, CasePause
from guanjia.domain.standards.models.occurrences import Occurrence
from guanjia.domain.standards.models.plans import Adoption, Clause, Override, Plan

__all__ = ["Adoption", "CaseClock", "CaseMark", "CasePause", "Clause", "Holiday", "Occurrence", "Override", "Plan"]
