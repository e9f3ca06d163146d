"""The released wheel runs by itself: it holds the pages' files, names its dependencies, and leaves tests and tools out."""

import subprocess
import sys
import zipfile
from email.parser import Parser
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)], cwd=ROOT, check=True, capture_output=True
    )
    (path,) = folder.glob("*.whl")
    return zipfile.ZipFile(path)


def test_the_wheel_holds_the_front_end_files_and_the_built_in_plan(wheel):
    names = set(wheel.namelist())
    vendor = "guanjia/faces/kit/static/kit/vendor/"
    assert {f"{vendor}manifest.json", f"{vendor}THIRD_PARTY_LICENSES.txt", f"{vendor}htmx.min.js", f"{vendor}icons.svg"} <= names
    assert "guanjia/domain/standards/library/clauses.tsv" in names
    assert any(name.endswith("licenses/LICENSE") for name in names)


def test_the_wheel_names_what_it_needs_and_how_it_starts(wheel):
    (metadata,) = (name for name in wheel.namelist() if name.endswith("METADATA"))
    needed = Parser().parsestr(wheel.read(metadata).decode()).get_all("Requires-Dist")
    direct = [line for line in (ROOT / "requirements" / "run.in").read_text().split("\n") if line.strip()]
    assert len(needed) == len(direct)
    (entry,) = (name for name in wheel.namelist() if name.endswith("entry_points.txt"))
    assert "guanjia = guanjia.__main__:main" in wheel.read(entry).decode()


def test_the_wheel_leaves_tests_and_tools_out(wheel):
    assert {name.split("/")[0].split("-")[0] for name in wheel.namelist()} == {"guanjia"}
