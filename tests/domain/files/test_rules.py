"""What an upload is, judged by its bytes."""

import io
import zipfile
from contextlib import suppress
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import ExifTags, Image

from guanjia.domain.files import rules


def picture(kind="JPEG", size=(640, 480), colour="teal", exif=None, mode="RGB"):
    out = io.BytesIO()
    image = Image.new(mode, size, colour)
    if exif:
        image.save(out, kind, exif=exif)
    else:
        image.save(out, kind)
    return out.getvalue()


def camera_exif(moment="2026:03:02 09:15:00", offset=None, orientation=1):
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    exif[ExifTags.Base.Make] = "CANARY-CAMERA"
    details = exif.get_ifd(ExifTags.IFD.Exif)
    details[ExifTags.Base.DateTimeOriginal] = moment
    if offset:
        details[ExifTags.Base.OffsetTimeOriginal] = offset
    gps = exif.get_ifd(ExifTags.IFD.GPSInfo)
    gps[ExifTags.GPS.GPSLatitude] = (30.0, 15.0, 3.0)
    gps[ExifTags.GPS.GPSLatitudeRef] = "N"
    return exif


def office(folder="xl/", **members):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(f"{folder}workbook.xml", "<workbook/>")
        for name, body in members.items():
            archive.writestr(name, body)
    return out.getvalue()


PDF = b"%PDF-1.7\n1 0 obj <</Type /Catalog>> endobj\ntrailer <<>>\n%%EOF\n"


@pytest.mark.parametrize(("kind", "name"), [("JPEG", "a.jpg"), ("PNG", "a.PNG"), ("WEBP", "a.webp"), ("JPEG", "IMG_1.HEIC"), ("PNG", "")])
def test_a_picture_is_encoded_again_as_a_fresh_jpeg(kind, name):
    judged = rules.judge(picture(kind), name)

    assert (judged.media_type, judged.width, judged.height) == ("image/jpeg", 640, 480)
    assert judged.data[:3] == b"\xff\xd8\xff"
    assert max(Image.open(io.BytesIO(judged.thumbnail)).size) == 320


def test_a_picture_from_an_iphone_becomes_a_jpeg():
    import pillow_heif

    out = io.BytesIO()
    pillow_heif.from_pillow(Image.new("RGB", (320, 240), "olive")).save(out)

    judged = rules.judge(out.getvalue(), "IMG_0042.HEIC")

    assert (judged.media_type, judged.width, judged.height) == ("image/jpeg", 320, 240)


def test_the_moment_is_kept_and_the_position_is_dropped():
    judged = rules.judge(picture(exif=camera_exif()), "a.jpg")

    assert judged.captured_at == datetime(2026, 3, 2, 1, 15, tzinfo=UTC)
    assert dict(Image.open(io.BytesIO(judged.data)).getexif()) == {}
    assert b"CANARY-CAMERA" not in judged.data + judged.thumbnail


@pytest.mark.parametrize(
    ("moment", "offset", "utc"),
    [
        ("2026:03:02 09:15:00", "+08:00", datetime(2026, 3, 2, 1, 15, tzinfo=UTC)),
        ("2026:03:02 09:15:00", "+00:00", datetime(2026, 3, 2, 9, 15, tzinfo=UTC)),
        ("0000:00:00 00:00:00", None, None),
        ("yesterday", None, None),
    ],
)
def test_the_moment_is_read_with_its_offset_or_as_shanghai_time(moment, offset, utc):
    assert rules.judge(picture(exif=camera_exif(moment, offset)), "a.jpg").captured_at == utc


def test_a_picture_taken_sideways_is_turned_upright():
    judged = rules.judge(picture(size=(640, 480), exif=camera_exif(orientation=6)), "a.jpg")
    assert (judged.width, judged.height) == (480, 640)


def test_a_signature_on_glass_is_put_on_white():
    judged = rules.judge(picture("PNG", (40, 40), (0, 0, 0, 0), mode="RGBA"), "sign.png")
    assert Image.open(io.BytesIO(judged.data)).getpixel((20, 20)) == (255, 255, 255)


def test_what_hides_behind_the_pixels_is_gone():
    judged = rules.judge(picture() + b"<script>alert(1)</script>PK\x03\x04CANARY", "a.jpg")
    assert b"CANARY" not in judged.data


@pytest.mark.parametrize(
    ("data", "name", "said"),
    [
        (b"", "a.jpg", "文件是空的，请重新选择"),
        (b"<svg xmlns='x'><script>1</script></svg>", "a.svg", "不收 SVG 图，里面可以藏程序。请改成照片或 PDF"),
        (b"<?xml version='1.0'?><svg/>", "a.jpg", "不收 SVG 图，里面可以藏程序。请改成照片或 PDF"),
        (b"<!DOCTYPE html><p>hi", "a.txt", "不收网页文件，里面可以藏程序。请改成照片或 PDF"),
        ("表格 <script>1</script>".encode(), "a.csv", "不收网页文件，里面可以藏程序。请改成照片或 PDF"),
        (b"GIF89a" + b"\x00" * 20, "a.gif", "不收 GIF 动图。请改成照片"),
        (PDF, "a.jpg", "这个文件的名字是 .jpg，内容却不是。请上传原来的文件，不要改后缀"),
        (picture(), "a.pdf", "这个文件的名字是 .pdf，内容却不是。请上传原来的文件，不要改后缀"),
        (picture(), "a.jpg.exe", "这个文件的名字是 .exe，内容却不是。请上传原来的文件，不要改后缀"),
        (b"MZ\x90\x00" + b"\x00" * 99, "a.jpg", "认不出这个文件。可以上传照片（JPG、PNG、WebP、HEIC）、PDF、Word、Excel 和文本"),
        (picture()[:400], "a.jpg", "照片打不开，可能没有传完或已损坏。请再拍一张或重新选择"),
        (PDF[:-6], "a.pdf", "PDF 打不开，可能没有传完。请重新上传"),
        (
            PDF.replace(b"/Catalog", b"/Catalog /OpenAction <</S /JavaScript /JS (x)>>"),
            "a.pdf",
            "PDF 里带有程序或附件，不能接收。请打印成普通 PDF 再上传",
        ),
        (PDF.replace(b"<<>>", b"<</Encrypt 3 0 R>>"), "a.pdf", "PDF 有密码。请去掉密码后再上传"),
        (office(**{"xl/vbaProject.bin": "x"}), "a.xlsx", "文件里带有宏，不能接收。请另存为不带宏的格式"),
        (office(**{"xl/big.xml": "0" * 3_000_000}), "a.xlsx", "这个文件解开后大得不正常，不能接收"),
        (b"\xff\xd8\xff" + b"\x00" * (18 * 1024 * 1024 - 3), "a.jpg", "照片太大（18 MB），最大 15 MB"),
    ],
)
def test_what_is_not_wanted_is_refused_in_a_plain_sentence(data, name, said):
    with pytest.raises(rules.BadFile) as refusal:
        rules.judge(data, name)
    assert str(refusal.value) == said


def test_a_small_file_of_too_many_pixels_is_refused_before_it_is_decoded():
    bomb = picture("PNG", (6000, 5000), 0, mode="1")
    with pytest.raises(rules.BadFile, match="照片的像素太多（3000 万），最多 2500 万"):
        rules.judge(bomb, "bomb.png")


@pytest.mark.parametrize(
    ("data", "name", "media_type"),
    [
        (PDF, "合同.pdf", rules.PDF),
        (office(), "名册.xlsx", rules.XLSX),
        (office("word/"), "方案.docx", rules.DOCX),
        ("房号,姓名\n3-2-1501,刘桂芳".encode("gbk"), "名册.csv", rules.TEXT),
    ],
)
def test_documents_are_kept_as_they_came(data, name, media_type):
    judged = rules.judge(data, name)
    assert (judged.data, judged.media_type) == (data, media_type)


@pytest.mark.parametrize(
    ("name", "media_type", "safe"),
    [
        ("../../etc/passwd", rules.PDF, "passwd.pdf"),
        ("a\r\nSet-Cookie: x.jpg", rules.JPEG, "aSet-Cookie x.jpg"),
        ("漏水\u202egpj.exe", rules.JPEG, "漏水gpj.jpg"),
        ("名册.csv", rules.TEXT, "名册.csv"),
        ("", rules.JPEG, "附件.jpg"),
        ("长" * 300 + ".png", rules.JPEG, "长" * 75 + ".jpg"),
    ],
)
def test_a_download_carries_a_name_that_harms_nobody(name, media_type, safe):
    assert rules.safe_name(name, media_type) == safe


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=600), st.sampled_from(["", "\xff\xd8\xff", "\x89PNG\r\n\x1a\n", "%PDF-", "PK\x03\x04", "RIFF0000WEBP"]))
def test_bytes_of_any_kind_are_judged_or_refused_never_crash(data, magic):
    with suppress(rules.BadFile):
        assert rules.judge(magic.encode("latin-1") + data, "x").data
