"""What a reader sees of a page, and a cheap way to know that a new copy shows the same."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from lxml import etree

from aluevahti.errors import ParseError
from aluevahti.text.charset import decode
from aluevahti.text.clutter import UNSEEN_STYLE, clutter
from aluevahti.text.dom import Element, chosen, selector, tree, without
from aluevahti.text.lines import lines
from aluevahti.text.metadata import PageMetadata, metadata
from aluevahti.text.stable import stable
from aluevahti.text.urls import canonical

__all__ = [
    "PageMetadata",
    "check_ignore",
    "check_selector",
    "core_fingerprint",
    "main_text",
    "metadata",
    "page_mark",
    "same_page",
]

_hiding = etree.XPath(".//@hidden|.//@aria-hidden|.//@style")
_targets = etree.XPath(".//a/@href|.//iframe/@src|.//area/@href", smart_strings=False)
_NO_TARGET = re.compile(r"\s*(?:#|javascript:|\Z)", re.IGNORECASE)
_HEAD_NOISE = re.compile(
    rb"<(?P<tag>lastBuildDate|pubDate|updated|generator|ttl)\b[^>]*>.*?</(?P=tag)>|<atom:link\b[^>]*>|<!--.*?-->",
    re.DOTALL,
)
_PLAIN_SELECTOR = re.compile(r"(?:[a-z][a-z0-9]*|[.#][a-zA-Z][\w-]*)(?:[ .#][a-zA-Z][\w-]*)*", re.ASCII)
_NO_PAGE = frozenset({b"{", b"[", b"%"})  # JSON, PDF
_FIRST_ENTRY = re.compile(rb"<(?:item|entry)\b")
_XML = re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*<(?:\?xml(?!.{0,400}<html)|rss|feed|rdf)", re.DOTALL | re.IGNORECASE)


def main_text(markup: str, *, select: str | None = None, ignore: Sequence[str] = (), url: str = "") -> str:
    """The text of the part of a page that counts, as a reader sees it: one paragraph, entry or table row a line.

    The part is what the CSS `select` matches, else main, the only article, the densest container or the body,
    without menus, banners, share buttons, hidden elements and blocks of related links. `ignore` takes out more:
    elements by CSS, or, written /like this/, whatever a regular expression matches within a line.

    Raises:
        LayoutChanged: nothing matches `select`; it names `url`.
        ParseError: the page is nested too deep to be one.
        ValueError: a selector or expression is none (`check_selector` and `check_ignore` find that out before).
    """
    root = tree(markup, url)
    if root is None:
        return ""
    selectors, ignored = _split_ignore(tuple(ignore))
    without(root, selectors)
    roots = chosen(root, select, url)
    leave_out = clutter(roots)
    found = [line for each in roots for line in lines(each, leave_out)]
    return "\n".join(found if ignored is None else _without_matches(found, ignored))


def core_fingerprint(
    body: bytes, declared: str | None, *, select: str | None = None, ignore: Sequence[str] = ()
) -> str:
    """A hash that two copies of a page share only if no reader could tell them apart by what counts.

    It covers all text of the page (with `select`: of the selected part), its elements, what is hidden, and where
    the links lead; moving clocks, counters and stamps are masked as by `stable`. It does not cover attributes
    (names of classes, ids, nonces), scripts, comments, hidden inputs, tokens and sessions. So an
    equal hash means that reading the page again is useless, for any adapter that reads what is seen;
    an unequal one means only that it is to be read. Never raises: what is no page is hashed as it is.

    `declared` is the charset of the Content-Type header.
    """
    try:
        parts = _parts(body, declared, select, ignore)
    except (ParseError, ValueError):
        parts = None
    if parts is None:
        return hashlib.sha256(body).hexdigest()
    return "core:" + hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()


def page_mark(
    body: bytes,
    declared: str | None,
    *,
    select: str | None = None,
    ignore: Sequence[str] = (),
    known: str | None = None,
) -> str:
    """A mark to keep of a page that was read, so that the next copy can be compared cheaply (`same_page`).

    It holds two hashes: a quick one of the raw text, structure and links, and `core_fingerprint`. Where
    the quick one is that of `known`, the mark that was kept, the page is the same and the other need not be
    worked out: most pages do not move at all, and masking what moves is four fifths of the cost.
    """
    quick = _quick(body, declared, select, ignore)
    if known is not None and known.partition("/")[0] == quick:
        return known
    return f"{quick}/{core_fingerprint(body, declared, select=select, ignore=ignore)}"


def same_page(one: str, other: str) -> bool:
    """Whether two marks are those of pages that no reader could tell apart by what counts."""
    return one == other or one.partition("/")[2] == other.partition("/")[2]


def _quick(body: bytes, declared: str | None, select: str | None, ignore: Sequence[str]) -> str:
    try:
        parts = _quick_parts(body, declared, select, ignore)
    except (ParseError, ValueError):
        parts = None
    return hashlib.sha256(body if parts is None else b"\0".join(parts)).hexdigest()[:32]


def _quick_parts(body: bytes, declared: str | None, select: str | None, ignore: Sequence[str]) -> list[bytes] | None:
    """All that `_page` could draw on, as it stands in the tree; None where the body is no page."""
    no_page = body.lstrip()[:1] in _NO_PAGE or _XML.match(body)
    root = None if no_page else tree(decode(body, declared))
    if root is None:
        return None
    without(root, _split_ignore(tuple(ignore))[0])
    parts: list[bytes] = []
    for place in [root] if select is None else chosen(root, select):
        hiding = [f"{attribute.attrname}={attribute}" for attribute in _hiding(place)]
        rest = "\0".join([_structure(place), *_targets(place), *hiding])
        parts += [
            etree.tostring(place, method="text", encoding="utf-8", with_tail=False),
            rest.encode("utf-8", "replace"),
        ]
    return parts


def _structure(place: Element) -> str:
    """Its elements in order, each with how many it holds and whether text follows it: what stands in what."""
    return " ".join([f"{e.tag}{len(e)}{'+' if e.tail and not e.tail.isspace() else ''}" for e in place.iter()])


def check_selector(css: str) -> None:
    """Raises ValueError with the reason where `css` is no CSS selector, to either of the libraries that read pages."""
    selector(css)
    if _PLAIN_SELECTOR.fullmatch(css):
        return  # elements, classes and ids, as everybody understands them; the other library is slow to load
    import soupsieve  # noqa: PLC0415

    try:
        soupsieve.compile(css)
    except (soupsieve.SelectorSyntaxError, NotImplementedError) as error:
        raise ValueError(f"{css!r} is no CSS selector: {error}") from error


def check_ignore(entry: str) -> None:
    """Raises ValueError with the reason where `entry` is neither a CSS selector nor a /regular expression/."""
    _split_ignore((entry,))


def _without_matches(found: list[str], expression: re.Pattern[str]) -> list[str]:
    rest = (" ".join(expression.sub(" ", line).split()) if expression.search(line) else line for line in found)
    return [line for line in rest if line]


@lru_cache(maxsize=256)
def _split_ignore(ignore: tuple[str, ...]) -> tuple[tuple[str, ...], re.Pattern[str] | None]:
    """Selectors and, joined, the regular expressions of an `ignore` list."""
    expressions = [entry[1:-1] for entry in ignore if len(entry) > 2 and entry[0] == entry[-1] == "/"]
    selectors = tuple(entry for entry in ignore if not (len(entry) > 2 and entry[0] == entry[-1] == "/"))
    for css in selectors:
        selector(css)
    try:
        return selectors, re.compile("|".join(f"(?:{each})" for each in expressions)) if expressions else None
    except re.error as error:
        raise ValueError(f"{ignore!r} holds no regular expression: {error}") from error


def _parts(body: bytes, declared: str | None, select: str | None, ignore: Sequence[str]) -> list[str] | None:
    if body.lstrip()[:1] in _NO_PAGE:
        return None
    return _feed(body) if _XML.match(body) else _page(decode(body, declared), select, ignore)


def _page(markup: str, select: str | None, ignore: Sequence[str]) -> list[str] | None:
    """What the fingerprint of a page covers: its elements, what is hidden, the text, the links."""
    root = tree(markup)
    if root is None:
        return None
    selectors, ignored = _split_ignore(tuple(ignore))
    without(root, selectors)
    places = [root] if select is None else chosen(root, select)
    elements = [_structure(place) for place in places]
    hidden = [text for place in places for text in _hidden_texts(place)]
    seen = [line for place in places for line in lines(place)]
    if ignored is not None:
        seen = _without_matches(seen, ignored)
    targets = [_target(href) for place in places for href in _targets(place) if not _NO_TARGET.match(href)]
    return [" ".join(elements), "\n".join(hidden), stable("\n".join(seen)), "\n".join(targets)]


def _hidden_texts(place: Element) -> Iterator[str]:
    """What is hidden and how: a text that comes out of hiding changes the page although its words do not."""
    for attribute in _hiding(place):
        if attribute.attrname == "style" and not UNSEEN_STYLE.search(attribute):
            continue
        yield attribute.attrname if attribute.attrname == "style" else f"{attribute.attrname}={attribute}"
        yield from attribute.getparent().itertext()


def _target(href: str) -> str:
    """Where a link leads, without what changes on every load; relative links need no more than that."""
    if not ("?" in href or ";" in href or "#" in href):
        return href
    path, question, query = href.partition("?")
    return canonical(href) if "://" in path else canonical(f"http://x/{path}{question}{query}")


def _feed(body: bytes) -> list[str]:
    """A feed without the times at its head that change with every request."""
    first = _FIRST_ENTRY.search(body)
    head = body[: first.start()] if first else body
    return [_HEAD_NOISE.sub(b"", head).decode("latin-1"), body[len(head) :].decode("latin-1")]
