"""News in other shapes: a press service without its interface, a closed WordPress, Liferay, Atom, a PDF of rules.

As in `othersites`, something that means nothing differs on every load.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from email.utils import format_datetime
from html import escape
from urllib.parse import unquote, urlsplit
from zoneinfo import ZoneInfo

from acceptance.mfilessite import pdf
from acceptance.noise import Noise
from acceptance.program import NOT_FOUND, Page, Seen

HELSINKI = ZoneInfo("Europe/Helsinki")


@dataclass(slots=True, kw_only=True)
class News:
    """One piece of news, whatever it is published on."""

    id: int
    slug: str
    title: str
    at: dt.datetime  # Helsinki time
    text: str
    lang: str = "fi"

    @property
    def utc(self) -> dt.datetime:
        """When it was published, in UTC."""
        return self.at.replace(tzinfo=HELSINKI).astimezone(dt.UTC)


def newest(posts: list[News]) -> list[News]:
    """News as lists show it."""
    return sorted(posts, key=lambda one: one.at, reverse=True)


@dataclass(slots=True, kw_only=True)
class Stt:
    """The press release service whose JSON is closed: the feed, and pages with a tail of other releases."""

    noise: Noise
    publisher: int
    name: str
    origin: str = ""
    posts: list[News] = field(default_factory=list)

    def __call__(self, seen: Seen) -> Page:
        """Answer one request."""
        path = urlsplit(seen.target).path
        if path == "/rss/releases/latest":
            return self._feed()
        for one in self.posts:
            if path.startswith(f"/tiedote/{one.id}/"):
                return self._page(one)
        return Page('{"error": "gone"}', status=404, content_type="application/json")

    def _url(self, one: News) -> str:
        return f"{self.origin}/tiedote/{one.id}/{one.slug}?publisherId={self.publisher}&lang={one.lang}"

    def _feed(self) -> Page:
        items = "".join(
            f"<item><guid isPermaLink='false'>{one.id}</guid><pubDate>{format_datetime(one.utc, usegmt=True)}</pubDate>"
            f"<link>{escape(self._url(one))}</link><title><![CDATA[{one.title}]]></title></item>"
            for one in newest(self.posts)
        )
        return Page(
            f"<?xml version='1.0'?><rss version='2.0'><channel><title>{self.name}</title><lastBuildDate>{self.noise.clock()}</lastBuildDate>{items}</channel></rss>",
            content_type="application/rss+xml",
        )

    def _page(self, one: News) -> Page:
        tail = "".join(
            f"<article><h3><a href='{escape(self._url(other))}'>{escape(other.title)}</a></h3><p>{escape(other.text)}</p></article>"
            for other in newest(self.posts)
            if other is not one
        )
        more, kind = ("Läs mer från", "Pressmeddelande") if one.lang == "sv" else ("Lue lisää julkaisijalta", "Tiedote")
        when = f"{one.at.day}.{one.at.month}.{one.at.year} {one.at:%H:%M:%S} EET"
        return Page(
            f"""<!DOCTYPE html><html lang="{one.lang}"><head><title>{escape(one.title)}</title></head><body><main>
<div>{when} | {self.name} | {kind}</div><h1>{escape(one.title)}</h1><div class="c{self.noise.token(4)}"><p>{escape(one.text)}</p></div>
<section><h2>{more} {self.name}</h2>{tail}</section></main><footer>{self.noise.hits()}</footer></body></html>"""
        )


@dataclass(slots=True, kw_only=True)
class Wordpress:
    """A WordPress that shows its REST interface to nobody: the feed with leads only, and dated addresses."""

    noise: Noise
    origin: str = ""
    posts: list[News] = field(default_factory=list)

    def __call__(self, seen: Seen) -> Page:
        """Answer one request."""
        path = urlsplit(seen.target).path
        if path.startswith("/wp-json/"):
            return Page(
                '{"code":"rest_disabled","message":"REST API suljettu"}', status=401, content_type="application/json"
            )
        if path in {"/feed/", "/feed"}:
            return self._feed()
        for one in self.posts:
            if path == self._path(one):
                return self._page(one)
        return NOT_FOUND

    def _path(self, one: News) -> str:
        return f"/{one.at:%Y/%m/%d}/{one.slug}/"

    def _feed(self) -> Page:
        items = "".join(
            f"<item><title>{escape(one.title)}</title><link>{self.origin}{self._path(one)}</link><dc:creator><![CDATA[viestinta]]></dc:creator>"
            f"<pubDate>{format_datetime(one.utc)}</pubDate><guid isPermaLink='false'>{self.origin}/?p={one.id}</guid>"
            f"<description><![CDATA[<p>{one.text[:40]} [&#8230;]</p>]]></description></item>"
            for one in newest(self.posts)[:10]
        )
        xml = f"""<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Satakunta</title>
<lastBuildDate>Mon, 02 Nov 2026 0{self.noise.number(0, 9)}:00:12 +0000</lastBuildDate>{items}</channel></rss>"""
        return Page(xml, content_type="application/rss+xml; charset=UTF-8", coding="gzip")

    def _page(self, one: News) -> Page:
        noise = self.noise
        return Page(
            f"""<!DOCTYPE html><html lang="fi"><head><title>{escape(one.title)} – Satakunta</title>
<meta property="article:published_time" content="{one.utc.isoformat()}"><script>var w={{"nonce":"{noise.token(10)}"}}</script></head><body>
<div class="bulletin">Palvelutiedote {noise.number(1, 99)}: ruuhkaa puhelimessa</div>
<main><article class="wp-container-{noise.number(1, 99)}"><h1>{escape(one.title)}</h1><p>{escape(one.text)}</p></article>
<aside><h2>Katso myös</h2><ul>{noise.related()}</ul></aside></main></body></html>"""
        )


@dataclass(slots=True, kw_only=True)
class Liferay:
    """A Liferay asset publisher: each piece three times, tokens in every link, a date with a slash before it."""

    noise: Noise
    posts: list[News] = field(default_factory=list)
    broken: bool = False

    def __call__(self, seen: Seen) -> Page:
        """Answer one request."""
        path = unquote(urlsplit(seen.target).path)
        if path == "/uutiset":
            return self._page(
                "<div class=sheet>Uusi ulkoasu</div>"
                if self.broken
                else "".join(self._card(one) for one in newest(self.posts))
            )
        for one in self.posts:
            if path == f"/w/{one.slug}":
                return self._page(
                    f"<div class=asset-full-content><h1>{escape(one.title)}</h1><span>UUTINEN / {one.at:%d.%m.%Y}</span><p>{escape(one.text)}</p></div>"
                )
        return NOT_FOUND

    def _card(self, one: News) -> str:
        href = f"/web/guest/w/{one.slug}?p_l_back_url=%2Fuutiset&amp;p_auth={self.noise.token(8)}".replace(
            "/web/guest", ""
        )
        return (
            f"<div class=asset-abstract><a href='{href}'><img alt='' src='/i/{one.id}?t={self.noise.number(1, 10**9)}'></a>"
            f"<span>UUTINEN / {one.at:%d.%m.%Y}</span><h3><a href='{href}'>{escape(one.title)}</a></h3>"
            f"<a href='{href}'>Lue lisää <span class=sr-only>{escape(one.title)}</span></a></div>"
        )

    def _page(self, content: str) -> Page:
        noise = self.noise
        return Page(
            f"""<!DOCTYPE html><html lang="fi-FI"><head><title>Ajankohtaista</title><script>var Liferay={{authToken:'{noise.token(8)}'}};</script></head><body>
<nav>Navigointivalikko<ul>{noise.menu()}</ul></nav><section class="portlet" id="portlet_INSTANCE_{noise.token(4)}"><h2>Sisältöjulkaisija</h2>{content}</section>
<footer>{noise.clock()}</footer></body></html>"""
        )


@dataclass(slots=True, kw_only=True)
class AtomFeed:
    """An Atom feed with relative links, numbers for ids and the whole text in none of them."""

    noise: Noise
    posts: list[News] = field(default_factory=list)
    down: bool = False

    def __call__(self, seen: Seen) -> Page:
        """Answer one request."""
        path = urlsplit(seen.target).path
        if self.down:
            return Page("<html><body><h1>Huoltokatko</h1><p>Sivusto on huollossa.</p></body></html>")
        if path == "/atom.xml":
            entries = "".join(
                f"<entry><id>tag:esim.fi,2026:{one.id}</id><title type='html'>{escape(escape(one.title))}</title><link rel='alternate' href='/tiedote/{one.slug}/'/>"
                f"<published>{one.utc:%Y-%m-%dT%H:%M:%SZ}</published><updated>{one.utc:%Y-%m-%dT%H:%M:%SZ}</updated></entry>"
                for one in newest(self.posts)
            )
            return Page(
                f"<?xml version='1.0' encoding='utf-8'?><feed xmlns='http://www.w3.org/2005/Atom' xml:lang='fi'><title>Tiedotteet</title>"
                f"<updated>2026-11-0{self.noise.number(1, 9)}T00:00:00Z</updated>{entries}</feed>",
                content_type="application/atom+xml",
            )
        for one in self.posts:
            if path == f"/tiedote/{one.slug}/":
                stamp = f"{one.at.day}.{one.at.month}.{one.at.year} klo {one.at:%H.%M}"
                return Page(
                    f"<!DOCTYPE html><html lang='fi'><head><title>{escape(one.title)}</title></head><body><ul>{self.noise.menu()}</ul><main><h1>{escape(one.title)}</h1>"
                    f"<p>{stamp} (Muokattu: {stamp})</p><p>{escape(one.text)}</p></main><footer>{self.noise.hits()}</footer></body></html>"
                )
        return NOT_FOUND


@dataclass(slots=True, kw_only=True)
class StandingPdf:
    """A page of rules that is a PDF, made anew for everybody who asks."""

    noise: Noise
    lines: list[str] = field(default_factory=list)

    def __call__(self, seen: Seen) -> Page:
        """Answer one request."""
        if urlsplit(seen.target).path == "/avustukset/ohje":
            return Page(pdf(self.lines, self.noise.token()), content_type="application/pdf")
        return NOT_FOUND
