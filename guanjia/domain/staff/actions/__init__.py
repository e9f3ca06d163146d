"""Everything that changes members, posts, certificates, deputies and stewards."""

from guanjia.domain.staff.actions.duties import (
    end_deputyship,
    end_stewardship,
    name_deputy,
    name_steward,
    note_certificate,
    revoke_certificate,
)
from guanjia.domain.staff.actions.members import appoint, change_member, end_appointment, give_login, join, leave, tie_account
from guanjia.domain.staff.actions.posts import add_post, change_post, load_library

__all__ = [
    "add_post",
    "appoint",
    "change_member",
    "change_post",
    "end_appointment",
    "end_deputyship",
    "end_stewardship",
    "give_login",
    "join",
    "leave",
    "load_library",
    "name_deputy",
    "name_steward",
    "note_certificate",
    "revoke_certificate",
    "tie_account",
]
