"""The desk of the work orders, with whatever requests need beside."""

from tests.domain.workorders.conftest import desk

__all__ = ["desk"]
