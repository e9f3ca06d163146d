"""Who is who, who may what where, and who stands in for whom."""

from guanjia.domain.staff.queries.actors import actor_for, reach_of, totp_required
from guanjia.domain.staff.queries.certificates import (
    CertificateLine,
    certificates,
    certified,
    due_certificates,
    guards_of_age,
    uncertified_managers,
)
from guanjia.domain.staff.queries.members import appointments_of, deputyships, member_for, members, scope_label
from guanjia.domain.staff.queries.posts import PostNode, companies, library_sets, permission_groups, posts, tree
from guanjia.domain.staff.queries.responsible import Responsible, responsible, titles_of
from guanjia.domain.staff.queries.stewards import Steward, steward_of_grid, stewardships, stewardships_of

__all__ = [
    "CertificateLine",
    "PostNode",
    "Responsible",
    "Steward",
    "actor_for",
    "appointments_of",
    "certificates",
    "certified",
    "companies",
    "deputyships",
    "due_certificates",
    "guards_of_age",
    "library_sets",
    "member_for",
    "members",
    "permission_groups",
    "posts",
    "reach_of",
    "responsible",
    "scope_label",
    "steward_of_grid",
    "stewardships",
    "stewardships_of",
    "titles_of",
    "totp_required",
    "tree",
    "uncertified_managers",
]
