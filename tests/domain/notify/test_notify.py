"""Messages are written with the act and go out at least once, also past a worker that dies."""

import re
from datetime import timedelta

import pytest
from django.db import transaction

from guanjia.domain.notify import actions, ports, queries
from guanjia.domain.notify.rules import MissingValue, fill, may_go_at, next_try
from guanjia.integrations.mailbox.channel import Mailbox
from guanjia.kernel.errors import Refusal, Stale
from tests import make
from tests.conftest import at

NOON = at("2026-03-02 12:00")
WORDING = ("新派单 {number}", "{place} {matter}，请接单")


@pytest.fixture
def mailbox(tmp_path, monkeypatch):
    box = Mailbox(tmp_path)
    monkeypatch.setattr(ports, "_carriers", {"sms": box})
    return box


def tell(world, **change):
    facts = {
        "estate": world.estate,
        "template": "workorders.dispatched",
        "wording": WORDING,
        "values": {"number": "BX-1", "place": "3-2-1501", "matter": "渗水"},
        "effect": "workorders.Dispatched:1",
        "channels": {"sms": "13800001111"},
        "at": NOON,
    }
    return actions.tell(world.wang.user, **{**facts, **change})


def test_a_message_reaches_the_inbox_and_the_outside_once(world, mailbox):
    message = tell(world)
    assert tell(world) is None
    assert [(m.title, m.body) for m in queries.inbox(world.wang.actor)] == [("新派单 BX-1", "3-2-1501 渗水，请接单")]
    assert (actions.deliver(at=NOON), actions.deliver(at=NOON)) == (1, 0)
    delivery = message.deliveries.get()
    assert (delivery.state, delivery.attempts, mailbox.lines()[0]["to"], len(mailbox.lines())) == ("sent", 1, "13800001111", 1)


def test_a_message_of_an_act_that_failed_was_never_told(world, mailbox):
    def fail():
        with transaction.atomic():
            tell(world)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert actions.deliver(at=NOON) == 0


def test_a_worker_that_dies_before_it_says_sent_leaves_the_message_to_the_next(world, mailbox):
    message = tell(world)
    taken = actions._claim(NOON, 10)
    assert [delivery.pk for delivery in taken] == [message.deliveries.get().pk]
    assert actions.deliver(at=NOON + timedelta(seconds=59)) == 0
    assert actions.deliver(at=NOON + timedelta(seconds=61)) == 1


def test_a_worker_that_comes_back_late_does_not_overrule_the_one_that_took_over(world, mailbox):
    message = tell(world)
    (slow,) = actions._claim(NOON, 10)
    actions.deliver(at=NOON + timedelta(seconds=61))
    actions._settle(slow, NOON + timedelta(seconds=90), trouble="TimeoutError", final=True)
    assert message.deliveries.get().state == "sent"


@pytest.mark.parametrize(
    ("trouble", "state", "attempts", "due_at"),
    [(TimeoutError("slow"), "waiting", 1, NOON + timedelta(seconds=10)), (ports.Undeliverable("空号"), "given_up", 1, NOON)],
)
def test_trouble_is_tried_again_or_given_up(world, mailbox, monkeypatch, trouble, state, attempts, due_at):
    def broken(address, *, title, body, key):
        raise trouble

    monkeypatch.setattr(ports, "_carriers", {"sms": broken})
    delivery = tell(world).deliveries.get()
    assert actions.deliver(at=NOON) == 0
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts, delivery.due_at) == (state, attempts, due_at)


def test_what_was_given_up_is_on_record(world, monkeypatch, told):
    def broken(address, *, title, body, key):
        raise ports.Undeliverable("空号")

    monkeypatch.setattr(ports, "_carriers", {"sms": broken})
    message = tell(world)
    actions.deliver(at=NOON)
    delivery = message.deliveries.get()
    assert told(message) == [("notify.GivenUp", {"delivery_id": delivery.pk, "message_id": message.pk, "channel": "sms"})]
    assert [found.pk for found in queries.troubled(world.li.actor, world.estate)] == [delivery.pk]
    assert list(queries.troubled(world.zhao.actor, world.estate)) == []


@pytest.mark.parametrize(
    ("when", "urgent", "goes"),
    [
        ("2026-03-02 20:59", False, "2026-03-02 20:59"),
        ("2026-03-02 21:00", False, "2026-03-03 08:00"),
        ("2026-03-03 07:59", False, "2026-03-03 08:00"),
        ("2026-03-03 08:00", False, "2026-03-03 08:00"),
        ("2026-03-02 23:00", True, "2026-03-02 23:00"),
    ],
)
def test_quiet_hours_hold_routine_messages_until_morning(when, urgent, goes):
    assert may_go_at(at(when), urgent=urgent, quiet_from=1260, quiet_to=480) == at(goes)


def test_quiet_hours_at_noon_end_the_same_day():
    assert may_go_at(at("2026-03-02 12:30"), urgent=False, quiet_from=720, quiet_to=840) == at("2026-03-02 14:00")


def test_tries_end():
    assert [next_try(n, NOON) is None for n in (1, 7, 8)] == [False, False, True]


def test_an_estate_words_its_own_messages_with_known_values_only(world, mailbox):
    known = frozenset({"number", "place", "matter"})
    template = actions.word(
        world.estate,
        code="workorders.dispatched",
        title="派给你了 {number}",
        body="{place}",
        seen=0,
        known=known,
        actor=world.li.actor,
        at=NOON,
    )
    assert tell(world).title == "派给你了 BX-1"
    with pytest.raises(actions.BadTemplate, match=re.escape("没有 {phone} 这个内容，可用：matter、number、place")):
        actions.word(world.estate, code="x", title="{phone}", body="", seen=0, known=known, actor=world.li.actor, at=NOON)
    with pytest.raises(Stale):
        actions.word(world.estate, code=template.code, title="a", body="b", seen=9, known=known, actor=world.li.actor, at=NOON)


def test_a_template_is_text_and_never_runs_anything():
    assert fill("{a}{a.__class__}{{a}}", {"a": "<b>"}) == "<b>{a.__class__}{<b>}"
    with pytest.raises(MissingValue):
        fill("{b}", {"a": 1})


def test_reading_is_for_oneself(world, mailbox):
    message = tell(world)
    with pytest.raises(Refusal):
        actions.read(message, actor=world.li.actor, at=NOON)
    assert queries.unread(world.wang.actor) == 1
    actions.read(message, actor=world.wang.actor, at=NOON)
    assert (queries.unread(world.wang.actor), queries.unread(world.li.actor)) == (0, 0)


def test_silence_of_the_deliverer_is_noticed(db):
    actions.beat("deliver", seconds=60, at=NOON)
    assert queries.silent(at=NOON + timedelta(seconds=60)) == []
    assert queries.silent(at=NOON + timedelta(seconds=61)) == ["deliver"]
    actions.beat("deliver", seconds=60, at=NOON + timedelta(seconds=62))
    assert queries.silent(at=NOON + timedelta(seconds=100)) == []


def test_addresses_are_sealed_at_rest(world, mailbox):
    delivery = tell(world).deliveries.get()
    table = make.model("notify.Delivery")._meta.db_table
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(f"SELECT address FROM {table} WHERE id = %s", [delivery.pk])
        assert "1380000" not in cursor.fetchone()[0]
