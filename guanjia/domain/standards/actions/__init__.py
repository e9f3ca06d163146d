"""Every write of the standards."""

from guanjia.domain.standards.actions.calendar import declare_days
from guanjia.domain.standards.actions.plans import adopt, load, override, restore, retire

__all__ = ["adopt", "declare_days", "load", "override", "restore", "retire"]
