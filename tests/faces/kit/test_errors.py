"""Error pages say what happened, what is kept and what to do, in the words of the guide."""

import re

import pytest
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.test import override_settings
from django.urls import include, path

from guanjia.faces.kit import views as kit
from guanjia.kernel.errors import NotAllowed


def explode(request):
    raise RuntimeError("secret detail")


def deny(request):
    raise PermissionDenied


@kit.signed_in
def refuse(request):
    raise NotAllowed("estate.view")


def accept(request):
    return HttpResponse("ok")


console = ([path("", refuse, name="home"), path("deny/", deny, name="deny"), path("accept/", accept, name="accept")], "console")
urlpatterns = [path("boom/", explode), path("", include(console))]
handler403 = "guanjia.faces.kit.errors.refused"
handler404 = "guanjia.faces.kit.errors.missing"
handler500 = "guanjia.faces.kit.errors.broken"
pytestmark = pytest.mark.urls(__name__)


def words(response):
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def test_what_is_missing_says_so_and_leads_home(client, db):
    response = client.get("/nope/")
    assert (response.status_code, "这一页不存在或已删除" in words(response), 'href="/"' in response.content.decode()) == (404, True, True)


def test_a_missing_permission_is_named(client, world):
    client.force_login(world.li.user)
    response = client.get("/")
    assert (response.status_code, "您没有「查看房屋」权限。需要的话请找" in words(response)) == (403, True)


def test_a_plain_denial_needs_no_name(client, db):
    response = client.get("/deny/")
    assert (response.status_code, "您没有打开这一页的权限" in words(response)) == (403, True)


@override_settings(GUANJIA_SUPPORT="0571-5555 0100")
def test_a_bug_gives_a_number_to_read_out_and_no_detail(client, db):
    client.raise_request_exception = False
    response = client.get("/boom/")
    number = response["X-Request-Id"]
    assert (response.status_code, re.fullmatch(r"[2-9A-HJ-NP-Z]{8}", number) is not None) == (500, True)
    assert f"系统出了点问题，没有保存。请再试一次；还不行请打 0571-5555 0100（编号 {number}）" in words(response)
    assert "secret detail" not in response.content.decode()


def test_a_form_without_its_token_is_told_that_the_sign_in_expired(db, client):
    from django.test import Client

    response = Client(enforce_csrf_checks=True).post("/accept/")
    assert (response.status_code, "登录已过期。登录后会回到这里，内容不丢" in words(response)) == (403, True)


def test_the_page_of_a_bug_asks_the_database_nothing(client, db, django_assert_num_queries):
    client.raise_request_exception = False
    with django_assert_num_queries(0):
        client.get("/boom/")
