"""Writers of one chain queue: no number is missing, doubled or out of order, and a command sent twice at once has one effect."""

from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from django.db import connection, transaction

from guanjia.domain.trail import queries
from guanjia.kernel import commands
from guanjia.kernel.actor import Actor
from tests.conftest import at
from tests.domain.trail.test_trail import Painted, events
from tests.world import model

MORNING = at("2026-03-02 09:00")
WRITERS, TIMES = 6, 15


def in_threads(work):
    def once(number):
        try:
            return work(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(WRITERS) as pool:
        return list(pool.map(once, range(WRITERS)))


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_six_writers_of_one_chain_leave_no_gap():
    def write(number):
        for turn in range(TIMES):
            with transaction.atomic():
                events.announce(Painted(f"{number}-{turn}"), actor=Actor.system(), at=MORNING, estate_id=7)

    in_threads(write)

    assert queries.chains().wrong == 0
    assert list(model("trail.Entry").objects.order_by("seq").values_list("seq", flat=True)) == list(range(1, WRITERS * TIMES + 1))


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_a_command_sent_six_times_at_once_has_one_effect():
    key, effects = uuid4(), []

    def send(number):
        return commands.once(key, actor=Actor.system(), at=MORNING, body=1, do=lambda: effects.append(number) or "done")

    assert (in_threads(send), len(effects)) == (["done"] * WRITERS, 1)


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_a_thousand_passwords_tried_at_once_are_not_a_thousand_tries():
    from guanjia.domain.accounts import actions
    from guanjia.domain.accounts.actions.buckets import TooSoon
    from guanjia.domain.accounts.actions.passwords import WrongPassword

    def guess(number):
        heard = []
        for turn in range(10):
            try:
                actions.sign_in(login="li", password=f"{number}-{turn}", address=f"203.0.113.{number}", at=MORNING)
            except (TooSoon, WrongPassword) as refusal:
                heard.append(type(refusal).__name__)
        return heard

    heard = [word for words in in_threads(guess) for word in words]
    assert (heard.count("WrongPassword"), len(heard)) == (5, 60)
