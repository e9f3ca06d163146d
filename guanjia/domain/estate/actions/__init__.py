"""Verbs on estates, places, equipment, meters, checkpoints and grids."""

from guanjia.domain.estate.actions.checkpoints import add_checkpoint, end_checkpoint, reissue_checkpoint
from guanjia.domain.estate.actions.equipment import add_equipment, restart_equipment, retire_equipment, revise_equipment, stop_equipment
from guanjia.domain.estate.actions.estates import found_company, open_branch, open_estate, revise_estate
from guanjia.domain.estate.actions.grids import draw_grid, end_grid, fill_grid
from guanjia.domain.estate.actions.inspections import record_inspection, void_inspection
from guanjia.domain.estate.actions.meters import add_meter, end_meter, read_meter, replace_meter
from guanjia.domain.estate.actions.places import add_place, end_place, rename_place, revise_premises
from guanjia.domain.estate.actions.rooms import merge_premises, set_vacancy, split_premises

__all__ = [
    "add_checkpoint",
    "add_equipment",
    "add_meter",
    "add_place",
    "draw_grid",
    "end_checkpoint",
    "end_grid",
    "end_meter",
    "end_place",
    "fill_grid",
    "found_company",
    "merge_premises",
    "open_branch",
    "open_estate",
    "read_meter",
    "record_inspection",
    "reissue_checkpoint",
    "rename_place",
    "replace_meter",
    "restart_equipment",
    "retire_equipment",
    "revise_equipment",
    "revise_estate",
    "revise_premises",
    "set_vacancy",
    "split_premises",
    "stop_equipment",
    "void_inspection",
]
