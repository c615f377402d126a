"""What the meeting platforms have in common: their words in two languages, titles, and looking at a page.

Pure, and no adapter itself: the five adapters of meeting platforms read with it.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape, unescape
from urllib.parse import SplitResult, urlsplit

from lxml import etree

from aluevahti.errors import LayoutChanged, ParseError
from aluevahti.model import Document, File, Language, Phase, Snapshot, Source
from aluevahti.text.charset import decode, looks_broken
from aluevahti.text.clutter import clutter
from aluevahti.text.dom import Element, tree, without
from aluevahti.text.lines import lines
from aluevahti.text.pdf import text_of
from aluevahti.text.tidy import tidy_line
from aluevahti.text.urls import absolute

# --- words ---------------------------------------------------------------------------------------

_PHASE_WORDS: tuple[tuple[Phase, re.Pattern[str]], ...] = tuple(
    (phase, re.compile(words, re.IGNORECASE))
    for phase, words in (
        (Phase.CANCELLED, r"\b(?:peru(?:te)?ttu|peruuntunut|inställ[dt]|cancelled)\b"),
        (
            Phase.DECISION_ANNOUNCEMENT,
            r"\b(?:päätös(?:tiedote|kooste|luettelo)|beslutsmeddelande|decision announcement)",
        ),
        (
            Phase.MINUTES_UNREVIEWED,
            (
                r"\b(?:(?:tarkast|tarkist|allekirjoitt)amaton\s+(?:pöytäkirja|kokouspöytäkirja)|o(?:juster|gransk)a(?:t|de)\s+protokoll"
                r"|(?:pöytäkirja|protokoll)\b.{0,40}\b(?:(?:tarkast|tarkist|allekirjoitt)amaton|o(?:juster|gransk)a(?:t|de)))"
            ),
        ),
        (Phase.MINUTES, r"(?:\b|kokous)pöytäkirja(?:t|n|note)?\b|\bprotokoll(?:et|en|sutdrag)?\b|\bminutes\b"),
        (
            Phase.AGENDA,
            r"(?:\b|lisä|jatko)(?:esitys|asia|lisä|jatko)lista(?:t|an)?\b|\b(?:tilläggs)?föredragningslist(?:a|an|or)\b|\bagenda\b",
        ),
        (Phase.CALLED, r"\bkokouskutsu\b|\bkallelse(?:n)?\b"),
    )
)
_KINDS = {
    Phase.CALLED: ("Kokouskutsu", "Kallelse"),
    Phase.AGENDA: ("Esityslista", "Föredragningslista"),
    Phase.DECISION_ANNOUNCEMENT: ("Päätöstiedote", "Beslutsmeddelande"),
    Phase.MINUTES_UNREVIEWED: ("Pöytäkirja", "Protokoll"),
    Phase.MINUTES: ("Pöytäkirja", "Protokoll"),
    Phase.CANCELLED: ("Peruttu", "Inställt"),
}
_SWEDISH = re.compile(r"\b(?:protokoll|föredragningslist|kallelse|beslut|ärende|paragraf|möte)", re.IGNORECASE)
_NOTHING = re.compile(
    r"\bei\s+(?:\w+\s+){0,3}(?:kokouksia|kokousta|asiakirjoja|asiakirjaa|pöytäkirjoja|esityslistoja|päätöksiä|kuulutuksia"
    r"|tuloksia|hakutuloksia)\b"
    r"|\b(?:inga|finns\s+inte\s+några)\s+(?:\w+\s+){0,2}(?:möten|sammanträden|dokument|protokoll|träffar|beslut|kungörelser)\b",
    re.IGNORECASE,
)
_MAINTENANCE = re.compile(
    r"huolto(?:katko|työ|tila)|käyttökatko|palvelukatko|ylläpito|poissa\s+käytöstä|tilapäi|hetken\s+kuluttua"
    r"|maintenance|temporarily|unavailable|driftstopp|driftavbrott|underhåll|tillfälligt|virhetilanne|internal\s+server\s+error",
    re.IGNORECASE,
)


def phase_in(text: str) -> Phase | None:
    """The phase that the words of a link or heading name; None where they name none.

    A plain "Pöytäkirja" is MINUTES; whether it was reviewed is for the page to say.
    """
    return next((phase for phase, words in _PHASE_WORDS if words.search(text)), None)


def phase_word(text: str) -> str | None:
    """The very word by which `phase_in` knew the phase, as it stands in `text`."""
    found = next((match for _, words in _PHASE_WORDS if (match := words.search(text))), None)
    return tidy_line(found.group()) if found else None


def says_nothing_is_here(text: str) -> bool:
    """Whether a page states that it has no meetings or documents to show, in Finnish or Swedish."""
    return _NOTHING.search(text) is not None


def language_in(text: str) -> Language:
    """Swedish where a document word in `text` is Swedish, else Finnish."""
    return Language.SV if _SWEDISH.search(text) else Language.FI


def meeting_title(organ: str, held_on: dt.date, phase: Phase | None, lang: Language | None) -> str:
    """A whole meeting's title: `ORGAN D.M.YYYY KIND`; without a known phase the kind is left out."""
    title = f"{organ} {held_on.day}.{held_on.month}.{held_on.year}"
    return title if phase is None else f"{title} {_KINDS[phase][lang is Language.SV]}"


def is_wanted(source: Source, organ: str | None) -> bool:
    """Whether `source.organs` lets a document of `organ` through: no filter, no known organ, or its words in the name.

    Letter case counts for nothing; "Aluehallitus" also means "Keski-Pohjanmaan aluehallitus", but not its
    "Aluehallituksen jaosto".
    """
    if not source.organs or organ is None:
        return True
    name = f" {_folded(organ)} "
    return any(f" {_folded(wanted)} " in name for wanted in source.organs)


def _folded(text: str) -> str:
    return " ".join(re.sub(r"[^\w-]+", " ", text.casefold()).split())


# --- pages ---------------------------------------------------------------------------------------


_AMPERSAND = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)(?:#?\w{1,32};)?")
_ITEM = re.compile(r"<item[\s>]")
_FEED_END = re.compile(r"</(?:rss|rdf:rdf|feed)\s*>\s*\Z", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Page:
    """One answer as markup and tree. `asked` is the address that was asked for, `url` where the answer came from.

    What the operator's `ignore` names by CSS is no longer in the tree; it still is in the markup.
    """

    url: str
    asked: str
    markup: str
    root: Element
    ignore: tuple[str, ...] = ()
    unclosed: bool = False


def page_of(snapshot: Snapshot, ignore: Sequence[str] = (), *, unclosed: bool = False) -> Page:
    """The HTML page in `snapshot`, without what matches the CSS selectors in `ignore`.

    With `unclosed` the operator vouches that the site's pages have no end, and are whole without one.

    Raises:
        ParseError: no body, no page, or letters that were broken before they came here.
    """
    if not snapshot.body.strip():
        raise ParseError(snapshot.url, "the answer is empty", passing=True)
    if is_pdf(snapshot):
        raise ParseError(snapshot.url, "a PDF came where a page was expected")
    markup = decode(snapshot.body, snapshot.charset, snapshot.media_type)
    if looks_broken(markup):
        raise ParseError(snapshot.url, "the letters of the page are broken", passing=True)
    root = tree(markup, snapshot.url)
    if root is None:
        raise ParseError(snapshot.url, "the answer is no page")
    without(root, _split(tuple(ignore))[0])
    return Page(snapshot.url, snapshot.requested_url or snapshot.url, markup, root, tuple(ignore), unclosed)


def entries_of(snapshot: Snapshot) -> list[Element]:
    """The items of the RSS feed in `snapshot`, read forgivingly: a bare & or an entity of HTML costs no letter.

    Raises:
        ParseError: no feed, half a feed, a feed that loses items, or letters that were broken before they came here.
    """
    text = decode(snapshot.body, snapshot.charset, snapshot.media_type)
    if looks_broken(text) or not _FEED_END.search(text[-200:]):
        raise ParseError(snapshot.url, "half a feed came, or none")
    # Bytes with the encoding told: whatever declaration is left in the text then says nothing.
    parser = etree.XMLParser(encoding="utf-8", recover=True, resolve_entities=False, no_network=True)
    try:
        root = etree.fromstring(_AMPERSAND.sub(_resolved, text.strip()).encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError as error:
        raise ParseError(snapshot.url, "the feed cannot be read") from error
    items = [] if root is None else list(root.iter("item"))
    if root is None or len(items) < len(_ITEM.findall(text)):
        raise ParseError(snapshot.url, "the feed cannot be read to its end")
    return items


def _resolved(ampersand: re.Match[str]) -> str:
    """An `&…` that XML does not know as the letter it stands for in HTML, or as a bare &."""
    letter = unescape(ampersand.group())
    return "&amp;" + ampersand.group()[1:] if letter == ampersand.group() else escape(letter)


def is_pdf(snapshot: Snapshot) -> bool:
    """Whether the answer is a PDF, by its first bytes or, failing that, by what the server says."""
    return b"%PDF-" in snapshot.body[:1024] or (
        snapshot.media_type == "application/pdf" and not snapshot.body.lstrip().startswith(b"<")
    )


def pdf_text(snapshot: Snapshot, ignore: Sequence[str] = ()) -> str:
    """The text of the PDF in `snapshot`, without what matches the /regular expressions/ in `ignore`.

    Raises:
        ParseError: it cannot be read, is only pictures, or nothing is left of it.
    """
    text = text_of(snapshot.body, snapshot.url)
    expression = _split(tuple(ignore))[1]
    if expression is not None:
        text = "\n".join(_without_matches(text.split("\n"), expression))
    if not text.strip():
        raise ParseError(snapshot.url, "everything in the document is to be ignored")
    return text


def lacking(page: Page, what: str) -> ParseError:
    """The error for a page on which `what` is missing: a maintenance notice or an empty shell is no changed layout."""
    seen = words(page.root)
    if len(seen) < 20:
        return ParseError(page.url, f"a page without content came: {seen or 'nothing to see'}", passing=True)
    if len(seen) < 3000 and _MAINTENANCE.search(seen):
        return ParseError(page.url, f"a maintenance notice came instead of the page: {seen[:120]}", passing=True)
    return LayoutChanged(page.url, f"the page has no {what}")


def half_of(page: Page) -> ParseError:
    """The error for half a page, and what to do where the page never comes otherwise."""
    reason = "half a page came: its end is missing; if the site never sends one, say `unclosed: true`"
    return ParseError(page.url, reason, passing=True)


def is_whole(page: Page) -> bool:
    """Whether a page was sent to its end: half a page must not make anything look changed or gone.

    A page that opens with `<html` or `<body` has to close one of them or show its footer; a bare piece of markup
    has to end with a whole tag.
    """
    if page.unclosed:
        return True
    markup = page.markup
    if re.search(r"<(?:html|body)\b", markup, re.IGNORECASE):
        return re.search(r"</(?:html|body|footer)\s*>|<footer\b", markup[-20000:], re.IGNORECASE) is not None
    return markup.rstrip().endswith(">")


def words(element: Element) -> str:
    """All text below `element` on one line."""
    return tidy_line(" ".join(element.itertext()))


def is_to_the_end(page: Page) -> bool:
    """Whether nothing at all is missing of a page: only then may a list of everything count as one."""
    return re.search(r"</html\s*>\s*\Z", page.markup[-2000:], re.IGNORECASE) is not None


def title_in(text_lines: Sequence[str]) -> str:
    """A title for a page that prints none of its own: its first line. Where a list has named the page, that name stands."""
    return next((line[:200].strip() for line in text_lines if line.strip()), "")


def visible(element: Element, ignore: Iterable[str] = ()) -> list[str]:
    """The visible lines below `element`, without what `ignore` names: by CSS (it leaves the tree) or as /expression/."""
    selectors, expression = _split(tuple(ignore))
    without(element, selectors)
    found = lines(element, clutter([element]))
    return found if expression is None else _without_matches(found, expression)


@lru_cache(maxsize=256)
def _split(ignore: tuple[str, ...]) -> tuple[tuple[str, ...], re.Pattern[str] | None]:
    """The CSS selectors and, joined, the regular expressions of an `ignore` list."""
    expressions = [entry for entry in ignore if len(entry) > 2 and entry[0] == entry[-1] == "/"]
    selectors = tuple(entry for entry in ignore if entry not in expressions)
    return selectors, re.compile("|".join(f"(?:{each[1:-1]})" for each in expressions)) if expressions else None


def _without_matches(found: Sequence[str], expression: re.Pattern[str]) -> list[str]:
    return [rest for line in found if (rest := tidy_line(expression.sub(" ", line)))]


def fragment(markup: str, url: str) -> Element:
    """A piece of a page as an element of its own. Raises ParseError where nothing is in it."""
    root = tree(f"<html><body><div>{markup}</div></body></html>", url)
    if root is None or not words(root):
        raise ParseError(url, "the part of the page that counts is empty")
    return root


def links(root: Element, base: str, *, away: frozenset[Element] = frozenset()) -> Iterator[tuple[Element, str]]:
    """Every link below `root` that stays on the site, with its address; not those inside an element of `away`."""
    home = urlsplit(base)
    for link in root.iter("a"):
        url = absolute(base, link.get("href"))
        if url is None or not _same_site(urlsplit(url), home):
            continue
        if away and not away.isdisjoint(link.iterancestors()):
            continue
        yield link, url


def _same_site(one: SplitResult, other: SplitResult) -> bool:
    return one.hostname == other.hostname


def row_of(link: Element) -> Element:
    """The table row or list entry that `link` stands in, else the link itself."""
    return next(link.iterancestors("tr", "li"), link)


def unique_files(found: Iterable[File]) -> tuple[File, ...]:
    """Files in their order, each address once."""
    kept: dict[str, File] = {}
    for file in found:
        kept.setdefault(file.url, file)
    return tuple(kept.values())


def by_key(documents: Iterable[Document]) -> tuple[Document, ...]:
    """Documents in their order, each key once: where a list shows one twice, the later phase stands for it."""
    kept: dict[str, Document] = {}
    for document in documents:
        before = kept.get(document.key)
        if before is None or _rank(document) > _rank(before):
            kept[document.key] = document
    return tuple(kept.values())


def _rank(document: Document) -> int:
    phase = document.phase or phase_in(document.revision or "")
    return -1 if phase is None else list(Phase).index(phase)


_BONES = ("table", "thead", "tbody", "tr", "th", "td", "ul", "ol", "li", "div", "section")


def skeleton(containers: Iterable[Element]) -> str:
    """A fingerprint of how a list is built: which kinds of boxes stand in which, whatever the number of its rows.

    Tag and class names only, figures in class names left out (rows are striped `data0`, `data1`).
    """
    bones = set()
    for container in containers:
        bones.add((_bone(container.getparent()), _bone(container)))
        bones.update((_bone(each.getparent()), _bone(each)) for each in container.iterdescendants(*_BONES))
    return hashlib.sha256(repr(sorted(bones)).encode()).hexdigest()[:16]


def _bone(element: Element | None) -> str:
    if element is None:
        return ""
    return ".".join(
        [str(element.tag), *sorted({re.sub(r"\d+", "", name) for name in (element.get("class") or "").split()})]
    )
