"""What lets a face be put on a phone's home screen."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.templatetags.static import static


def manifest(request: HttpRequest, *, name: str, start: str, scope: str) -> HttpResponse:
    """Answer a web app manifest."""
    icons = [
        {"src": static("kit/img/icon.svg"), "type": "image/svg+xml", "sizes": "any", "purpose": "any"},
        {"src": static("kit/img/icon-512.png"), "type": "image/png", "sizes": "512x512", "purpose": "any maskable"},
    ]
    about = {
        "name": name,
        "short_name": name,
        "lang": "zh-Hans",
        "start_url": start,
        "scope": scope,
        "display": "standalone",
        "background_color": "#f3f5f7",
        "theme_color": "#0b6485",
        "icons": icons,
    }
    return JsonResponse(about, content_type="application/manifest+json", json_dumps_params={"ensure_ascii": False})
