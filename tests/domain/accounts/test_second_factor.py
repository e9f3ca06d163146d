"""The second factor: each code once, recovery codes once, and not to be switched off where a post asks for it."""

from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP

from guanjia.domain.accounts import actions, queries
from guanjia.domain.accounts.actions.buckets import TooSoon
from guanjia.domain.accounts.actions.passwords import WrongPassword
from guanjia.domain.accounts.actions.second_factor import Demanded, WrongCode
from tests.conftest import at
from tests.world import PASSWORD, model, told

MORNING = at("2026-03-02 09:00")


def shown(secret, after=0):
    """What the app shows."""
    import base64

    return TOTP(base64.b32decode(secret), 6, SHA1(), 30).generate(int((MORNING + timedelta(seconds=after)).timestamp())).decode()


@pytest.fixture
def enrolled(world):
    user = world.wang.user
    secret = actions.begin_second_factor(user)
    codes = actions.confirm_second_factor(user, shown(secret), actor=world.wang.actor, at=MORNING)
    return user, secret, codes


def prove(user, said, after=0):
    return actions.prove_second_factor(user, said, at=MORNING + timedelta(seconds=after))


def test_an_enrolled_secret_is_asked_of_nobody_until_the_app_knows_it(world):
    user = world.wang.user
    secret = actions.begin_second_factor(user)
    assert actions.begin_second_factor(user) == secret
    assert actions.sign_in(login="wang", password=PASSWORD, address="x", at=MORNING).second_factor is False
    with pytest.raises(WrongCode):
        actions.confirm_second_factor(user, "000000", actor=world.wang.actor, at=MORNING)
    assert len(actions.confirm_second_factor(user, shown(secret), actor=world.wang.actor, at=MORNING)) == 10
    assert actions.sign_in(login="wang", password=PASSWORD, address="x", at=MORNING).second_factor is True


def test_the_secret_is_sealed_at_rest(enrolled):
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT totp_secret FROM accounts_user WHERE id = %s", [enrolled[0].pk])
        assert enrolled[1] not in cursor.fetchone()[0]


def test_each_code_of_the_app_works_once(enrolled):
    user, secret, _codes = enrolled
    with pytest.raises(WrongCode):
        prove(user, shown(secret))
    assert prove(user, shown(secret, 30), after=30) == "app"
    with pytest.raises(WrongCode):
        prove(user, shown(secret, 30), after=31)
    assert prove(user, shown(secret, 60), after=95) == "app"


def test_each_recovery_code_works_once(enrolled):
    user, _secret, codes = enrolled
    assert prove(user, f" {codes[3].upper()} ") == "recovery"
    with pytest.raises(WrongCode):
        prove(user, codes[3])
    assert queries.recovery_codes_left(user) == 9
    assert told(user)[-1] == ("accounts.RecoveryCodeUsed", {"user_id": user.pk, "left": 9})


def test_guessing_a_code_waits_longer_and_longer(enrolled):
    user, secret, _codes = enrolled
    for _guess in range(5):
        with pytest.raises(WrongCode):
            prove(user, "123456")
    with pytest.raises(TooSoon):
        prove(user, shown(secret, 30), after=0)


def test_new_recovery_codes_void_the_old_ones(enrolled, world):
    user, _secret, codes = enrolled
    with pytest.raises(WrongPassword):
        actions.make_recovery_codes(user, password="wrong", actor=world.wang.actor, at=MORNING)
    fresh = actions.make_recovery_codes(user, password=PASSWORD, actor=world.wang.actor, at=MORNING)
    with pytest.raises(WrongCode):
        prove(user, codes[0])
    assert prove(user, fresh[0]) == "recovery"


def test_a_post_that_asks_for_it_sends_the_person_to_enrol_and_keeps_it_on(world):
    model("staff.Post").objects.filter(code="维修人员").update(requires_totp=True)
    assert actions.sign_in(login="wang", password=PASSWORD, address="x", at=MORNING).must == "second-factor"
    assert actions.sign_in(login="li", password=PASSWORD, address="x", at=MORNING).must == ""

    user = world.wang.user
    actions.confirm_second_factor(user, shown(actions.begin_second_factor(user)), actor=world.wang.actor, at=MORNING)
    with pytest.raises(Demanded):
        actions.remove_second_factor(user, password=PASSWORD, actor=world.wang.actor, at=MORNING)
    model("staff.Post").objects.filter(code="维修人员").update(requires_totp=False)
    actions.remove_second_factor(user, password=PASSWORD, actor=world.wang.actor, at=MORNING)
    assert actions.sign_in(login="wang", password=PASSWORD, address="x", at=MORNING).second_factor is False
