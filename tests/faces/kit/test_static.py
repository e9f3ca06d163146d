"""Static files as they are served for real: hashed names, compressed, modules that find each other; and the page of a bare checkout."""

import json
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command
from django.test import override_settings

from guanjia.faces.kit import middleware

HASHED = {**settings.STORAGES, "staticfiles": {"BACKEND": "guanjia.faces.kit.storage.HashedStaticFiles"}}


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """Everything collected once, as `guanjia serve` does; the large fonts stay behind."""
    root = tmp_path_factory.mktemp("static")
    with override_settings(STATIC_ROOT=root, STORAGES=HASHED):
        call_command("collectstatic", interactive=False, verbosity=0, ignore_patterns=["*.ttf", "axe.min.js"])
    return root


def names(root: Path) -> dict[str, str]:
    return json.loads((root / "staticfiles.json").read_text())["paths"]


def test_every_file_has_a_hashed_name_and_a_compressed_twin(built):
    hashed = names(built)
    assert re.fullmatch(r"kit/css/tokens\.[0-9a-f]{12}\.css", hashed["kit/css/tokens.css"])
    assert [(built / f"{hashed['kit/vendor/htmx.min.js']}{end}").exists() for end in ("", ".gz", ".br")] == [True, True, True]


def test_modules_import_each_other_by_their_hashed_names(built):
    hashed = names(built)
    wrong = []
    for name in (name for name in hashed if name.startswith("kit/js/")):
        text = (built / hashed[name]).read_text()
        wrong += [
            (name, found)
            for found in re.findall(r'(?:import\(|from |import )"(\./[^"]+)"', text)
            if not (built / "kit/js" / found).exists()
        ]
        wrong += [(name, found) for found in re.findall(r'"(\./[\w-]+\.js)"', text)]
    assert wrong == []


def test_no_style_asks_for_a_file_that_is_not_there(built):
    assert [path.name for path in (built / "kit/css").glob("*.css") if "url(" in path.read_text()] == []


def test_a_checkout_without_assets_says_what_to_run(client, monkeypatch, tmp_path):
    monkeypatch.setattr(middleware, "MANIFEST", tmp_path / "missing.json")
    response = client.get("/kit/")
    assert (response.status_code, "npm ci --ignore-scripts && npm run assets" in response.content.decode()) == (503, True)


def test_a_running_server_with_assets_is_not_disturbed(client, db):
    assert client.get("/kit/").status_code == 200
    assert staticfiles_storage.url("kit/css/tokens.css").endswith(".css")
