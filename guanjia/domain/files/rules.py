"""What an uploaded file is, judged by its bytes alone, and what is made of it. Pure: bytes in, values out.

The name a browser sends is a claim. A picture is decoded and encoded again, so nothing hides behind its pixels and
no position travels with it; a document is kept as it came, after checks. Whatever is not on the list is refused in a
sentence that says what to do instead.
"""

from __future__ import annotations

import hashlib
import io
import math
import re
import secrets
import zipfile
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import IO
from zoneinfo import ZoneInfo

import pillow_heif
from django.utils.translation import gettext as _
from PIL import ExifTags, Image, ImageOps

from guanjia.kernel.errors import Refusal

FOLDER = "evidence"
MAX_BYTES = 15 * 1024 * 1024
MAX_PIXELS = 25_000_000
THUMBNAIL_EDGE = 320  # pixels, long edge; stays under the 25 KB of the resident pages
MAX_UNPACKED_BYTES = 200 * 1024 * 1024
MAX_PACKING_RATIO = 100
SHANGHAI = ZoneInfo("Asia/Shanghai")

JPEG, PNG, WEBP, HEIC = "image/jpeg", "image/png", "image/webp", "image/heic"
PDF, TEXT = "application/pdf", "text/plain"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLS, DOC = "application/vnd.ms-excel", "application/msword"
SVG, HTML, GIF = "image/svg+xml", "text/html", "image/gif"

PICTURES = {JPEG: "JPEG", PNG: "PNG", WEBP: "WEBP", HEIC: "HEIF"}
DOCUMENTS = {PDF: "pdf", XLSX: "xlsx", DOCX: "docx", TEXT: "txt"}
ENDINGS = {
    JPEG: {"jpg", "jpeg", "jfif"},
    PNG: {"png"},
    WEBP: {"webp"},
    HEIC: {"heic", "heif"},
    PDF: {"pdf"},
    XLSX: {"xlsx"},
    DOCX: {"docx"},
    TEXT: {"txt", "csv", "md", "log"},
}

_HEIF_BRANDS = {b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1"}
_MARKUP = re.compile(rb"<\s*(!doctype\s+html|html|head|body|script|iframe|object|embed|svg)\b", re.IGNORECASE)
_SVG = re.compile(rb"<\s*svg\b", re.IGNORECASE)
_ACTIVE_PDF = re.compile(rb"/(JavaScript|JS|Launch|EmbeddedFile|RichMedia|XFA|OpenAction\s*<<[^>]*/S\s*/(?:JavaScript|Launch|URI))\b")


class BadFile(Refusal):
    """The upload is not taken; the message says why and what to do."""

    code, field = "bad_file", "file"


@dataclass(frozen=True)
class Picture:
    """A picture as it will be stored: fresh JPEG bytes, a thumbnail, and what its camera said of the moment."""

    data: bytes
    thumbnail: bytes
    width: int
    height: int
    captured_at: datetime | None
    media_type: str = JPEG


@dataclass(frozen=True)
class Document:
    """A document as it came, found to be what it says it is."""

    data: bytes
    media_type: str


def sha256(data: bytes) -> str:
    """Return the content hash as 64 hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def sha256_of(stored: IO[bytes]) -> str:
    """Return the content hash of an open file, read piece by piece."""
    return hashlib.file_digest(stored, "sha256").hexdigest()  # type: ignore[arg-type]


def new_key() -> str:
    """Return a random name in the evidence folder, without an ending: nothing on the disk invites a web server to guess."""
    token = secrets.token_hex(20)
    return f"{FOLDER}/{token[:2]}/{token}"


def judge(data: bytes, name: str, *, size: int | None = None) -> Picture | Document:
    """Return what is to be stored for the upload, or raise `BadFile`. `size` is the true size when `data` was cut off."""
    if not data:
        raise BadFile(_("文件是空的，请重新选择"))
    media_type = sniff(data)
    if len(data) > MAX_BYTES:
        said = {"size": math.ceil((size or len(data)) / 1024 / 1024)}
        if media_type in PICTURES:
            raise BadFile(_("照片太大（%(size)d MB），最大 15 MB") % said)
        raise BadFile(_("文件太大（%(size)d MB），最大 15 MB") % said)
    _refuse_unwanted(media_type)
    _refuse_renamed(media_type, name)
    if media_type in PICTURES:
        return _picture(data, media_type)
    return _document(data, media_type)


def sniff(data: bytes) -> str:
    """Return the media type that the bytes themselves show, `""` if they show none."""
    head = data[:4096]
    if head.startswith(b"\xff\xd8\xff"):
        return JPEG
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return WEBP
    if head[4:8] == b"ftyp" and head[8:12] in _HEIF_BRANDS:
        return HEIC
    if head.startswith((b"GIF87a", b"GIF89a")):
        return GIF
    if head.startswith(b"%PDF-"):
        return PDF
    if head.startswith(b"PK\x03\x04"):
        return _office_zip(data)
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return XLS if b"W\x00o\x00r\x00k\x00b\x00o\x00o\x00k" in data else DOC
    if _SVG.search(head):
        return SVG
    if _MARKUP.search(data):
        return HTML
    return TEXT if _is_text(data) else ""


def captured_at(exif: Image.Exif) -> datetime | None:
    """Return when the camera says the picture was taken, in UTC; without an offset it is taken as Shanghai time."""
    details = exif.get_ifd(ExifTags.IFD.Exif)
    said = str(details.get(ExifTags.Base.DateTimeOriginal) or exif.get(ExifTags.Base.DateTime) or "").strip("\x00 ")
    offset = str(details.get(ExifTags.Base.OffsetTimeOriginal) or "").strip("\x00 ")
    try:
        if offset:
            return datetime.strptime(f"{said} {offset}", "%Y:%m:%d %H:%M:%S %z").astimezone(UTC)
        return datetime.strptime(said, "%Y:%m:%d %H:%M:%S").replace(tzinfo=SHANGHAI).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def safe_name(name: str, media_type: str) -> str:
    """Return a name fit for a download: no folders, no control characters, at most 80 characters, the ending of its type."""
    stem = re.sub(r"[\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069\"<>|:*?]", "", re.split(r"[/\\]", name)[-1]).strip(". ")
    stem = stem.rsplit(".", 1)[0] if "." in stem else stem
    ending = "jpg" if media_type == JPEG else DOCUMENTS.get(media_type, "bin")
    if media_type == TEXT and name.lower().endswith(".csv"):
        ending = "csv"
    return f"{stem[:75] or _('附件')}.{ending}"


def _refuse_unwanted(media_type: str) -> None:
    said = {
        SVG: _("不收 SVG 图，里面可以藏程序。请改成照片或 PDF"),
        HTML: _("不收网页文件，里面可以藏程序。请改成照片或 PDF"),
        GIF: _("不收 GIF 动图。请改成照片"),
        XLS: _("不收旧格式 .xls 附件，里面可以藏宏。请另存为 .xlsx"),
        DOC: _("不收旧格式 .doc 附件，里面可以藏宏。请另存为 .docx 或 PDF"),
        "": _("认不出这个文件。可以上传照片（JPG、PNG、WebP、HEIC）、PDF、Word、Excel 和文本"),
    }.get(media_type)
    if said:
        raise BadFile(said)


def _refuse_renamed(media_type: str, name: str) -> None:
    """Phones and browsers mislabel pictures among themselves; a document under a picture's name is no accident."""
    ending = name.rsplit(".", 1)[-1].lower() if "." in name else ""
    if not ending or ending in ENDINGS[media_type]:
        return
    if media_type in PICTURES and any(ending in ENDINGS[kind] for kind in PICTURES):
        return
    raise BadFile(_("这个文件的名字是 .%(ending)s，内容却不是。请上传原来的文件，不要改后缀") % {"ending": ending[:10]})


def _picture(data: bytes, media_type: str) -> Picture:
    pillow_heif.register_heif_opener()
    try:
        with Image.open(io.BytesIO(data), formats=[PICTURES[media_type]]) as image:
            if image.width * image.height > MAX_PIXELS:
                raise BadFile(
                    _("照片的像素太多（%(pixels)s 万），最多 2500 万。请调低相机分辨率") % {"pixels": image.width * image.height // 10_000}
                )
            moment = captured_at(image.getexif())
            upright = ImageOps.exif_transpose(image)
            flat = _on_white(upright)
    except (OSError, ValueError, SyntaxError, MemoryError, Image.DecompressionBombError, EOFError) as error:
        raise BadFile(_("照片打不开，可能没有传完或已损坏。请再拍一张或重新选择")) from error
    thumbnail = flat.copy()
    thumbnail.thumbnail((THUMBNAIL_EDGE, THUMBNAIL_EDGE))
    return Picture(_jpeg(flat, 85), _jpeg(thumbnail, 70), flat.width, flat.height, moment)


def _on_white(image: Image.Image) -> Image.Image:
    if image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info:
        layer = image.convert("RGBA")
        ground = Image.new("RGB", layer.size, "white")
        ground.paste(layer, mask=layer.getchannel("A"))
        return ground
    return image.convert("RGB")


def _jpeg(image: Image.Image, quality: int) -> bytes:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=quality, optimize=True)  # without exif= and icc_profile= nothing of the original's is written
    return out.getvalue()


def _document(data: bytes, media_type: str) -> Document:
    if media_type == PDF:
        if b"%%EOF" not in data[-2048:]:
            raise BadFile(_("PDF 打不开，可能没有传完。请重新上传"))
        if b"/Encrypt" in data:
            raise BadFile(_("PDF 有密码。请去掉密码后再上传"))
        if _ACTIVE_PDF.search(data):
            raise BadFile(_("PDF 里带有程序或附件，不能接收。请打印成普通 PDF 再上传"))
    if media_type in {XLSX, DOCX}:
        _refuse_bad_zip(data)
    return Document(data, media_type)


def _office_zip(data: bytes) -> str:
    try:
        names = zipfile.ZipFile(io.BytesIO(data)).namelist()
    except (zipfile.BadZipFile, OSError, ValueError):
        return ""
    if "[Content_Types].xml" not in names:
        return ""
    if any(name.startswith("xl/") for name in names):
        return XLSX
    return DOCX if any(name.startswith("word/") for name in names) else ""


def _refuse_bad_zip(data: bytes) -> None:
    members = zipfile.ZipFile(io.BytesIO(data)).infolist()
    unpacked = sum(member.file_size for member in members)
    if unpacked > MAX_UNPACKED_BYTES or unpacked > MAX_PACKING_RATIO * max(len(data), 1):
        raise BadFile(_("这个文件解开后大得不正常，不能接收"))
    if any(member.filename.lower().endswith("vbaproject.bin") for member in members):
        raise BadFile(_("文件里带有宏，不能接收。请另存为不带宏的格式"))


def _is_text(data: bytes) -> bool:
    if b"\x00" in data:
        return False
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            said = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return sum(character < " " and character not in "\t\r\n\f" for character in said) == 0
    return False
