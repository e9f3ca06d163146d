"""What every answer carries: the content security policy, and a number that a person can read out when something broke."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from pathlib import Path

from django.http import HttpRequest, HttpResponse

POLICY = "default-src 'self'; img-src 'self' data: blob:; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
FIELD_POLICY = f"{POLICY}; script-src 'self' 'wasm-unsafe-eval'"
MANIFEST = Path(__file__).parent / "static" / "kit" / "vendor" / "manifest.json"
BARE = "The front-end assets are missing. Run: npm ci --ignore-scripts && npm run assets (or: make assets)\n前端文件还没有生成，请运行上面的命令。\n"
LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"


def policy_for(path: str) -> str:
    """Return the policy of a page; only the field pages may run the scanner's WebAssembly."""
    return FIELD_POLICY if path.startswith("/field/") else POLICY


class Headers:
    """Set the policy on every answer, and the request's number on those that say something broke; a bare checkout says what to run."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.number = "".join(secrets.choice(LETTERS) for _ in range(8))
        if not MANIFEST.exists():
            response = HttpResponse(BARE, content_type="text/plain; charset=utf-8", status=503)
        else:
            response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", policy_for(request.path))
        response.headers.setdefault("Permissions-Policy", "camera=(self), geolocation=(self), microphone=(self)")
        if response.status_code >= 500:
            response.headers["X-Request-Id"] = request.number
        return response
