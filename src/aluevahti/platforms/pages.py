"""A document's own page, wherever a list or a feed led to it: an article, a standing page or a PDF.

Shared by the adapters of ordinary web sites. What is here decides, above all, what is no document: a maintenance notice, a
login, a challenge or an error page that was sent with status 200 must never become a document's new text.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from aluevahti.errors import LayoutChanged, ParseError
from aluevahti.model import Document, File, Form, Language, Snapshot, Source
from aluevahti.platforms import meetings
from aluevahti.platforms.meetings import Page, is_pdf
from aluevahti.text.charset import decode, looks_broken
from aluevahti.text.clutter import clutter
from aluevahti.text.dom import LARGEST, chosen, outermost, text_length
from aluevahti.text.html import main_text, metadata
from aluevahti.text.tidy import tidy, tidy_line
from aluevahti.text.urls import absolute, canonical, clean

_FILE = re.compile(r"\.(?:pdf|docx?|odt|rtf|xlsx?|ods|pptx?)(?:/[0-9a-f-]{36})?\Z", re.IGNORECASE)
_FILE_SIGN = re.compile(r"\.(?:pdf|doc|od[ts]|rtf|xls|ppt)|/documents/|/download/", re.IGNORECASE)
_ERROR_TITLE = re.compile(
    # a status is told alone or with its name; `500 000 € järjestöille` and `410 hakemusta` are titles like any other
    r"(?:(?:http|error|virhe|fel)[\s:-]*)*(?:40[0134]|410|429|50\d)(?=\s*(?:\Z|[:|–—(.]|-\s)|\s+(?:error|virhe|fel\b|not\b|page\s+not|sivua?\s+ei|sidan|bad"
    r"|unauthori[sz]ed|forbidden|gone|too\s+many|internal|service|gateway|proxy|backend|origin|temporarily|(?:client|server)\s+error|access|request\b|http))"
    r"|sivua\s+ei\s+(?:löydy|löytyn)|etsimääsi\s+sivua|(?:page\s+)?not\s+found\b"
    r"|sidan\s+(?:hittades\s+inte|kunde\s+inte|finns\s+inte)|service\s+unavailable|bad\s+gateway|gateway\s+time-?out|internal\s+server\s+error"
    r"|access\s+denied|forbidden\b|request\s+(?:rejected|blocked)|attention\s+required|just\s+a\s+moment|one\s+moment,?\s+please"
    r"|are\s+you\s+a\s+robot|robot\s+check|palvelimessa\s+tapahtui\s+virhe|pääsy\s+(?:kielletty|estetty)|tapahtui\s+virhe|odottamaton\s+virhe",
    re.IGNORECASE,
)
_CHALLENGE = re.compile(
    r"/cdn-cgi/challenge-platform/|id=\"(?:cf-challenge|challenge-(?:form|running|error))|_Incapsula_Resource|cf_chl_opt|g-recaptcha-challenge"
    r"|checking\s+your\s+browser|enable\s+javascript\s+and\s+cookies\s+to\s+continue",
    re.IGNORECASE,
)
_NOTICE = re.compile(
    r"huolto(?:katko|tauko|työ|tila)|käyttökatko|palvelukatko|(?:palvelussa|järjestelmässä|sivustolla)\s+on\s+(?:\w+\s+)?häiriö"
    r"|(?:palvelu|sivusto|sivu|verkkosivu\w*)\s+(?:on|ei\s+ole)\s+(?:\w+\s+)?(?:poissa\s+käytöstä|pois\s+käytöstä|huollossa|käytettävissä)"
    r"|sivustoa\s+(?:päivitetään|huolletaan)|service\s+unavailable|(?:under|scheduled|planned|for)\s+maintenance|temporarily\s+unavailable|be\s+back\s+soon"
    r"|driftstörning|driftavbrott|servicebrott|(?:tjänsten|webbplatsen|sidan)\s+är\s+(?:tillfälligt\s+)?(?:inte\s+tillgänglig|ur\s+bruk|stängd)",
    re.IGNORECASE,
)
_LETTERHEAD = re.compile(
    r"[\w\s,-]*(?:hyvinvointialue|välfärdsområde|kaupunki|kuntayhtymä)|[\d\s./()§-]+", re.IGNORECASE
)
_SHORT, _VERY_SHORT = 1200, 400
"""A notice is short: a page with more text than this only mentions one. A document of its own may be about one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """What a document's own page says."""

    title: str
    text: str
    lang: Language | None = None
    published_on: dt.date | None = None
    files: tuple[File, ...] = ()


def article(
    source: Source, snapshot: Snapshot, *, select: str | None = None, standing: bool = False, entire: bool = False
) -> Article:
    """The document in `snapshot`, a page, a PDF or plain text; `source.ignore` is left out.

    Args:
        select: CSS of the part that counts, where the operator or the adapter knows it.
        standing: the page is the source itself, so that a word about maintenance is a notice, not a piece of news.
        entire: nothing is missing: a page that lacks its end was written without one.

    Raises:
        ParseError: half a page, broken letters, a notice, a login, an error page, a PDF without text.
        LayoutChanged: nothing matches `select`, or there is no text where the text should be.
    """
    if is_pdf(snapshot):
        text = meetings.pdf_text(snapshot)
        return Article(title=_title_of(text), text=text)
    if snapshot.media_type == "text/plain":
        return _plain(snapshot)
    page = meetings.page_of(snapshot, unclosed=source.unclosed)
    refuse_errors(page)
    about = metadata(page.markup, snapshot.url)
    try:
        text = main_text(page.markup, select=select, ignore=source.ignore, url=snapshot.url)
    except LayoutChanged as error:
        refuse_notice(page, meetings.words(page.root), longest=_SHORT)
        raise error from None
    refuse_notice(page, f"{about.title}\n{text}", longest=_SHORT if standing else _VERY_SHORT)
    if not text:
        raise LayoutChanged(snapshot.url, "the part of the page that counts has no text")
    if not entire and not meetings.is_whole(page):
        raise meetings.half_of(page)
    return Article(
        title=about.title or _first_line(text),
        text=text,
        lang=about.lang,
        published_on=about.published_on,
        files=_files(page, select),
    )


def document(source: Source, snapshot: Snapshot, form: Form) -> Document:
    """The document that a request with a key asked for, read from its own page."""
    read = article(source, snapshot, select=source.select)
    url = clean(snapshot.requested_url or snapshot.url)
    return Document(
        key=snapshot.key or canonical(url),
        url=url,
        title=read.title or name_of(url),
        form=form,
        published_on=read.published_on,
        lang=read.lang or source.lang,
        text=read.text,
        files=read.files,
        aliases=() if snapshot.key is None else tuple({canonical(url)} - {snapshot.key}),
    )


def refuse_errors(page: Page) -> None:
    """Raises ParseError where a page is a challenge, a login or an error page by its marks."""
    title = page.root.find(".//title")
    heading = next(page.root.iter("h1"), None)
    names = [meetings.words(each) for each in (title, heading) if each is not None]
    for named in names:
        if _ERROR_TITLE.match(named):
            raise ParseError(page.url, f"an error page came: {named[:120]}")
    if text_length(page.root) >= _SHORT:
        return
    if _CHALLENGE.search(page.markup):
        raise ParseError(page.url, "the server wants to see a browser first (a challenge page came)")
    if page.root.xpath("boolean(//input[@type='password'])"):
        raise ParseError(page.url, "the server wants a login first")


def refuse_notice(page: Page, seen: str, *, longest: int) -> None:
    """Raises ParseError where what is `seen` of a page is no longer than a notice and speaks like one."""
    if len(seen) <= longest:
        found = _NOTICE.search(seen) or _ERROR_TITLE.match(seen)
        if found:
            raise ParseError(page.url, f"a notice came instead of the page: {tidy_line(seen)[:120]}")


def is_file(url: str) -> bool:
    """Whether an address names an office document rather than a page."""
    path = urlsplit(url).path
    return _FILE.search(path) is not None or "/documents/" in path or "/download/noname/" in path


def name_of(url: str) -> str:
    """The last word of an address, readable: what a thing is called that has no name."""
    parts = urlsplit(url)
    last = unquote(parts.path.rstrip("/").rpartition("/")[2])
    return tidy_line(last.replace("-", " ").replace("_", " ")) or parts.netloc or url


def _plain(snapshot: Snapshot) -> Article:
    raw = decode(snapshot.body, snapshot.charset, snapshot.media_type)
    if len(raw) > LARGEST:
        raise ParseError(snapshot.url, f"the text is longer than any that a person reads ({len(raw):,} characters)")
    text = tidy(raw)
    if not text:
        raise ParseError(snapshot.url, "the answer is empty")
    if looks_broken(text):
        raise ParseError(snapshot.url, "the letters of the text are broken")
    return Article(title=_first_line(text), text=text)


def _first_line(text: str) -> str:
    return text.partition("\n")[0][:200]


def _title_of(text: str) -> str:
    """The first line of a paper that is more than the publisher's name or a date at its head."""
    lines = text.split("\n")[:6]
    return next((line for line in lines if not _LETTERHEAD.fullmatch(line)), lines[0])[:200]


def _files(page: Page, select: str | None) -> tuple[File, ...]:
    """The office documents that the content links to."""
    places = chosen(page.root, select, page.url)
    leave_out = outermost(clutter(places))
    passed = {link for element in leave_out for link in element.iter("a")}
    found = []
    for place in places:
        for link in place.iter("a"):
            url = absolute(page.url, link.get("href")) if _FILE_SIGN.search(link.get("href") or "") else None
            if url is not None and link not in passed and is_file(url):
                found.append(File(url=url, title=meetings.words(link) or name_of(url)))
    return meetings.unique_files(found)
