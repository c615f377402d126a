"""Ordinary web sites: WordPress with its feed and REST, a Drupal list of news, one standing grant page."""

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
class Post:
    """One piece of news."""

    id: int
    slug: str
    title: str
    at: dt.datetime  # Helsinki time
    paragraphs: list[str]
    lang: str = "fi"
    modified: dt.datetime | None = None

    @property
    def path(self) -> str:
        """Its address."""
        way = "/sv" if self.lang == "sv" else ""
        return f"{way}/{self.at:%Y/%m/%d}/{self.slug}/"

    @property
    def html(self) -> str:
        """Its text as HTML."""
        return "".join(f"<p>{escape(line)}</p>\n" for line in self.paragraphs)


@dataclass(slots=True, kw_only=True)
class WordpressSite:
    """A WordPress site at the moment; `rest` off answers as if the REST routes were blocked."""

    noise: Noise
    origin: str = ""
    posts: list[Post] = field(default_factory=list)
    pages: list[Post] = field(default_factory=list)
    rest: bool = True

    def __call__(self, seen: Seen) -> Page:
        """Answer one request."""
        parts = urlsplit(seen.target)
        query = seen.parameters
        if parts.path.startswith("/wp-json/") and not self.rest:
            return Page('{"code":"rest_disabled"}', status=401, content_type="application/json")
        if parts.path.rstrip("/") == "/wp-json/wp/v2/posts":
            return self._rest(self.posts, query)
        if parts.path.rstrip("/") == "/wp-json/wp/v2/pages":
            return self._rest(self.pages, query)
        if parts.path.rstrip("/") == "/feed":
            return self._feed()
        for post in (*self.posts, *self.pages):
            if parts.path.rstrip("/") == post.path.rstrip("/"):
                return self._article(post)
        if parts.path == "/":
            links = "".join(f'<li><a href="{one.path}">{escape(one.title)}</a></li>' for one in self._newest())
            return Page(f"<html lang='fi'><body><h1>Etusivu</h1><ul>{links}</ul></body></html>")
        return NOT_FOUND

    def _newest(self) -> list[Post]:
        return sorted(self.posts, key=lambda one: one.at, reverse=True)

    def _rest(self, posts: list[Post], query: dict[str, str]) -> Page:
        size, page = int(query.get("per_page", "10")), int(query.get("page", "1"))
        if "slug" in query:
            posts = [one for one in posts if one.slug == query["slug"]]
        if "search" in query:
            posts = [one for one in posts if query["search"] in f"{one.title} {one.paragraphs}".lower()]
        key = "modified" if query.get("orderby") == "modified" else "date"
        ordered = sorted(posts, key=lambda one: (one.modified or one.at) if key == "modified" else one.at, reverse=True)
        pages = max(1, -(-len(posts) // size))
        if page > pages:
            return Page('{"code":"rest_post_invalid_page_number"}', status=400, content_type="application/json")
        rows = [self._row(one) for one in ordered[size * (page - 1) : size * page]]
        if "_fields" in query:
            wanted = {name.split(".")[0] for name in query["_fields"].split(",")}
            rows = [{key: value for key, value in row.items() if key in wanted} for row in rows]
        return Page(
            json.dumps(rows),
            content_type="application/json; charset=UTF-8",
            headers={"X-WP-Total": str(len(posts)), "X-WP-TotalPages": str(pages), "X-Nonce": self.noise.token(10)},
        )

    def _row(self, one: Post) -> dict[str, object]:
        modified = one.modified or one.at
        return {
            "id": one.id,
            "date": f"{one.at:%Y-%m-%dT%H:%M:%S}",
            "date_gmt": f"{one.at.replace(tzinfo=HELSINKI).astimezone(dt.UTC):%Y-%m-%dT%H:%M:%S}",
            "modified": f"{modified:%Y-%m-%dT%H:%M:%S}",
            "modified_gmt": f"{modified.replace(tzinfo=HELSINKI).astimezone(dt.UTC):%Y-%m-%dT%H:%M:%S}",
            "slug": one.slug,
            "link": self.origin + one.path,
            "title": {"rendered": escape(one.title).replace("–", "&#8211;")},
            "excerpt": {"rendered": f"<p>{escape(one.paragraphs[0])} [&hellip;]</p>\n", "protected": False},
            "content": {"rendered": one.html, "protected": False},
        }

    def _feed(self) -> Page:
        items = "".join(
            f"<item><title>{escape(one.title)}</title><link>{self.origin}{one.path}</link>"
            f"<dc:creator><![CDATA[viestinta]]></dc:creator><pubDate>{format_datetime(one.at.replace(tzinfo=HELSINKI))}</pubDate>"
            f'<category>Tiedotteet</category><guid isPermaLink="false">{self.origin}/?p={one.id}</guid>'
            f"<description><![CDATA[{one.paragraphs[0]} [&#8230;]]]></description></item>\n"
            for one in self._newest()[:10]
        )
        return Page(
            f"""<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>
<title>Esimerkkialue</title><link>{self.origin}</link><lastBuildDate>{format_datetime(dt.datetime(2026, 3, 1, self.noise.number(0, 23), 0, tzinfo=dt.UTC))}</lastBuildDate>
{items}</channel></rss>""",
            content_type="application/rss+xml; charset=UTF-8",
        )

    def _article(self, one: Post) -> Page:
        noise = self.noise
        return Page(
            f"""<!DOCTYPE html><html lang="{one.lang}"><head><title>{escape(one.title)} – Esimerkkialue</title>
<meta property="article:published_time" content="{one.at.replace(tzinfo=HELSINKI).isoformat()}">
<link rel="stylesheet" href="/wp-content/x.css?ver={noise.token(5)}"></head><body>
<div class="bulletin">Häiriötiedote: puhelinpalvelu ruuhkautunut klo {noise.clock()} <a href="/x">Lue lisää</a></div>
<header><nav><ul>{noise.menu()}</ul></nav></header>
<main><article class="post wp-container-{noise.number(1, 99)}"><h1>{escape(one.title)}</h1>
<time datetime="{one.at.replace(tzinfo=HELSINKI).isoformat()}">{one.at.day}.{one.at.month}.{one.at.year}</time>
{one.html}</article>
<section class="related"><h2>Katso myös</h2><ul>{noise.related()}</ul></section></main>
<footer>Sivulla on käyty {noise.hits()} kertaa</footer>
<script>var wpx={{"nonce":"{noise.token(10)}"}};</script></body></html>"""
        )


@dataclass(slots=True, kw_only=True)
class DrupalSite:
    """A Drupal list of news; `broken` serves another layout that has no entry the old selector finds."""

    noise: Noise
    posts: list[Post] = field(default_factory=list)
    broken: bool = False
    down: bool = False

    def __call__(self, seen: Seen) -> Page:
        """Answer one request."""
        path = urlsplit(seen.target).path.rstrip("/")
        if self.down:
            return Page("<h1>503 Service Unavailable</h1>", status=503)
        if path == "/fi/ajankohtaista":
            return self._html(self._new_list() if self.broken else self._list())
        for one in self.posts:
            if path == f"/fi/ajankohtaista/{one.slug}":
                return self._html(self._article(one))
        return NOT_FOUND

    def _when(self, one: Post) -> str:
        return f"{one.at.day}.{one.at.month}.{one.at.year} {one.at.hour}.{one.at.minute:02d}"

    def _list(self) -> str:
        rows = "".join(
            f"""<article class="node node--type-news"><span class="node__label">Uutinen</span>
<time datetime="{one.at.replace(tzinfo=HELSINKI):%Y-%m-%dT%H:%M:%S%z}">Julkaistu {self._when(one)}</time>
<h2><a href="/fi/ajankohtaista/{one.slug}">{escape(one.title)}</a></h2></article>"""
            for one in sorted(self.posts, key=lambda one: one.at, reverse=True)
        )
        return f"""<h1>Ajankohtaista</h1><div class="views-element-container">
<div class="view js-view-dom-id-{self.noise.token(32)}">{rows}</div></div>"""

    def _new_list(self) -> str:
        rows = "".join(
            f'<a class="card" href="/fi/ajankohtaista/{one.slug}"><b>{escape(one.title)}</b></a>' for one in self.posts
        )
        return f'<h1>Ajankohtaista</h1><div class="cards">{rows}</div>'

    def _article(self, one: Post) -> str:
        return f"""<article class="node--full"><h1>{escape(one.title)}</h1>
<p>Uutinen Julkaistu {self._when(one)}</p>{one.html}</article>"""

    def _html(self, content: str) -> Page:
        noise = self.noise
        return Page(
            f"""<!DOCTYPE html><html lang="fi"><head><meta charset="utf-8"><title>Ajankohtaista | Esimerkkialue</title>
<link rel="stylesheet" href="/sites/x.css?{noise.token(6)}"></head><body>
<a href="#main">Hyppää pääsisältöön</a><nav><ul>{noise.menu()}</ul></nav><main id="main">{content}</main>
<form><input type="hidden" name="form_build_id" value="form-{noise.token(40)}"></form>
<aside><h2>Katso myös</h2><ul>{noise.related()}</ul></aside><footer>{noise.clock()}</footer></body></html>"""
        )


@dataclass(slots=True, kw_only=True)
class StandingPage:
    """One page that is edited in place."""

    noise: Noise
    title: str
    paragraphs: list[str]

    def __call__(self, _seen: Seen) -> Page:
        """The same page at every address but robots.txt."""
        if _seen.path == "/robots.txt":
            return NOT_FOUND
        noise = self.noise
        text = "".join(f"<p>{escape(line)}</p>" for line in self.paragraphs)
        return Page(
            f"""<!DOCTYPE html><html lang="fi"><head><meta charset="utf-8"><title>{escape(self.title)}</title>
<meta name="csrf-token" content="{noise.token(40)}"></head><body><nav><ul>{noise.menu()}</ul></nav>
<main><article><h1>{escape(self.title)}</h1>{text}
<p>Sivu päivitetty {noise.number(1, 28)}.2.2026 klo {noise.clock()}</p></article>
<section class="related"><h2>Lue myös</h2><ul>{noise.related()}</ul></section></main>
<footer>Kävijöitä {noise.hits()}</footer></body></html>"""
        )
