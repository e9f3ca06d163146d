"""QR plates as a PDF: A4, three across and five down, cut lines, the code, the name, the estate, the hotline."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import segno
import typst
from django.conf import settings
from django.utils.translation import gettext as _

HERE = Path(__file__).resolve().parent.parent
FONTS = Path(settings.STATICFILES_DIRS[0]) / "kit" / "vendor" / "fonts"


def address(base: str, token: str) -> str:
    """Return what a plate's code says: a short link that opens in any phone's camera."""
    return f"{base}/p/{token}"


def qr(text: str) -> str:
    """Return the code as SVG with a quiet zone, error correction M: readable with a scratch or two."""
    buffer = io.BytesIO()
    segno.make(text, error="m", micro=False).save(buffer, kind="svg", border=2, xmldecl=False, svgns=True)
    return buffer.getvalue().decode()


def pdf(estate: Any, points: Sequence[Any], base: str) -> bytes:
    """Return the plates of these checkpoints as one PDF with the Chinese font embedded.

    Raises FileNotFoundError when the font of the assets is missing: typst would print empty boxes without a word.
    """
    if not list(FONTS.glob("*.ttf")):
        raise FileNotFoundError(FONTS)
    data = {
        "estate": estate.name,
        "hotline": _("服务电话 %(number)s") % {"number": estate.hotline} if estate.hotline else "",
        "hint": _("巡检扫码"),
        "points": [
            {"code": point.code, "name": point.name, "place": point.place.label, "qr": qr(address(base, point.token))} for point in points
        ],
    }
    compiled: bytes = typst.compile(  # type: ignore[misc]
        (HERE / "plates.typ").read_bytes(),
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
    )
    return compiled
