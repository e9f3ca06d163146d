"""The vendor folder is what package.json and its lock say, and nothing in either names a download host."""

import hashlib
import json
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
VENDOR = ROOT / "guanjia/faces/kit/static/kit/vendor"


def read(path: Path) -> dict:
    return json.loads(path.read_text(encoding="utf-8"))


def test_versions_are_exact_and_locked_without_a_download_host():
    wanted = read(ROOT / "package.json")["devDependencies"]
    packages = read(ROOT / "package-lock.json")["packages"]

    assert {name: packages[f"node_modules/{name}"]["version"] for name in wanted} == wanted
    assert [name for name, entry in packages.items() if "resolved" in entry] == []


def test_vendor_folder_agrees_with_the_lock_and_its_own_checksums():
    packages = read(ROOT / "package-lock.json")["packages"]
    manifest = read(VENDOR / "manifest.json")

    assert {p["name"]: p["integrity"] for p in manifest["packages"]} == {
        name: packages[f"node_modules/{name}"]["integrity"] for name in read(ROOT / "package.json")["devDependencies"]
    }
    assert {name: hashlib.sha256((VENDOR / name).read_bytes()).hexdigest() for name in manifest["files"]} == manifest["files"]


def test_every_listed_icon_is_in_the_sprite_and_the_list_is_sorted():
    names = [line for line in (ROOT / "guanjia/faces/kit/icons.txt").read_text().splitlines() if line and not line.startswith("#")]
    sprite = (VENDOR / "icons.svg").read_text()

    assert names == sorted(set(names))
    assert [name for name in names if f'<symbol id="{name}"' not in sprite] == []


def test_licences_of_every_package_are_given():
    text = (VENDOR / "THIRD_PARTY_LICENSES.txt").read_text(encoding="utf-8")

    assert [p["name"] for p in read(VENDOR / "manifest.json")["packages"] if f"{p['name']} {p['version']}" not in text] == []
