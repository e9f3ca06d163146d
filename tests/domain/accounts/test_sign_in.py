"""Staff sign in: a right password goes in, wrong ones wait longer and longer, and nobody is locked out for good."""

from datetime import timedelta

import pytest

from guanjia.domain.accounts import actions, queries, rules
from guanjia.domain.accounts.actions.buckets import TooSoon
from guanjia.domain.accounts.actions.passwords import WrongPassword
from guanjia.domain.staff.queries import actor_for
from guanjia.kernel.errors import NotAllowed
from tests import make
from tests.conftest import at
from tests.world import PASSWORD, model, told

MORNING = at("2026-03-02 09:00")


def try_in(login="li", password=PASSWORD, address="203.0.113.7", device="", after=0.0):
    return actions.sign_in(login=login, password=password, address=address, device_token=device, at=MORNING + timedelta(seconds=after))


def fail(times, **facts):
    """Fail that often, as soon as each wait is over; return the moment after the last."""
    after = facts.pop("after", 0.0)
    for _time in range(times):
        try:
            try_in(password="wrong", after=after, **facts)
        except WrongPassword:
            pass
        except TooSoon as wait:
            after += wait.seconds
            with pytest.raises(WrongPassword):
                try_in(password="wrong", after=after, **facts)
    return after


def test_the_right_password_goes_in(world):
    found = try_in(login="  LI ")
    assert (found.user.pk, found.second_factor, found.must) == (world.li.user.pk, False, "")


@pytest.mark.parametrize(
    "who", [{"login": "li", "password": "wrong"}, {"login": "nobody", "password": PASSWORD}, {"login": "li", "password": ""}]
)
def test_a_wrong_password_and_an_unknown_login_get_the_same_answer(world, who):
    with pytest.raises(WrongPassword, match="账号或密码不对"):
        try_in(**who)


@pytest.mark.parametrize("login", ["li", "nobody"])
def test_after_five_failures_each_try_waits_longer_known_or_not(world, login):
    fail(5, login=login)
    with pytest.raises(TooSoon, match="请 1 秒后再试"):
        try_in(login=login)
    after = fail(6, login=login, after=1.0)
    with pytest.raises(TooSoon, match="请 2 分钟后再试"):
        try_in(login=login, after=after)


def test_a_try_that_comes_too_early_does_not_prolong_the_wait(world):
    fail(8)
    for _knock in range(50):
        with pytest.raises(TooSoon):
            try_in(after=1)
    assert try_in(after=901).user.pk == world.li.user.pk


def test_a_success_forgets_the_failures_of_the_account(world):
    fail(4)
    try_in()
    assert fail(4) == 0.0


def test_failures_are_forgotten_after_a_day(world):
    fail(9)
    fail(1, after=90_000)
    assert try_in(after=90_000).user.pk == world.li.user.pk


def test_many_accounts_from_one_address_wait_too(world):
    for number in range(20):
        with pytest.raises(WrongPassword):
            try_in(login=f"guess{number}", address="198.51.100.9")
    with pytest.raises(TooSoon):
        try_in(login="another", address="198.51.100.9")
    assert try_in(address="203.0.113.8").user.pk == world.li.user.pk


def test_strangers_who_guess_cannot_keep_the_owner_of_a_known_device_waiting(world):
    _device, token = actions.enter(world.li.user, door="staff", by="password", device_token="", agent="x", at=MORNING)
    fail(12)
    with pytest.raises(TooSoon):
        try_in(after=0)
    assert try_in(device=token, address="203.0.113.9").user.pk == world.li.user.pk


def test_what_is_counted_stays_counted_and_names_nobody(world):
    fail(5)
    rows = list(model("accounts.Bucket").objects.values_list("failures", flat=True))
    assert rows == [5, 5]
    assert all(
        "li" not in key and "203" not in key for key in model("accounts.Bucket").objects.values_list("key", flat=True) if len(key) < 32
    )


def test_the_fifth_failure_is_told_once(world):
    fail(7)
    assert told(world.li.user) == [("accounts.SignInSlowedDown", {"user_id": world.li.user.pk, "failures": 5})]


def test_a_disabled_account_is_out_at_once_with_all_it_had(world, client):
    client.force_login(world.wang.user)
    _token, secret = actions.make_token(world.wang.user, name="表", scopes=["estate.view"], days=9, actor=world.wang.actor, at=MORNING)
    assert client.get("/").status_code == 200

    actions.end_account(world.wang.user, actor=world.li.actor, at=MORNING)

    assert client.get("/").status_code == 302
    assert queries.token_of(secret, at=MORNING) is None
    assert model("accounts.Session").objects.filter(user=world.wang.user).count() == 0
    with pytest.raises(WrongPassword):
        try_in(login="wang")


def test_only_who_manages_accounts_ends_another_s(world):
    with pytest.raises(NotAllowed):
        actions.end_account(world.li.user, actor=world.wang.actor, at=MORNING)
    with pytest.raises(NotAllowed):
        actions.end_sessions(world.li.user, actor=world.wang.actor, at=MORNING)
    with pytest.raises(NotAllowed):
        actions.lend_password(world.li.user, "a fresh enough phrase", actor=world.wang.actor, at=MORNING)


def test_nobody_resets_the_account_of_somebody_who_may_do_more_or_elsewhere(world):
    everything = make.post(world.company, "公司总经理", ["accounts.manage", "estate.view"])
    chief = make.user("chief", "沈知远")
    make.member(world.company, "chief", "沈知远", everything, user=chief)
    newcomer = make.user("new", "无岗")
    make.member(world.company, "new", "无岗", user=newcomer)
    elsewhere = make.user(None, "周明")
    make.party(world.other_estate, "周明", user=elsewhere)
    for user in (chief, world.zhao.user, newcomer, elsewhere):
        for attempt in (
            lambda user=user: actions.lend_password(user, "tall grass, quiet gate", actor=world.li.actor, at=MORNING),
            lambda user=user: actions.end_account(user, actor=world.li.actor, at=MORNING),
        ):
            with pytest.raises(NotAllowed):
                attempt()
    actions.lend_password(newcomer, "tall grass, quiet gate", actor=actor_for(chief, at=MORNING), at=MORNING)
    with pytest.raises(NotAllowed):
        actions.end_account(world.li.user, actor=actor_for(chief, at=MORNING), at=MORNING)


def test_a_lent_password_must_be_changed_and_ends_every_session(world, client):
    client.force_login(world.wang.user)
    actions.lend_password(world.wang.user, "tall grass, quiet gate", actor=world.li.actor, at=MORNING)

    assert client.get("/").status_code == 302
    world.wang.user.refresh_from_db()
    assert try_in(login="wang", password="tall grass, quiet gate").must == "password"

    actions.change_password(
        world.wang.user, old_password="tall grass, quiet gate", new_password="nine lamps by the lake", actor=world.wang.actor, at=MORNING
    )
    assert try_in(login="wang", password="nine lamps by the lake").must == ""


@pytest.mark.parametrize(
    ("old", "new", "refusal"),
    [
        ("wrong", "nine lamps by the lake", WrongPassword),
        (PASSWORD, PASSWORD, rules.WeakPassword),
        (PASSWORD, "short", rules.WeakPassword),
        (PASSWORD, "锦和苑安禾物业wang1", rules.WeakPassword),
    ],
)
def test_a_password_is_not_changed_to_a_bad_one(world, old, new, refusal):
    with pytest.raises(refusal):
        actions.change_password(world.wang.user, old_password=old, new_password=new, actor=world.wang.actor, at=MORNING)
    assert try_in(login="wang").user.pk == world.wang.user.pk


def test_an_account_is_opened_once(world):
    made = actions.open_account(login="Sun", name="孙倩", password="tall grass, quiet gate", actor=world.li.actor, at=MORNING)
    assert (made.login, try_in(login="sun", password="tall grass, quiet gate").must) == ("sun", "password")
    with pytest.raises(actions.upkeep.LoginTaken):
        actions.open_account(login="sun", name="孙二", actor=world.li.actor, at=MORNING)
    with pytest.raises(NotAllowed):
        actions.open_account(login="x", name="x", actor=world.wang.actor, at=MORNING)


def test_a_token_never_does_more_than_its_maker(world):
    with pytest.raises(actions.upkeep.BadScope):
        actions.make_token(world.wang.user, name="表", scopes=["trail.view"], days=9, actor=world.wang.actor, at=MORNING)
    with pytest.raises(actions.upkeep.NotYours):
        actions.make_token(world.wang.user, name="表", scopes=["estate.view"], days=9, actor=world.li.actor, at=MORNING)
    _token, secret = actions.make_token(world.li.user, name="表", scopes=["estate.view"], days=9, actor=world.li.actor, at=MORNING)

    token = queries.token_of(secret, at=MORNING + timedelta(days=8))
    actor = queries.narrowed(world.li.actor, token.scopes)
    assert [actor.may("estate.view", world.flat), actor.may("trail.view", world.flat), actor.may("estate.view", world.other_flat)] == [
        True,
        False,
        False,
    ]
    assert queries.token_of(secret, at=MORNING + timedelta(days=9)) is None
    assert secret not in str(model("accounts.ApiToken").objects.values())
    actions.revoke_token(token, actor=world.li.actor, at=MORNING)
    assert queries.token_of(secret, at=MORNING) is None
