"""Files as a browser gets them: only past the owner of what they prove, and never as something that runs."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from guanjia.domain.files import actions
from tests.conftest import at
from tests.domain.files.test_rules import PDF, picture
from tests.world import model

MORNING = at("2026-03-02 09:30")


@pytest.fixture
def photo(world):
    return actions.attach(world.flat, data=picture(), name="漏水.png", actor=world.li.actor, at=MORNING)


def body(response):
    return b"".join(response.streaming_content)


def test_a_picture_opens_in_the_browser_and_may_run_nothing(client, world, photo):
    client.force_login(world.li.user)
    answer = client.get(f"/files/{photo.pk}/")

    assert Image.open(io.BytesIO(body(answer))).size == (640, 480)
    assert answer["Content-Type"] == "image/jpeg"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Disposition"].startswith("inline")
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox; frame-ancestors 'none'"
    assert answer["Cache-Control"] == "private, no-cache"


def test_a_document_is_downloaded_under_its_own_name(client, world):
    file = actions.attach(world.flat, data=PDF, name="合同.pdf", actor=world.li.actor, at=MORNING)
    client.force_login(world.li.user)
    answer = client.get(f"/files/{file.pk}/")
    assert answer["Content-Disposition"] == "attachment; filename*=utf-8''%E5%90%88%E5%90%8C.pdf"
    assert body(answer) == PDF


def test_a_picture_seen_before_is_not_sent_again_but_the_right_is_asked_again(client, world, photo):
    client.force_login(world.wang.user)
    first = client.get(f"/files/{photo.pk}/thumbnail/")
    again = client.get(f"/files/{photo.pk}/thumbnail/", headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304
    model("staff.Appointment").objects.filter(member=world.wang.member).update(ended_on="2026-02-01")
    gone = client.get(f"/files/{photo.pk}/thumbnail/", headers={"If-None-Match": first["ETag"]})
    assert gone.status_code == 404


@pytest.mark.parametrize(("who", "status"), [("li", 200), ("wang", 200), ("zhao", 404), ("zhang", 404)])
def test_only_who_sees_the_place_sees_the_picture(client, world, photo, who, status):
    client.force_login(getattr(world, who).user)
    assert client.get(f"/files/{photo.pk}/").status_code == status
    assert client.get(f"/files/{photo.pk}/thumbnail/").status_code == status


def send(client, world, name, data):
    return client.post(f"/files/about/estate.Place/{world.flat.pk}/", {"file": SimpleUploadedFile(name, data)})


def test_an_upload_appears_among_the_files_of_the_place(client, world):
    client.force_login(world.li.user)
    assert send(client, world, "a.png", picture("PNG")).status_code == 303
    page = client.get(f"/files/about/estate.Place/{world.flat.pk}/").content.decode()
    file = model("files.File").objects.get()
    assert f'src="/files/{file.pk}/thumbnail/"' in page


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.jpg", b"<svg onload=alert(1)>", "不收 SVG 图"),
        ("a.html", b"<html><script>1</script>", "不收网页文件"),
        ("a.jpg", PDF, "内容却不是"),
        ("a.jpg", b"", "文件是空的|提交的是空文件|空"),
        ("a.jpg", picture()[:300], "照片打不开"),
    ],
)
def test_a_refused_upload_is_said_beside_the_field(client, world, name, data, said):
    import re

    client.force_login(world.li.user)
    answer = send(client, world, name, data)
    assert answer.status_code == 422
    assert re.search(said, answer.content.decode())
    assert model("files.File").objects.count() == 0


def test_who_may_not_edit_the_place_is_refused(client, world):
    client.force_login(world.wang.user)
    assert send(client, world, "a.png", picture("PNG")).status_code == 403
    assert "multipart" not in client.get(f"/files/about/estate.Place/{world.flat.pk}/").content.decode()


def test_the_evidence_folder_is_not_served(client, world, photo):
    client.force_login(world.li.user)
    for address in (f"/{photo.storage_key}", f"/files/{photo.storage_key}", f"/static/{photo.storage_key}", "/files/../guanjia.sqlite3"):
        assert client.get(address).status_code == 404
