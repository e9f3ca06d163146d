"""Questions about places and what stands in them. Everything is scoped by the actor."""

from guanjia.domain.estate.queries.equipment import checkpoint_of_token, checkpoints, due_soon, equipment, inspections, meters
from guanjia.domain.estate.queries.grids import grid_of, grids, without_grid
from guanjia.domain.estate.queries.places import (
    ancestors,
    branches,
    buildings,
    chain,
    companies,
    estates,
    history,
    neighbours,
    places,
    present,
    under,
    units,
    vacancies,
)
from guanjia.domain.estate.queries.search import Hit, find
from guanjia.domain.estate.queries.stacks import Cell, Stack, stacks

__all__ = [
    "Cell",
    "Hit",
    "Stack",
    "ancestors",
    "branches",
    "buildings",
    "chain",
    "checkpoint_of_token",
    "checkpoints",
    "companies",
    "due_soon",
    "equipment",
    "estates",
    "find",
    "grid_of",
    "grids",
    "history",
    "inspections",
    "meters",
    "neighbours",
    "places",
    "present",
    "stacks",
    "under",
    "units",
    "vacancies",
    "without_grid",
]
