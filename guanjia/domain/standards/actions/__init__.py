"""Every write of the standards."""

from guanjia.domain.standards.actions.calendar import declare_days
from guanjia.domain.standards.actions.occurrences import Completion, assign, excuse, record_batch, record_done, withdraw
from guanjia.domain.standards.actions.plans import adopt, load, override, restore, retire

__all__ = [
    "Completion",
    "adopt",
    "assign",
    "declare_days",
    "excuse",
    "load",
    "override",
    "record_batch",
    "record_done",
    "restore",
    "retire",
    "withdraw",
]
