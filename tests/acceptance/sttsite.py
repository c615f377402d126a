"""The press release service: pressrooms and releases as JSON, as a feed and as pages, with the tail of other releases."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass, field
from email.utils import format_datetime
from html import escape
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from acceptance.noise import Noise
from acceptance.program import NOT_FOUND, Page, Seen

HELSINKI = ZoneInfo("Europe/Helsinki")


@dataclass(slots=True, kw_only=True)
class Release:
    """One press release in one language; the other language's has another id."""

    id: int
    lang: str
    at: dt.datetime  # Helsinki time
    title: str
    lead: str
    body: list[str]
    slug: str = "tiedote"


@dataclass(slots=True, kw_only=True)
class SttSite:
    """What the service serves at the moment, one publisher."""

    noise: Noise
    publisher: int
    name: str
    origin: str = ""
    releases: list[Release] = field(default_factory=list)

    def __call__(self, seen: Seen) -> Page:
        """Answer one request."""
        parts = urlsplit(seen.target)
        path = parts.path.rstrip("/")
        query = seen.parameters
        newest = sorted(self.releases, key=lambda one: one.at, reverse=True)
        if path.startswith(f"/public-website-api/pressroom/{self.publisher}/releases/"):
            size, page = (int(part) for part in path.split("/")[-2:])
            shown = newest[size * page : size * (page + 1)]
            body = {"releases": [self._row(one) for one in shown], "requestId": self.noise.token()}
            return Page(json.dumps(body), content_type="application/json")
        if path == f"/uutishuone/{self.publisher}":
            links = "".join(f'<li><a href="{self._url(one)}">{escape(one.title)}</a></li>' for one in newest)
            return Page(f"<html lang='fi'><body><h1>{self.name}</h1><ul>{links}</ul></body></html>")
        if path == "/rss/releases/latest" and query.get("publisherId") == str(self.publisher):
            return self._feed(newest)
        for one in self.releases:
            if path == f"/public-website-api/release/{one.id}":
                return Page(json.dumps(self._full(one)), content_type="application/json")
            if path.startswith(f"/tiedote/{one.id}"):
                return self._page(one)
        return NOT_FOUND

    def _url(self, one: Release) -> str:
        return f"/tiedote/{one.id}/{one.slug}?publisherId={self.publisher}&lang={one.lang}"

    def _stamp(self, one: Release) -> str:
        return f"{one.at.replace(tzinfo=HELSINKI).astimezone(dt.UTC):%Y-%m-%dT%H:%M:%S}.000Z"

    def _row(self, one: Release) -> dict[str, object]:
        version = {"title": one.title, "metadescription": one.lead, "url": self._url(one)}
        return {"id": one.id, "date": self._stamp(one), "versions": {one.lang: version}}

    def _full(self, one: Release) -> dict[str, object]:
        complete = "".join(f"<p>{escape(line)}</p>" for line in one.body)
        version = {
            "title": one.title,
            "leadtext": one.lead,
            "body": {"complete": complete},
            "keywords": [],
            "url": self._url(one),
        }
        return {"id": one.id, "date": self._stamp(one), "versions": {one.lang: version}, "views": self.noise.hits()}

    def _page(self, one: Release) -> Page:
        at = one.at.replace(tzinfo=HELSINKI)
        when = f"{at.day}.{at.month}.{at.year} {at:%H:%M:%S} {at.tzname()}"
        kind = "Tiedote" if one.lang == "fi" else "Pressmeddelande"
        tail = "".join(
            f'<li><a href="{self._url(other)}">{escape(other.title)}</a> {escape(other.lead)}</li>'
            for other in sorted(self.releases, key=lambda other: other.at, reverse=True)
            if other is not one
        )
        text = "".join(f"<p>{escape(line)}</p>" for line in one.body)
        data = json.dumps(
            {"@type": "NewsArticle", "headline": one.title, "articleBody": "\n".join([one.lead, *one.body])}
        )
        return Page(
            f"""<html lang="{one.lang}"><head><title>{escape(one.title)} | {self.name}</title>
<script type="application/ld+json">{data}</script></head><body><article><p>{when} | {self.name} | {kind}</p>
<h1>{escape(one.title)}</h1><p class="lead">{escape(one.lead)}</p>{text}</article>
<h2>Lue lisää julkaisijalta {self.name}</h2><ul>{tail}</ul></body></html>"""
        )

    def _feed(self, newest: list[Release]) -> Page:
        items = "".join(
            f"<item><title>{escape(one.title)}</title><link>{self.origin}{escape(self._url(one))}</link>"
            f"<description>{escape(one.lead)}</description><guid>{one.id}</guid>"
            f"<pubDate>{format_datetime(one.at.replace(tzinfo=HELSINKI))}</pubDate></item>"
            for one in newest
        )
        return Page(
            f'<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>{self.name}</title>{items}</channel></rss>',
            content_type="application/rss+xml; charset=utf-8",
        )
