"""Pages about places and what stands in them."""

from guanjia.faces.console.estate.views import checkpoints, equipment, ledger, meters, plates, premises, rooms, search, settings

__all__ = ["checkpoints", "equipment", "ledger", "meters", "plates", "premises", "rooms", "search", "settings"]
