"""Follow every link from a first page, as a person with a mouse would, one page of each kind."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterator
from urllib.parse import urldefrag, urlparse

from django.urls import Resolver404, resolve
from playwright.sync_api import Error, Page

EACH_KIND = 1


def kind_of(path: str) -> str:
    """Return the name of the view that answers a path, or "" when none does."""
    try:
        return resolve(path).view_name
    except Resolver404:
        return ""


def crawl(page: Page, url: str, first: str = "/", *, most: int = 120) -> Iterator[tuple[str, str]]:
    """Open the pages that can be reached from `first` and yield each one's kind and path while it stands in the browser.

    Downloads, other sites and sign-out are left alone; of pages that differ only in their arguments the first is opened.
    """
    waiting = deque([first])
    known = {first}
    seen: Counter[str] = Counter()
    while waiting and sum(seen.values()) < most:
        path = waiting.popleft()
        kind = kind_of(urlparse(path).path)
        if kind and seen[kind] >= EACH_KIND:
            continue
        seen[kind] += 1
        try:
            answer = page.goto(url + path, wait_until="load")
        except Error as error:
            if "Download is starting" in str(error):
                continue
            raise
        if answer is None or not answer.headers.get("content-type", "").startswith("text/html"):
            continue
        yield kind or path, path
        for link in page.eval_on_selector_all("a[href]:not([download])", "links => links.map(link => link.href)"):
            target = urldefrag(link).url
            if target.startswith(url + "/"):
                rest = target[len(url) :]
                if rest not in known and not skipped(rest):
                    known.add(rest)
                    waiting.append(rest)


def skipped(path: str) -> bool:
    """Tell whether a link is no page: a file, a picture, a way out."""
    return any(word in path for word in ("/static/", "export", "sign-out", ".xlsx", ".pdf", ".svg", "/files/"))
