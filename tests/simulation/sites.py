"""The simulated regions' sites: what a poll sees of each source at the moment, noise and troubles included.

Each source is one channel: it holds documents that become visible at a moment, and answers requests with
what is visible now. Nothing here knows what is to be told.
"""

from __future__ import annotations

import datetime as dt
import json
import random  # noqa: TID251 - a year is drawn from its seed
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from email.utils import format_datetime
from html import escape
from typing import Protocol
from urllib.parse import quote

import meetingsites as papers
from faultserver import Fault, Page, Seen, Site, reset
from meetingsites import Item, Meeting

LINKS = ("Uimahalli avataan", "Kirjasto remontissa", "Avoimet ovet", "Tori siirtyy", "Lomakausi alkaa", "Uusi sovellus")
SHOWN = 20
"""Entries on a list of news: older ones drop off its end."""


@dataclass(slots=True)
class Moment:
    """The time that sites and poll share: turned by hand, with the number of the check."""

    now: dt.datetime
    check: int = 0


@dataclass(frozen=True, slots=True)
class Trouble:
    """A source's bad days: the checks at which it cannot be read, both included, and how it fails."""

    first: int
    last: int
    kind: str  # 500, 503, reset, maintenance, empty, half


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """A piece of news or a press release."""

    slug: str
    title: str
    paragraphs: tuple[str, ...]
    at: dt.datetime
    lang: str = "fi"
    broken_at: int | None = None  # the check at which its own page answers 500


class Channel(Protocol):
    """One source: its id and address, the documents on it, and when it is in trouble."""

    id: str
    platform: str
    region: str
    troubles: list[Trouble]

    @property
    def url(self) -> str:
        """What stands in sources.yaml."""
        ...


@dataclass(slots=True)
class _Base:
    id: str
    region: str
    site: Site
    moment: Moment
    rng: random.Random
    troubles: list[Trouble] = field(default_factory=list)

    def in_trouble(self) -> Trouble | None:
        return next((one for one in self.troubles if one.first <= self.moment.check <= one.last), None)

    def answer(self, page: Callable[[], Page]) -> Page | Fault:
        """A page as it is, or what comes in its place on a bad day."""
        trouble = self.in_trouble()
        match trouble and trouble.kind:
            case None:
                return page()
            case "500":
                return Page("<h1>Virhe</h1>", status=500)
            case "503":
                return Page("huolto", status=503)
            case "reset":
                return reset()
            case "maintenance":
                return Page(
                    frame(
                        "<h1>Huoltokatko</h1><p>Sivusto on tilapäisesti poissa käytöstä. Yritä myöhemmin uudelleen.</p>",
                        self.noise(),
                    )
                )
            case "half":
                whole = page()
                return replace(whole, body=whole.content()[: len(whole.content()) // 2])
            case "empty":
                return Page(frame('<h1>Uutiset</h1><ul class="news-list"></ul>', self.noise(), title="Uutiset"))
            case kind:
                raise AssertionError(kind)

    def noise(self) -> int:
        return self.rng.randrange(10**9)


def frame(content: str, noise: int, *, lang: str = "fi", title: str = "Hyvinvointialue") -> str:
    """A page around its content, with everything on it that moves by itself."""
    related = "".join(f'<li><a href="/u/{(noise * n) % 6}">{LINKS[(noise * n) % 6]}</a></li>' for n in (1, 7))
    return f"""<!DOCTYPE html><html lang="{lang}"><head><meta charset="utf-8"><title>{escape(title)}</title>
<meta name="csrf-token" content="{noise:032x}"><script src="/a.js?v={noise % 97}"></script></head>
<body class="page js-view-dom-id-{noise:x}"><header><a href="/">Etusivu</a><nav><ul><li><a href="/palvelut">Palvelut</a></li></ul></nav></header>
<div class="notice-bar" role="status">Jonossa {noise % 60} asiakasta</div>
<main id="main">{content}</main><aside><h2>Katso myös</h2><ul>{related}</ul></aside>
<form action="/haku"><input type="hidden" name="form_build_id" value="form-{noise:x}"></form>
<footer>Sivu luotu klo {noise % 24:02d}:{noise % 60:02d}:{noise % 59:02d}. Kävijöitä {noise % 99999}.</footer></body></html>"""


def _date(at: dt.datetime) -> str:
    return f"{at.day}.{at.month}.{at.year}"


def _html(paragraphs: Sequence[str]) -> str:
    return "".join(f"<p>{escape(each)}</p>\n" for each in paragraphs)


@dataclass(slots=True)
class Newsroom(_Base):
    """A region's news, as a list page or as a feed."""

    platform: str = "listing"
    articles: list[Article] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.site.pages["/uutiset" if self.platform == "listing" else "/rss"] = self._list

    @property
    def url(self) -> str:
        return self.site.url("/uutiset" if self.platform == "listing" else "/rss")

    def address(self, article: Article) -> str:
        return self.site.url(f"/uutiset/{article.slug}")

    def publish(self, article: Article) -> None:
        self.articles.append(article)
        self.site.pages[f"/uutiset/{article.slug}"] = lambda seen: self.answer(lambda: self._page(article))

    def _visible(self) -> list[Article]:
        newest = sorted(
            (one for one in self.articles if one.at <= self.moment.now), key=lambda one: one.at, reverse=True
        )
        return newest[:SHOWN]

    def _list(self, seen: Seen) -> Page | Fault:
        return self.answer(self._feed if self.platform == "feed" else self._rows)

    def _rows(self) -> Page:
        shown = self._visible()
        if self.rng.random() < 0.05:  # a list that is sorted another way for a while
            self.rng.shuffle(shown)
        rows = "".join(
            f'<li class="news"><h3><a href="/uutiset/{one.slug}">{escape(one.title)}</a></h3>'
            f'<time datetime="{one.at:%Y-%m-%dT%H:%M}">{_date(one.at)}</time></li>\n'
            for one in shown
        )
        more = '<a class="pager__next" href="/arkisto">Näytä lisää</a>'
        return Page(frame(f'<h1>Uutiset</h1><ul class="news-list">{rows}</ul>{more}', self.noise(), title="Uutiset"))

    def _feed(self) -> Page:
        items = "".join(
            f"<item><title>{escape(one.title)}</title><link>{self.address(one)}</link><guid>{self.address(one)}</guid>"
            f"<pubDate>{format_datetime(one.at)}</pubDate><description>{escape(one.paragraphs[0][:80])}…</description></item>\n"
            for one in self._visible()
        )
        body = (
            f'<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0"><channel><title>Uutiset</title><link>{self.site.url()}</link>'
            f"<lastBuildDate>{format_datetime(self.moment.now)}</lastBuildDate>{items}</channel></rss>"
        )
        return Page(body, content_type="application/rss+xml; charset=utf-8")

    def _page(self, article: Article) -> Page:
        if article.broken_at == self.moment.check:
            return Page("virhe", status=500)
        more = "".join(f'<li><a href="/u/{n}">{LINKS[n]}</a></li>' for n in self.rng.sample(range(6), 2))
        return Page(
            frame(
                f'<article><h1>{escape(article.title)}</h1><p class="meta">Julkaistu <time datetime="{article.at:%Y-%m-%dT%H:%M}">{_date(article.at)}</time></p>'
                f"{_html(article.paragraphs)}</article><section><h2>Lue myös</h2><ul>{more}</ul></section>",
                self.noise(),
                lang=article.lang,
                title=article.title,
            )
        )


@dataclass(slots=True)
class StandingPage(_Base):
    """A grant page that is edited in place: the texts it has had, each from a moment on."""

    platform: str = "page"
    title: str = "Järjestöavustukset"
    versions: list[tuple[dt.datetime, tuple[str, ...]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.site.pages["/avustukset"] = lambda seen: self.answer(self._page)

    @property
    def url(self) -> str:
        return self.site.url("/avustukset")

    def edit(self, at: dt.datetime, paragraphs: Sequence[str]) -> None:
        """Give it a text later than its last one; one that says the same is no edit."""
        if not self.versions or self.versions[-1][1] != tuple(paragraphs):
            self.versions.append((at, tuple(paragraphs)))

    def _page(self) -> Page:
        _, paragraphs = max((one for one in self.versions if one[0] <= self.moment.now), key=lambda one: one[0])
        noise = self.noise()
        return Page(
            frame(
                f"<h1>{escape(self.title)}</h1>{_html(paragraphs)}<p>Sivua katsottu {noise % 9999} kertaa</p>"
                f"<p>Päivitetty {_date(self.moment.now)} klo {noise % 24}.{noise % 60:02d}</p>",
                noise,
                title=self.title,
            )
        )


@dataclass(slots=True)
class Pressroom(_Base):
    """A publisher's press releases; Finnish and Swedish versions are releases of their own."""

    platform: str = "stt"
    publisher: int = 0
    releases: dict[int, Article] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.site.pages[f"/public-website-api/pressroom/{self.publisher}/releases/20/0"] = self._list
        self.site.pages[f"/public-website-api/pressroom/{self.publisher}/releases/20/1"] = lambda seen: _json(
            {"releases": []}
        )

    @property
    def url(self) -> str:
        return self.site.url(f"/uutishuone/{self.publisher}")

    def address(self, number: int) -> str:
        return self.site.url(f"/tiedote/{number}/x?publisherId={self.publisher}&lang={self.releases[number].lang}")

    def publish(self, article: Article) -> str:
        """Put a release into the pressroom; its address."""
        number = self.publisher * 100_000 + len(self.releases) + 1
        self.releases[number] = article
        self.site.pages[f"/public-website-api/release/{number}"] = lambda seen: self.answer(
            lambda: self._release(number, article)
        )
        return self.address(number)

    def _list(self, seen: Seen) -> Page | Fault:
        return self.answer(self._rows)

    def _rows(self) -> Page:
        newest = sorted(
            ((number, one) for number, one in self.releases.items() if one.at <= self.moment.now),
            key=lambda one: (one[1].at, one[0]),
            reverse=True,
        )
        rows = [
            {
                "id": number,
                "date": _utc(one.at),
                "versions": {one.lang: {"title": one.title, "metadescription": "", "url": self.address(number)}},
            }
            for number, one in newest[:SHOWN]
        ]
        return _json({"releases": rows, "took": self.noise()})

    def _release(self, number: int, article: Article) -> Page:
        tail = f"<p>Lue lisää julkaisijalta</p><p>{self.rng.choice(LINKS)}</p>"
        body = {"complete": _html(article.paragraphs) + tail}
        version = {"title": article.title, "body": body, "leadtext": "", "keywords": [], "url": self.address(number)}
        return _json(
            {"id": number, "date": _utc(article.at), "versions": {article.lang: version}, "views": self.noise()}
        )


def _utc(at: dt.datetime) -> str:
    return at.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")


def _json(value: object) -> Page:
    return Page(json.dumps(value, ensure_ascii=False), content_type="application/json")


@dataclass(frozen=True, slots=True)
class Paper:
    """A meeting with its agenda and its minutes, and when each is published."""

    agenda: Meeting
    minutes: Meeting
    agenda_at: dt.datetime
    minutes_at: dt.datetime

    def at(self, now: dt.datetime) -> Meeting | None:
        """The meeting as it is published at a moment."""
        return self.minutes if self.minutes_at <= now else self.agenda if self.agenda_at <= now else None


@dataclass(slots=True)
class Meetings(_Base):
    """What the meetings' papers have in common on every platform."""

    platform: str = "dynasty"
    papers: list[Paper] = field(default_factory=list)

    def hold(self, paper: Paper) -> None:
        self.papers.append(paper)

    def visible(self) -> list[Meeting]:
        shown = [paper.at(self.moment.now) for paper in self.papers]
        return [one for one in shown if one is not None]

    def noisy(self, body: str, **fields: str) -> Page:
        return Page(body.replace("</body>", f"<p class='footer'>10.4.0.{self.noise()}</p></body>"), **fields)  # type: ignore[arg-type]


def _latin(body: str, media_type: str) -> Page:
    """Says ISO-8859-1 and means windows-1252, as the real ones do: there are dashes in titles."""
    return Page(body.encode("cp1252"), content_type=f"{media_type}; charset=iso-8859-1")


@dataclass(slots=True)
class Dynasty(Meetings):
    """A Dynasty 10 install."""

    def __post_init__(self) -> None:
        self.site.pages["/cgi/DREQUEST.PHP"] = lambda seen: self.answer(lambda: self._any(seen))

    @property
    def url(self) -> str:
        return self.site.url("/cgi/DREQUEST.PHP?page=meeting_handlers&id=")

    def address(self, meeting: Meeting, item: Item | None = None) -> str:
        page, name = ("meeting", papers.dynasty_id(meeting))
        if item is not None:
            page, name = ("meetingitem", f"{name}-{item.order}")
        return self.site.url(f"/cgi/DREQUEST.PHP?page={page}&id={name}")

    def _any(self, seen: Seen) -> Page:
        query = dict(pair.partition("=")[::2] for pair in seen.query.split("&"))
        page, name = query.get("page", ""), query.get("id", "")
        if page in {"meeting_handlers", "rss/meetingitems", "meetings"}:
            return self._lists(page, name)
        number, _, order = name.partition("-")
        meeting = next((one for one in self.visible() if papers.dynasty_id(one) == number), None)
        if meeting is None:
            return Page("ei ole", status=404)
        if page == "meeting":
            return self.noisy(papers.dynasty_meeting(meeting, f"{meeting.held_on:%d.%m.%Y}"))
        item = next((one for one in meeting.items if str(one.order) == order), None)
        return Page("ei ole", status=404) if item is None else self.noisy(papers.dynasty_item(meeting, item))

    def _lists(self, page: str, name: str) -> Page:
        meetings = self.visible()
        if page == "meeting_handlers":
            return _latin(
                papers.dynasty_table(meetings).replace("</body>", f"<p>10.4.0.{self.noise()}</p></body>"), "text/html"
            )
        if page == "meetings":
            organs = list(dict.fromkeys(one.organ for one in sorted(meetings, key=lambda one: one.held_on)))
            return self._organ(organs[int(name) - 160])
        recent = sorted(meetings, key=lambda one: one.held_on)[-6:]
        return _latin(papers.dynasty_feed(recent, self.site.origin), "text/xml")

    def _organ(self, organ: str) -> Page:
        own = sorted((one for one in self.visible() if one.organ == organ), key=lambda one: one.held_on, reverse=True)
        rows = "".join(
            f'<tr><td><a href="?page=meeting&amp;id={papers.dynasty_id(one)}">{one.kind}</a></td><td>{one.padded}</td></tr>'
            for one in own[:40]
        )
        return self.noisy(
            f"<html><body><h1>{organ}</h1><table><tr><th>Kokous</th><th>Kokouspäivämäärä</th></tr>{rows}</table></body></html>"
        )


@dataclass(slots=True)
class CaseM(Meetings):
    """A CloudNC install."""

    def __post_init__(self) -> None:
        self.platform = "casem"
        for path in ("/fi-FI", "/fi-FI/", "/fi-FI/Toimielimet"):
            self.site.pages[path] = lambda seen: self.answer(lambda: Page(papers.casem_front(self._recent())))

    @property
    def url(self) -> str:
        return self.site.url("/fi-FI/Toimielimet")

    def address(self, meeting: Meeting, item: Item | None = None) -> str:
        tail = "" if item is None else f"/{papers.casem_item_slug(meeting, item)}"
        return self.site.url(f"/fi-FI/Toimielimet/{papers.casem_slug(meeting)}{tail}")

    def hold(self, paper: Paper) -> None:
        self.papers.append(paper)
        slug = papers.casem_slug(paper.agenda)
        self.site.pages[quote(f"/fi-FI/Toimielimet/{slug}", safe="/(),")] = lambda seen: self.answer(
            lambda: self._page(paper, None)
        )
        for item in paper.minutes.items:
            path = f"/fi-FI/Toimielimet/{slug}/{papers.casem_item_slug(paper.agenda, item)}"
            self.site.pages[quote(path, safe="/(),")] = lambda seen, order=item.order: self.answer(  # type: ignore[misc]
                lambda: self._page(paper, order)
            )

    def _recent(self) -> list[Meeting]:
        return sorted(self.visible(), key=lambda one: one.held_on, reverse=True)[:25]

    def _page(self, paper: Paper, order: int | None) -> Page:
        meeting = paper.at(self.moment.now)
        if meeting is None:
            return Page("ei ole", status=404)
        if order is None:
            return Page(papers.casem_meeting(meeting))
        item = next((one for one in meeting.items if one.order == order), None)
        return Page("ei ole", status=404) if item is None else Page(papers.casem_item(meeting, item))
