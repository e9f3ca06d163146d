"""The cast of the staff tests: the company's administrator and the loaded library."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from guanjia.domain.staff import actions
from guanjia.kernel.actor import Actor
from tests import make
from tests.conftest import at
from tests.world import Person

NOON = at("2026-03-02 12:00")


@pytest.fixture
def office(world) -> SimpleNamespace:
    """孙总 administers the whole company; 何倩 works for it without a post."""
    from guanjia.kernel import permissions

    post = make.post(world.company, "总部管理", permissions.every())
    user = make.user("sun", "孙建国")
    sun = Person(user=user, member=make.member(world.company, "sun", "孙建国", post, user=user))
    he = make.user("he", "何倩")
    return SimpleNamespace(sun=sun, he=Person(user=he, member=make.member(world.company, "he", "何倩", user=he)))


@pytest.fixture
def library(world) -> dict:
    actions.load_library(world.company, actor=Actor.system(), at=NOON)
    return {post.code: post for post in make.model("staff.Post").objects.filter(company=world.company)}
