"""操作日志: what can be read, filtered and taken out."""

import io
from datetime import timedelta

import pytest
from django.db import transaction
from openpyxl import load_workbook

from guanjia.domain.accounts import events as accounts
from guanjia.kernel.events import announce
from tests.conftest import at
from tests.world import model

MORNING = at("2026-03-02 09:00")


@pytest.fixture
def acts(world):
    """Sixty acts at 锦和苑, one at 云汀里, one of the company."""
    with transaction.atomic():
        for number in range(60):
            who = world.li if number % 2 else world.wang
            moment = MORNING + timedelta(hours=number)
            announce(accounts.SignedIn(who.user.pk, "staff", "password", False), estate_id=world.estate.pk, actor=who.actor, at=moment)
        announce(accounts.PasswordChanged(7), about=world.other_flat, actor=world.zhao.actor, at=MORNING)
        announce(accounts.AccountOpened(8), about=world.li.user, actor=world.li.actor, at=MORNING)


def rows(response):
    return response.content.decode().count('id="t-')


def test_the_newest_acts_come_first_and_older_ones_are_a_page_away(client, world, acts):
    client.force_login(world.li.user)
    first = client.get("/settings/trail/")
    words = first.content.decode()

    assert (rows(first), words.index("李敏") < words.index("王海涛")) == (50, True)
    assert f'id="t-{world.estate.pk}-60"' in words
    older = client.get("/settings/trail/?before=11")
    assert rows(older) == 10


def test_the_log_is_filtered_by_act_person_and_day(client, world, acts):
    client.force_login(world.li.user)
    assert rows(client.get(f"/settings/trail/?who={world.wang.user.pk}")) == 30
    assert rows(client.get("/settings/trail/?event=accounts.PasswordChanged")) == 0
    assert rows(client.get("/settings/trail/?from=2026-03-03&to=2026-03-03")) == 24
    assert rows(client.get("/settings/trail/?from=nonsense&to=2026-13-99&before=-1&who=x")) == 50


@pytest.mark.parametrize(("who", "status"), [("li", 200), ("wang", 403), ("zhao", 200), ("zhang", 404)])
def test_only_who_may_read_it_reads_it(client, world, acts, who, status):
    client.force_login(getattr(world, who).user)
    assert client.get("/settings/trail/").status_code == status


def test_another_estate_s_chain_and_the_company_s_do_not_exist_for_a_supervisor(client, world, acts):
    client.force_login(world.li.user)
    answers = [client.get(f"/settings/trail/?chain={chain}") for chain in (world.other_estate.pk, "company", "999999", "x")]
    assert [answer.status_code for answer in answers] == [404, 404, 404, 404]


def test_who_reaches_the_whole_company_reads_its_acts(client, world, acts):
    model("staff.Appointment").objects.filter(member=world.li.member).update(estate=None)
    client.force_login(world.li.user)
    company = client.get("/settings/trail/?chain=company")
    assert rows(company) == 1
    assert f"账号 {world.li.user.pk}" in company.content.decode()
    assert rows(client.get(f"/settings/trail/?chain={world.other_estate.pk}")) == 1


def test_the_log_is_taken_out_as_a_workbook_with_its_hashes(client, world, acts):
    client.force_login(world.li.user)
    answer = client.get("/settings/trail/?format=xlsx&who=" + str(world.wang.user.pk))
    sheet = load_workbook(io.BytesIO(answer.content)).active
    assert [cell.value for cell in sheet[1]][:4] == ["编号", "时间", "谁", "做了什么"]
    assert (sheet.max_row, sheet["C2"].value, sheet["D2"].value) == (31, "王海涛", "登录")
    assert sheet["H2"].value == model("trail.Entry").objects.get(estate_id=world.estate.pk, seq=59).hash


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_asks_no_more_for_three_rows_than_for_one(client, world, django_assert_max_num_queries, count):
    with transaction.atomic():
        for _number in range(count):
            announce(accounts.PasswordChanged(1), about=world.flat, actor=world.li.actor, at=MORNING)
    client.force_login(world.li.user)
    with django_assert_max_num_queries(12):
        client.get("/settings/trail/")
