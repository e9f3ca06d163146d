"""What every answer and every cookie carries, and that production settings pass Django's own inspection."""

import json
import os
import subprocess
import sys

import pytest


def in_production(code, tmp_path, **environment):
    """Run code under production settings in a process of its own."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("DJANGO_", "GUANJIA_", "PYTEST_"))}
    told = {
        "GUANJIA_VAR": str(tmp_path),
        "GUANJIA_HTTPS": "1",
        "GUANJIA_HOSTS": "wy.example",
        "DJANGO_SETTINGS_MODULE": "guanjia.config.settings",
    }
    return subprocess.run([sys.executable, *code], env={**clean, **told, **environment}, capture_output=True, text=True, timeout=120)


@pytest.mark.slow
def test_django_finds_nothing_to_say_about_production_settings(tmp_path):
    done = in_production(["-m", "guanjia", "check", "--deploy", "--fail-level", "WARNING"], tmp_path)
    assert (done.returncode, done.stdout.strip()) == (0, "System check identified no issues (0 silenced)."), done.stderr


@pytest.mark.slow
def test_behind_https_cookies_are_bound_to_the_host_and_plain_http_is_sent_on(tmp_path):
    code = (
        "import django, json; django.setup()\n"
        "from django.conf import settings as s; from django.test import Client\n"
        "plain = Client().get('/sign-in/', headers={'host': 'wy.example'})\n"
        "safe = Client().get('/sign-in/', secure=True, headers={'host': 'wy.example'})\n"
        "print(json.dumps([plain.status_code, plain['Location'], safe.status_code, safe['Strict-Transport-Security'],"
        " s.SESSION_COOKIE_NAME, s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, safe.cookies['__Host-csrf']['secure']]))"
    )
    environment = {"GUANJIA_STATIC_ROOT": str(tmp_path / "static")}
    collected = in_production(["-m", "guanjia", "collectstatic", "--noinput", "-v0"], tmp_path, **environment)
    assert collected.returncode == 0, collected.stderr
    done = in_production(["-c", code], tmp_path, **environment)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == [
        301,
        "https://wy.example/sign-in/",
        200,
        "max-age=31536000; includeSubDomains; preload",
        "__Host-session",
        True,
        True,
        True,
    ]


@pytest.mark.parametrize("address", ["/sign-in/", "/", "/nowhere/", "/portal/sign-in/", "/livez"])
def test_every_answer_carries_the_headers(client, db, address):
    headers = client.get(address).headers
    assert "default-src 'self'" in headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert "unsafe-inline" not in headers["Content-Security-Policy"]
    assert (headers["X-Content-Type-Options"], headers["X-Frame-Options"]) == ("nosniff", "DENY")
    assert (headers["Referrer-Policy"], headers["Cross-Origin-Opener-Policy"]) == ("same-origin", "same-origin")


@pytest.mark.parametrize("address", ["/sign-in/", "/portal/sign-in/", "/settings/account/"])
def test_pages_with_secrets_are_kept_by_no_cache(client, world, address):
    client.force_login(world.li.user) if address.startswith("/settings") else None
    answer = client.get(address)
    assert "no-store" in answer.headers.get("Cache-Control", "") or "private" in answer.headers.get("Cache-Control", "")


def test_a_proxy_s_word_about_the_address_counts_only_when_we_have_one(rf, settings):
    from guanjia.faces.kit.sessions import address_of

    request = rf.get("/", headers={"X-Forwarded-For": "6.6.6.6, 203.0.113.7"}, REMOTE_ADDR="10.0.0.1")
    settings.PROXIES = 0
    assert address_of(request) == "10.0.0.1"
    settings.PROXIES = 1
    assert address_of(request) == "203.0.113.7"
    settings.PROXIES = 3
    assert address_of(request) == "10.0.0.1"
