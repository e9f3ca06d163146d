"""Plates: a PDF with the Chinese font inside, codes that read, and what a scan opens."""

from __future__ import annotations

import os
import shutil
import subprocess
from uuid import uuid4

import pytest
import zxingcpp
from PIL import Image

from guanjia.domain.estate import actions
from guanjia.faces.console.estate.views import plates
from tests.conftest import at

NOW = at("2026-03-02 09:00")


@pytest.fixture
def points(world, clock):
    clock.stop(NOW)
    return [
        actions.add_checkpoint(
            world.building, code=f"B1-{number:02d}", name=f"{number} 号消火栓", key=uuid4(), actor=world.li.actor, at=NOW
        )
        for number in range(1, 18)
    ]


@pytest.fixture
def poppler():
    if shutil.which("pdffonts") is None:
        if os.environ.get("CI"):
            pytest.fail("poppler-utils is missing")
        pytest.skip("poppler-utils is missing")


def test_plates_embed_the_chinese_font_and_their_codes_read(client, world, points, poppler, tmp_path):
    client.force_login(world.li.user)
    response = client.get("/checkpoints/plates/")
    assert (response.status_code, response["Content-Type"]) == (200, "application/pdf")
    file = tmp_path / "plates.pdf"
    file.write_bytes(response.content)

    fonts = subprocess.run(["pdffonts", file], check=True, capture_output=True, text=True).stdout.splitlines()[2:]
    assert fonts
    assert all("NotoSansSC" in line and line.split()[-5] == "yes" for line in fonts)
    text = subprocess.run(["pdftotext", file, "-"], check=True, capture_output=True, text=True).stdout
    assert {point.name for point in points} <= {line.strip() for line in text.splitlines()}
    subprocess.run(["pdftoppm", "-r", "150", "-png", file, tmp_path / "page"], check=True)
    pages = sorted(tmp_path.glob("page*.png"))
    assert len(pages) == 2
    read = {code.text for page in pages for code in zxingcpp.read_barcodes(Image.open(page))}
    assert read == {f"http://testserver/p/{point.token}" for point in points}


def test_only_the_picked_plates_are_printed(client, world, points, poppler, tmp_path):
    client.force_login(world.li.user)
    file = tmp_path / "plates.pdf"
    file.write_bytes(client.get(f"/checkpoints/plates/?pick={points[2].pk}&pick={points[5].pk}").content)
    text = subprocess.run(["pdftotext", file, "-"], check=True, capture_output=True, text=True).stdout
    assert {line for line in text.split() if line.startswith("B1-")} == {"B1-03", "B1-06"}


def test_what_a_person_typed_stays_text_on_the_plate(world, points):
    points[0].name = '#panic("x") $ \\ 【消】'
    assert plates.pdf(world.estate, points[:1], "http://h").startswith(b"%PDF")


def test_without_the_font_nothing_is_printed(world, points, monkeypatch, tmp_path):
    monkeypatch.setattr(plates, "FONTS", tmp_path)
    with pytest.raises(FileNotFoundError):
        plates.pdf(world.estate, points[:1], "http://h")


def test_a_scan_tells_strangers_what_it_is_and_leads_staff_on(client, world, points):
    token = points[0].token
    stranger = client.get(f"/p/{token}").content.decode()
    assert "1 号消火栓" in stranger
    assert "锦和苑" in stranger
    client.force_login(world.wang.user)
    assert client.get(f"/p/{token}").headers["Location"] == f"/field/checkpoints/{points[0].pk}/"
    client.force_login(world.zhao.user)
    assert "物业巡检点位" in client.get(f"/p/{token}").content.decode()
    actions.reissue_checkpoint(points[0], seen=1, actor=world.li.actor, at=NOW)
    assert client.get(f"/p/{token}").status_code == 404
