"""Everything that changes what is known of people, firms and their households."""

from guanjia.domain.parties.actions.belongings import (
    change_vehicle,
    end_pet,
    end_vehicle,
    register_pet,
    register_vehicle,
)
from guanjia.domain.parties.actions.consents import give_consent, withdraw_consent
from guanjia.domain.parties.actions.knowing import confirm, set_familiarity
from guanjia.domain.parties.actions.living import change_occupancy, move_in, move_out, settle
from guanjia.domain.parties.actions.merging import keep_apart, merge, undo_merge
from guanjia.domain.parties.actions.minding import change_need, end_need, end_preference, note_need, note_preference
from guanjia.domain.parties.actions.people import add_phone, change, end_phone, register
from guanjia.domain.parties.actions.revealing import reveal

__all__ = [
    "add_phone",
    "change",
    "change_need",
    "change_occupancy",
    "change_vehicle",
    "confirm",
    "end_need",
    "end_pet",
    "end_phone",
    "end_preference",
    "end_vehicle",
    "give_consent",
    "keep_apart",
    "merge",
    "move_in",
    "move_out",
    "note_need",
    "note_preference",
    "register",
    "register_pet",
    "register_vehicle",
    "reveal",
    "set_familiarity",
    "settle",
    "undo_merge",
    "withdraw_consent",
]
