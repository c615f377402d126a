"""A page as a tree, and which parts of it count. One lxml tree serves the cheap look and the full one.

Nothing here reads text out; that is `aluevahti.text.lines`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any, TypeAlias

from cssselect import SelectorError
from lxml import etree
from lxml.cssselect import CSSSelector

from aluevahti.errors import LayoutChanged, ParseError

Element: TypeAlias = Any
"""An lxml element; lxml ships no types."""

_NO_TEXT = ("script", "style", "noscript", "template", "svg", "math", "object", "video", "audio", "canvas")
_FORMATTING = re.compile(r"</?(?:font|b|i|u|em|strong|span|small|big|center|tt|s|strike|nobr)\b[^<>]*>", re.IGNORECASE)
_PICTURE = re.compile(r"data:[\w/+.;=-]{1,80};base64,[A-Za-z0-9+/=\s]+")
_INLINE = re.compile(r"<(?P<end>/?)(?P<name>script|style)\b(?P<rest>[^>]{0,300}>?)", re.IGNORECASE)
LARGEST = 3_000_000
"""Characters of markup, pictures and scripts in it not counted: a tree takes some thirty times as much memory."""

_GONE = "gone"
_text_length = etree.XPath("string-length(normalize-space())")
_mains = etree.XPath("//main|//*[@role='main']")


def tree(markup: str, url: str = "", *, scripts: bool = False) -> Element | None:
    """The page as a tree of lower-case elements without comments and (unless asked for) scripts; None where it has no element.

    Time and memory are linear in the markup's length. libxml2 stops at 256 levels of nesting and says so only
    in its log: the rest of the page would be lost in silence. Unclosed formatting, the usual reason on old
    pages, is then taken out and the page is read again.

    Raises:
        ParseError: the page is nested deeper, or larger, than any page a person wrote.
    """
    markup = markup.replace("\0", "")
    if len(markup) > LARGEST:
        markup = _PICTURE.sub("", _without_inline(markup))
        if len(markup) > LARGEST:
            raise ParseError(url, f"the page is larger than any page that a person reads ({len(markup):,} characters)")
    for text in (markup, None):
        parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
        source = _FORMATTING.sub("", markup) if text is None else text
        try:
            root = etree.fromstring(source.encode("utf-8", "replace"), parser)
        except etree.XMLSyntaxError:
            return None
        last = parser.error_log.last_error
        if last is None or last.type_name != "ERR_RESOURCE_LIMIT":
            if root is not None and not scripts:
                etree.strip_elements(root, *_NO_TEXT, with_tail=False)
            return root
    raise ParseError(url, "the page is nested too deep, or holds too large a piece, to be a page")


def _without_inline(markup: str) -> str:
    """A large page without its scripts and styles, structured data excepted; in one go, however they are broken."""
    kept: list[str] = []
    done, opened = 0, None
    for tag in _INLINE.finditer(markup):
        if opened is None:
            opened = tag if not tag["end"] and "ld+json" not in tag["rest"].lower() else None
        elif tag["end"] and tag["name"].lower() == opened["name"].lower():
            kept.append(markup[done : opened.start()])
            done, opened = tag.end(), None
    return "".join((*kept, markup[done:]))


@lru_cache(maxsize=512)
def selector(css: str) -> Any:
    """`css` compiled: a function from an element to the list of matches below it.

    Raises:
        ValueError: it is no selector, with the reason in words.
    """
    try:
        return CSSSelector(css, translator="html")
    except (SelectorError, etree.XPathError) as error:
        raise ValueError(f"{css!r} is no CSS selector: {error}") from error


def chosen(root: Element, select: str | None, url: str = "") -> list[Element]:
    """The parts of the page that count, outermost only, in the page's order.

    What `select` says, else main, else the only article, else the densest container, else the body.

    Raises:
        LayoutChanged: nothing matches `select`.
    """
    if select is not None:
        found = outermost(selector(select)(root))
        if not found:
            raise LayoutChanged(url, f"nothing on the page matches {select!r}")
        return found
    mains = [main for main in outermost(_mains(root)) if text_length(main)]
    if mains:
        return mains
    articles = outermost(root.iter("article"))
    if len(articles) == 1 and text_length(articles[0]):
        return articles
    body = root.find("body")
    return [root if body is None else _densest(body)]


def outermost(elements: Iterable[Element]) -> list[Element]:
    """`elements` without those that lie inside another of them."""
    found = list(elements)
    if len(found) < 2:
        return found
    known = set(found)
    return [element for element in found if known.isdisjoint(element.iterancestors())]


def without(root: Element, ignore: Iterable[str]) -> None:
    """Takes out of the tree whatever matches any of the selectors `ignore`; the text behind a match stays."""
    gone = [element for css in ignore for element in selector(css)(root) if element is not root]
    if gone:
        for element in gone:
            element.tag = _GONE
        etree.strip_elements(root, _GONE, with_tail=False)  # moving tails by hand fails on control characters


def text_length(element: Element) -> int:
    """The characters of text below `element`, blanks folded."""
    return int(_text_length(element))


def link_length(element: Element) -> int:
    """The characters of text that lie in links."""
    return sum(text_length(link) for link in element.iter("a"))


def _densest(body: Element) -> Element:
    """The deepest container that holds nine tenths of the text outside links, and the page's heading.

    The body itself where most of the text lies in links: a list of documents looks like a menu.
    """
    prose = text_length(body) - link_length(body)
    if prose < 200 or prose < 0.3 * text_length(body):
        return body
    heading = next(body.iter("h1"), None)
    around_heading = set() if heading is None else set(heading.iterancestors())
    place = body
    for _level in range(40):
        for child in place.iterchildren("div", "section", "form", "center", "table", "tbody", "tr", "td"):
            holds_heading = heading is None or child in around_heading
            if holds_heading and text_length(child) - link_length(child) >= 0.9 * prose:
                place = child
                break
        else:
            break
    return place
