"""Every sheet that can be imported, in the order in which it is written."""

from ..describe import Sheet
from .charges import ARREARS, TARIFFS
from .people import RESIDENTS, STAFF, VEHICLES
from .places import BUILDINGS, PREMISES, SPACES
from .things import EQUIPMENT, METERS

SHEETS: tuple[Sheet, ...] = (BUILDINGS, PREMISES, RESIDENTS, SPACES, VEHICLES, TARIFFS, ARREARS, METERS, EQUIPMENT, STAFF)
BY_KIND = {sheet.kind: sheet for sheet in SHEETS}

__all__ = ["BY_KIND", "SHEETS"]
