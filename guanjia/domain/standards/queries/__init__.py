"""Questions about plans and what they make due."""

from guanjia.domain.standards.queries.plans import (
    adopted,
    adoptions,
    clauses_in_force,
    draft_of,
    overrides,
    plans,
    term_of,
    terms,
    workdays_of,
)
from guanjia.domain.standards.queries.targets import targets

__all__ = [
    "adopted",
    "adoptions",
    "clauses_in_force",
    "draft_of",
    "overrides",
    "plans",
    "targets",
    "term_of",
    "terms",
    "workdays_of",
]
