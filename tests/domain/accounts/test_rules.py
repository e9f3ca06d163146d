"""Secrets reasoned about without a database."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guanjia.domain.accounts import rules

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
CONTEXT = ("liling", "李玲", "锦和苑", "青岩物业")


@pytest.mark.parametrize(
    "password",
    [
        "short-11-ch",
        "123456789012",
        "aaaaaaaaaaaa",
        "abcdefghijkl",
        "passwordpassword",
        "liling-liling-1",
        "锦和苑物业管家2026",
        "guanjia123456",
        "1q2w3e4r5t6y" * 30,
        "88888888888888",
    ],
)
def test_a_password_that_is_easily_guessed_is_refused(password):
    with pytest.raises(rules.WeakPassword):
        rules.require_strong(password, context=CONTEXT)


@pytest.mark.parametrize("password", ["correct horse battery", "三十七棵梧桐树下的自行车棚", "tK9-wm2-Zu4-pp1"])
def test_a_long_password_of_ones_own_is_taken_without_asking_for_signs(password):
    rules.require_strong(password, context=CONTEXT)


def test_waiting_grows_but_always_ends():
    waits = [rules.wait_after(failures, free=5).total_seconds() for failures in (0, 4, 5, 6, 7, 12, 15, 1000)]
    assert waits == [0, 0, 1, 2, 4, 128, 900, 900]


@given(st.integers(0, 10_000), st.integers(1, 50))
def test_one_more_failure_never_shortens_the_wait(failures, free):
    assert rules.wait_after(failures, free=free) <= rules.wait_after(failures + 1, free=free) <= rules.LONGEST_WAIT


def test_codes_are_limited_to_one_a_minute_five_an_hour_ten_a_day():
    def after(*minutes_ago):
        sent = [NOW - timedelta(minutes=ago) for ago in minutes_ago]
        return (rules.next_allowed(sent, rules.CODE_LIMITS_OF_PHONE, NOW) - NOW).total_seconds() / 60

    assert after() == 0
    assert after(0.5) == 0.5
    assert after(1) == 0
    assert after(59, 50, 40, 30, 20) == 1
    assert after(60, 50, 40, 30, 20) == 0
    assert after(*range(120, 120 + 100, 10)) == 24 * 60 - 210


def test_six_digits_keep_their_leading_zeros():
    codes = [rules.new_code() for _i in range(300)]
    assert {len(code) for code in codes} == {6}
    assert all(code.isdigit() for code in codes)


def test_the_second_factor_agrees_with_the_published_test_vector():
    secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"  # RFC 6238, appendix B, "12345678901234567890"
    assert rules.totp_step(secret, "287082", datetime.fromtimestamp(59, UTC)) == 1
    assert rules.totp_step(secret, "081804", datetime.fromtimestamp(1111111109, UTC)) == 37037036
    assert rules.totp_step(secret, " 081 804 ", datetime.fromtimestamp(1111111109 + 30, UTC)) == 37037036
    assert rules.totp_step(secret, "081804", datetime.fromtimestamp(1111111109 + 60, UTC)) is None
    assert rules.totp_step(secret, "０８１８０４", datetime.fromtimestamp(1111111109, UTC)) is None


def test_recovery_codes_differ_and_survive_careless_typing():
    codes = rules.new_recovery_codes()
    assert len(set(codes)) == 10
    assert rules.bare_recovery_code(f"  {codes[0].upper().replace('-', ' ')} ") == codes[0].replace("-", "")


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0 Safari/537.36", "Chrome · Windows"),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0 Safari/537.36 Edg/156.0", "Edge · Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Mobile/15E148 MicroMessenger/8.0", "微信 · iPhone"),
        ("curl/8.0", ""),
    ],
)
def test_a_browser_is_named_so_that_its_owner_recognises_it(agent, words):
    assert rules.agent_words(agent) == words
