"""A request to the world and what it answers, and what moves on every page by itself."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """One request, as the world sees it.

    Attributes:
        host: the name before `.localhost`.
        path: without the query, percent-encoding undone.
        at: the world's time, in Helsinki.
        load: the number of this request: every answer's noise is made of it.
        turn: how often this very address was asked for before.
        origin: scheme, host and port, without a slash at the end.
        conditions: the validators that came with it, by lower-case header name.
    """

    host: str
    path: str
    query: Mapping[str, str]
    at: dt.datetime
    load: int
    turn: int
    origin: str
    conditions: Mapping[str, str]

    def token(self, salt: str, length: int = 16) -> str:
        """A nonce, a view state, a session: another one on every load."""
        return hashlib.sha256(f"{salt}{self.load}".encode()).hexdigest()[:length]

    def shuffled(self, things: Sequence[T], salt: str = "") -> list[T]:
        """`things` in an order that is another one on every load."""
        keyed = sorted(range(len(things)), key=lambda place: self.token(f"{salt}{place}"))
        return [things[place] for place in keyed]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a server sends."""

    body: bytes
    status: int = 200
    content_type: str = "text/html; charset=utf-8"
    headers: tuple[tuple[str, str], ...] = ()
    is_wrong: bool = False  # another page than the one that was asked for


def page(markup: str, *, charset: str = "utf-8", status: int = 200, says: str | None = None) -> Answer:
    """A page in `charset`; the header names it, or `says` instead."""
    return Answer(body=markup.encode(charset), status=status, content_type=f"text/html; charset={says or charset}")


def not_found() -> Answer:
    """What is not there."""
    return page("<html><body><h1>404 Sivua ei löydy</h1></body></html>", status=404)


def moved(to: str) -> Answer:
    """A lasting redirect."""
    return Answer(body=b"", status=301, headers=(("Location", to),))


def paragraphs(texts: Sequence[str]) -> str:
    """Texts as HTML paragraphs."""
    return "\n".join(f"<p>{escape(text)}</p>" for text in texts)


def short_date(day: dt.date) -> str:
    """`9.3.2026`."""
    return f"{day.day}.{day.month}.{day.year}"


def long_date(day: dt.date) -> str:
    """`09.03.2026`."""
    return f"{day:%d.%m.%Y}"


def rfc_date(at: dt.datetime) -> str:
    """`Tue, 10 Mar 2026 07:05:00 +0000`, whatever the locale."""
    utc = at.astimezone(dt.UTC)
    days = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
    months = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
    return f"{days[utc.weekday()]}, {utc.day:02} {months[utc.month - 1]} {utc:%Y %H:%M:%S} +0000"
