"""Who is who, who may what where, and who stands in for whom."""

from guanjia.domain.staff.queries.actors import actor_for, reach_of, reaches, totp_required
from guanjia.domain.staff.queries.certificates import (
    CertificateLine,
    certificates,
    certified,
    due_certificates,
    guards_of_age,
    uncertified_managers,
)
from guanjia.domain.staff.queries.members import (
    MemberRow,
    appointments_of,
    appointments_seen,
    deputyships,
    member_for,
    member_rows,
    members,
    scope_label,
)
from guanjia.domain.staff.queries.posts import PostNode, companies, holders, library_sets, permission_groups, posts, tree
from guanjia.domain.staff.queries.responsible import Responsible, responsible, titles_held, titles_of
from guanjia.domain.staff.queries.stewards import Steward, steward_of_grid, stewardships, stewardships_of, stewardships_seen

__all__ = [
    "CertificateLine",
    "MemberRow",
    "PostNode",
    "Responsible",
    "Steward",
    "actor_for",
    "appointments_of",
    "appointments_seen",
    "certificates",
    "certified",
    "companies",
    "deputyships",
    "due_certificates",
    "guards_of_age",
    "holders",
    "library_sets",
    "member_for",
    "member_rows",
    "members",
    "permission_groups",
    "posts",
    "reach_of",
    "reaches",
    "responsible",
    "scope_label",
    "steward_of_grid",
    "stewardships",
    "stewardships_of",
    "stewardships_seen",
    "titles_held",
    "titles_of",
    "totp_required",
    "tree",
    "uncertified_managers",
]
