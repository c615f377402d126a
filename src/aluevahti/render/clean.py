"""What comes from pages, made fit to be shown: no invisible characters, no endless text, no odd links."""

from __future__ import annotations

from urllib.parse import urlsplit

from aluevahti.text.tidy import tidy_line

TITLE = 300
"""The longest title that is shown whole; likewise below for other texts, in characters."""
QUOTE = 600
VALUE = 200
REASON = 300
LONGEST_URL = 2000


def clean(text: str | None, limit: int) -> str:
    """`text` on one line, without control and direction characters, cut at a word with an ellipsis."""
    line = tidy_line(text or "")
    if len(line) <= limit:
        return line
    cut = line[: limit - 1]
    head, space, _ = cut.rpartition(" ")
    return f"{head if space and len(head) > limit // 2 else cut}…"


def safe_url(url: str | None) -> str | None:
    """`url` if a mail may link to it: http or https, with a host, no user, printable and not endless; else None."""
    if url is None or len(url) > LONGEST_URL or not url.isprintable() or any(one in url for one in ' "<>\\^`{|}'):
        return None
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        return None
    if parts.scheme.lower() not in {"http", "https"} or not host or parts.username is not None or port == 0:
        return None
    return url


def host_of(url: str) -> str:
    """The host of a safe URL as a reader knows it."""
    host = urlsplit(url).hostname or ""
    return host.removeprefix("www.")
