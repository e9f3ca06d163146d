"""Residents sign in by phone: six digits, five minutes, five tries, few messages, and no hint who lives here."""

from datetime import timedelta

import pytest

from guanjia.domain.accounts import actions, ports, rules
from guanjia.domain.accounts.actions.buckets import TooSoon
from guanjia.domain.accounts.actions.second_factor import WrongCode
from tests import make
from tests.conftest import at
from tests.world import model

MORNING = at("2026-03-02 09:00")
KNOWN, UNKNOWN = "13812340001", "13812340002"


@pytest.fixture
def sent(monkeypatch):
    """What the message gateway was given."""
    messages = []
    monkeypatch.setattr(ports, "_sender", [lambda phone, code: messages.append((phone, code))])
    return messages


@pytest.fixture
def resident(world):
    """王芳, registered with her phone by the office, never signed in."""
    party = make.party(world.estate, "王芳", phone=KNOWN)
    make.occupancy(world.flat, party, "family")
    return party


def ask(phone=KNOWN, address="203.0.113.7", after=0):
    actions.send_code(phone=phone, address=address, at=MORNING + timedelta(seconds=after))


def enter(code, phone=KNOWN, after=0):
    return actions.sign_in_by_code(phone=phone, code=code, at=MORNING + timedelta(seconds=after))


def test_the_code_that_was_sent_opens_an_account_tied_to_the_household(resident, sent):
    ask("+86 138-1234-0001")
    user = enter(f" {sent[0][1]} ")

    resident.refresh_from_db()
    assert (sent[0][0], resident.user_id, user.name, user.has_usable_password()) == (KNOWN, user.pk, "王芳", False)
    ask(after=60)
    assert enter(sent[1][1], after=60).pk == user.pk


def test_nobody_learns_which_numbers_are_known(resident, sent):
    ask(KNOWN)
    ask(UNKNOWN)
    assert [phone for phone, _code in sent] == [KNOWN]
    for phone in (KNOWN, UNKNOWN):
        for _try in range(5):
            with pytest.raises(WrongCode, match="验证码不对或已过期"):
                enter("000000" if sent[0][1] != "000000" else "000001", phone)
        with pytest.raises(WrongCode, match="试了太多次"):
            enter("000000", phone)
        with pytest.raises(TooSoon, match="请 1 分钟后再试"):
            ask(phone)


def test_a_code_works_once_within_five_minutes_and_only_the_latest(resident, sent):
    ask()
    with pytest.raises(WrongCode):
        enter(sent[0][1], after=300)
    enter(sent[0][1], after=299)
    with pytest.raises(WrongCode):
        enter(sent[0][1], after=299)
    ask(after=600)
    ask(after=660)
    with pytest.raises(WrongCode):
        enter(sent[1][1], after=661)
    enter(sent[2][1], after=662)


def test_messages_are_limited_to_five_an_hour_and_ten_a_day(resident, sent):
    moments = [0, 60, 120, 180, 240]
    for after in moments:
        ask(after=after)
    with pytest.raises(TooSoon, match="请 55 分钟后再试"):
        ask(after=300)
    for after in range(3600, 3600 + 5 * 60, 60):
        ask(after=after)
    with pytest.raises(TooSoon):
        ask(after=4 * 3600)
    assert len(sent) == 10
    ask(after=24 * 3600)


def test_one_address_cannot_send_to_the_whole_estate(resident, sent):
    for number in range(30):
        ask(f"1391234{number:04d}", after=number)
    with pytest.raises(TooSoon):
        ask("13912349999", after=31)
    ask("13912349999", address="203.0.113.8", after=31)


@pytest.mark.parametrize("phone", ["1381234000", "23812340001", "", "abc", "138123400011", "０１０-12345678"])
def test_a_number_that_is_none_is_refused_in_words(world, sent, phone):
    with pytest.raises(rules.BadPhone, match="手机号应为 11 位数字"):
        ask(phone)


def test_full_width_digits_are_understood(resident, sent):
    ask("１３８１２３４０００１")
    assert sent[0][0] == KNOWN


def test_who_moved_out_gets_no_code(resident, sent):
    model("parties.Occupancy").objects.filter(party=resident).update(ended_on="2026-03-01")
    ask()
    assert sent == []


def test_a_code_sent_before_moving_out_does_not_open_the_door_afterwards(resident, sent):
    ask()
    model("parties.Occupancy").objects.filter(party=resident).update(ended_on="2026-03-01")
    with pytest.raises(WrongCode):
        enter(sent[0][1])


def test_a_disabled_account_does_not_come_back_by_phone(resident, sent, world):
    ask()
    user = enter(sent[0][1])
    actions.end_account(user, actor=world.li.actor, at=MORNING)
    ask(after=60)
    assert len(sent) == 1


def test_a_gateway_that_fails_tells_the_stranger_nothing(resident, monkeypatch, caplog):
    def broken(phone, code):
        raise OSError("no route")

    monkeypatch.setattr(ports, "_sender", [broken])
    ask()
    assert "could not be sent" in caplog.text
    assert KNOWN not in caplog.text


def test_neither_code_nor_number_is_kept_in_the_clear(resident, sent):
    ask()
    row = str(model("accounts.PhoneCode").objects.values().get())
    assert sent[0][1] not in row.replace(str(MORNING), "")
    assert KNOWN not in row


def test_what_has_had_its_time_is_swept_and_nothing_else(resident, sent, client, world):
    from guanjia.domain.accounts import jobs

    ask()
    client.force_login(world.li.user)
    assert jobs.sweep(at=MORNING + timedelta(days=1)) == 0
    kept = model("accounts.Session").objects.count()
    assert jobs.sweep(at=MORNING + timedelta(days=3)) == 3  # the code, and two counters
    assert (model("accounts.PhoneCode").objects.count(), model("accounts.Session").objects.count()) == (0, kept)
