"""Set-based entering of places and things, for imports: look first, then write once, all or nothing.

The caller holds the transaction, has required the permission, and announces once for the whole batch.
"""

from guanjia.domain.estate.actions.bulk.things import Ledger, spot
from guanjia.domain.estate.actions.bulk.tree import Ambiguous, Misplaced, Node, Tree

__all__ = ["Ambiguous", "Ledger", "Misplaced", "Node", "Tree", "spot"]
