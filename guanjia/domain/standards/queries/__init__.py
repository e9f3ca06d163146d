"""Questions about plans and what they make due."""

from guanjia.domain.standards.queries.cases import clocks_of, pauses_of, prove_clocks, response_of, rulebook, running, standing, timeliness
from guanjia.domain.standards.queries.mine import Attention, MyDay, attention, my_day
from guanjia.domain.standards.queries.occurrences import Item, Ledger, Record, Ref, due, find, records, unheld
from guanjia.domain.standards.queries.overview import ClauseMonth, Overview, coverage, month, overview
from guanjia.domain.standards.queries.plans import (
    adopted,
    adoptions,
    clauses_in_force,
    draft_of,
    overrides,
    overrides_on,
    plans,
    prove_plans,
    shelf,
    term_of,
    terms,
    values_on,
    workdays_of,
)
from guanjia.domain.standards.queries.promises import Promises, Unready, promises
from guanjia.domain.standards.queries.targets import targets
from guanjia.domain.standards.rules.occurrences import tally

__all__ = [
    "Attention",
    "ClauseMonth",
    "Item",
    "Ledger",
    "MyDay",
    "Overview",
    "Promises",
    "Record",
    "Ref",
    "Unready",
    "adopted",
    "adoptions",
    "attention",
    "clauses_in_force",
    "clocks_of",
    "coverage",
    "draft_of",
    "due",
    "find",
    "month",
    "my_day",
    "overrides",
    "overrides_on",
    "overview",
    "pauses_of",
    "plans",
    "promises",
    "prove_clocks",
    "prove_plans",
    "records",
    "response_of",
    "rulebook",
    "running",
    "shelf",
    "standing",
    "tally",
    "targets",
    "term_of",
    "terms",
    "timeliness",
    "unheld",
    "values_on",
    "workdays_of",
]
