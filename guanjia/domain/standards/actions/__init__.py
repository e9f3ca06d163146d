"""Every write of the standards."""

from guanjia.domain.standards.actions.calendar import declare_days
from guanjia.domain.standards.actions.cases import (
    attend,
    excuse_breach,
    explain_breach,
    mark,
    pause,
    reclassify,
    resume,
    sweep,
    withdraw_clocks,
)
from guanjia.domain.standards.actions.occurrences import Completion, assign, excuse, record_batch, record_done, withdraw
from guanjia.domain.standards.actions.photos import record_with_photo
from guanjia.domain.standards.actions.plans import adopt, load, override, restore, retire

__all__ = [
    "Completion",
    "adopt",
    "assign",
    "attend",
    "declare_days",
    "excuse",
    "excuse_breach",
    "explain_breach",
    "load",
    "mark",
    "override",
    "pause",
    "reclassify",
    "record_batch",
    "record_done",
    "record_with_photo",
    "restore",
    "resume",
    "retire",
    "sweep",
    "withdraw",
    "withdraw_clocks",
]
