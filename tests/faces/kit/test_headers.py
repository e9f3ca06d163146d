"""Every answer carries the strict policy; only what broke carries a number."""

import pytest

STRICT = "default-src 'self'; img-src 'self' data: blob:; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'"


@pytest.mark.parametrize("address", ["/", "/kit/", "/nowhere/", "/portal/manifest.webmanifest"])
def test_pages_refusals_and_redirects_carry_the_strict_policy(client, db, address):
    assert client.get(address)["Content-Security-Policy"] == STRICT


def test_field_pages_may_also_run_the_scanner(client, db):
    assert client.get("/field/nowhere/")["Content-Security-Policy"] == f"{STRICT}; script-src 'self' 'wasm-unsafe-eval'"


def test_an_answer_that_did_not_break_carries_no_number(client, db):
    assert "X-Request-Id" not in client.get("/kit/")
