"""An account that was opened for a member becomes his own."""

import pytest

from guanjia.domain.accounts import actions as accounts
from guanjia.domain.staff import actions, queries
from guanjia.domain.staff.actions.members import HasAccount, HasLeft
from guanjia.kernel.actor import Actor
from guanjia.kernel.errors import NotAllowed, Stale

from .conftest import NOON
from .test_members import join


def opened(login="shan"):
    return accounts.open_account(login=login, name="单桂芳", actor=Actor.system(), at=NOON)


def tie(member, user, who):
    actions.tie_account(member, user=user, seen=member.version, actor=who.actor, at=NOON)


def test_the_member_is_known_by_the_account_from_then_on(world, office, told):
    member = join(world, office.sun)
    user = opened()
    tie(member, user, office.sun)
    assert queries.member_for(user) == member
    assert told(member)[-1] == ("staff.MemberChanged", {"member_id": member.pk, "fields": ["user"]})


def test_one_account_is_one_member_s(world, office):
    first, second = join(world, office.sun), join(world, office.sun, number="A018")
    user = opened()
    tie(first, user, office.sun)
    with pytest.raises(HasAccount):
        tie(second, user, office.sun)
    with pytest.raises(HasAccount):
        tie(first, opened("other"), office.sun)


def test_nobody_who_has_left_gets_an_account(world, office):
    member = join(world, office.sun)
    actions.leave(member, left_on=NOON.date(), seen=member.version, actor=office.sun.actor, at=NOON)
    with pytest.raises(HasLeft):
        tie(member, opened(), office.sun)


def test_whoever_may_not_edit_staff_is_refused_and_so_is_an_old_version(world, office):
    member = join(world, office.sun)
    with pytest.raises(NotAllowed):
        tie(member, opened(), world.wang)
    with pytest.raises(Stale):
        actions.tie_account(member, user=opened("late"), seen=member.version + 1, actor=office.sun.actor, at=NOON)
