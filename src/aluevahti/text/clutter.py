"""What stands on a page beside its content: menus, banners, share buttons, blocks of related links.

Judged by element, role, name and heading, never by place, so that the verdict is the same on every load. In doubt
a thing is content: a menu too much costs a comparison, a deadline too few costs the reader the grant.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from lxml import etree

from aluevahti.text.dom import Element, link_length, text_length

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_CONTROLS = frozenset({"input", "select", "option", "textarea", "datalist", "nav", "menu"})
_AROUND = frozenset({"header", "footer", "aside"})
_FRAMES = frozenset({"html", "body", "main", "form"})
_AWAY = frozenset({"navigation", "search", "banner", "contentinfo", "dialog", "alertdialog", "menu", "menubar"})

_CLUTTER = re.compile(
    r"breadcrumb|murupolku|cookie|evaste(?:et|bann|ilm)|skip-?(?:link|to-|nav)|addtoany|jp-relatedposts|sidenav"
    r"|(?:^|\s|__)(?:share|sharing|share-?(?:buttons?|links?|bar|block)|social|social-?(?:media|share|links|icons)|some-?jako"
    r"|jaa-?(?:sivu|artikkeli)|bulletins?(?:-?bar)?|(?:alert|notification|announcement|info|service|top)-?bar|site-?(?:alert|notice)s?"
    r"|hairiotiedot\w*|side-?(?:menu|navigation)|main-?(?:nav|menu|navigation)|navbar|nav-?menu|sub-?(?:nav|menu)|mega-?menu"
    r"|related|related-?(?:posts?|news|articles?|content|stories)|(?:katso|lue)-?myos|read-?also|newsletter-?(?:form|signup)"
    r"|back-?to-?top|print-?(?:link|button)|tag-?cloud|site-?(?:header|footer)|page-?footer|chat-?(?:widget|bot))(?:--\w+)?(?:\s|$)",
    re.IGNORECASE,
)
_SIDEBAR = re.compile(r"(?:^|\s|__|-)side-?bar(?:\s|$|-)|right-content", re.IGNORECASE)
_UNSEEN = re.compile(
    r"(?:^|\s)(?:sr-only|visually-?hidden|screen-reader-(?:text|only)|element-invisible)(?:\s|$)", re.IGNORECASE
)
UNSEEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_FOLDED = re.compile(r"accordion|haitari|collaps|panel|tab|toggle|expand|details|fold|faq", re.IGNORECASE)
_RELATED = re.compile(
    r"(?:katso|lue|tutustu)\s+myös|lue\s+lisää(?:\s+(?:aiheesta|uutisia|tiedotteita|julkaisijalta\b.*))?"
    r"|aiheeseen\s+liittyv(?:ää|iä(?:\s+(?:uutisia|tiedotteita|artikkeleita|sisältöjä))?|ät(?:\s+uutiset)?)"
    r"|(?:uusimmat|muut)(?:\s+(?:uutiset|tiedotteet|artikkelit))?|lisää\s+(?:uutisia|tiedotteita)|ajankohtaista\s+nyt"
    r"|läs\s+(?:också|även)|läs\s+mer(?:\s+(?:om|från)\b.*)?|relaterat|relaterade\s+(?:nyheter|artiklar|sidor)"
    r"|(?:senaste|andra)\s+(?:nytt|nyheter(?:na)?)|aktuellt\s+just\s+nu|related(?:\s+(?:news|posts|content))?|(?:see|read)\s+also",
    re.IGNORECASE,
)
_TO_THE_END = re.compile(r"lue\s+lisää\s+julkaisijalta|läs\s+mer\s+från", re.IGNORECASE)
_DIGIT = re.compile(r"\d")
_first_text = etree.XPath("(descendant::text()[normalize-space()])[1]")
_targets = etree.XPath("//@aria-controls|//@data-target|//@data-bs-target|//a/@href[starts-with(., '#')]")


def clutter(roots: Sequence[Element]) -> set[Element]:
    """The elements below `roots` that are no content: each is to be passed over with all that it holds."""
    out: set[Element] = set()
    for root in roots:
        inside = _is_content(root)
        unfolded = frozenset(target.lstrip("#") for target in _targets(root))
        out.update(
            element
            for element in root.iter(etree.Element)
            if element is not root and _is_clutter(element, inside=inside, unfolded=unfolded)
        )
        out.update(_related(root))
    return out.difference(roots)


def _is_clutter(element: Element, *, inside: bool, unfolded: frozenset[str]) -> bool:
    tag, attributes = element.tag, element.attrib
    if tag in _CONTROLS:
        return True
    if tag in _AROUND and not inside and not _in_content(element):
        return True
    if not attributes:
        return tag == "button" and not _is_label(element)
    if tag in _FRAMES:
        return bool(attributes.get("role") == "search")
    if tag == "button" and not _is_label(element):
        return True
    if ("hidden" in attributes or "style" in attributes) and _is_hidden(element, unfolded):
        return True
    if attributes.get("aria-hidden") == "true" and _is_ornament(element):
        return True
    if attributes.get("role") in _AWAY and not _holds_content(element):
        return True
    return _is_named_clutter(element, f"{attributes.get('class', '')} {attributes.get('id', '')}".strip())


def _is_named_clutter(element: Element, names: str) -> bool:
    if not names:
        return False
    if _CLUTTER.search(names):
        return not _holds_content(element)
    if _SIDEBAR.search(names):
        return not _holds_content(element) and link_length(element) * 5 >= text_length(element) * 2
    return bool(_UNSEEN.search(names)) and _is_ornament(element)


def _is_content(element: Element) -> bool:
    return element.tag in {"main", "article"} or element.get("role") == "main" or _in_content(element)


def _in_content(element: Element) -> bool:
    return any(above.tag in {"main", "article"} or above.get("role") == "main" for above in element.iterancestors())


def _holds_content(element: Element) -> bool:
    """Whether an element with a suspicious name is in truth the frame of the content."""
    return next(element.iter("h1", "main", "article"), None) is not None


def _is_label(button: Element) -> bool:
    """A button that unfolds something is a heading to a reader."""
    if button.get("aria-expanded") is not None or button.get("aria-controls") is not None:
        return True
    return any(above.tag in HEADINGS or above.tag == "summary" for above in button.iterancestors())


def _is_ornament(element: Element) -> bool:
    """Meant for the eye or for the ear alone: no loss, unless it bears a figure, which may be a date."""
    return text_length(element) <= 120 and not _DIGIT.search("".join(element.itertext()))


def _is_hidden(element: Element, unfolded: frozenset[str]) -> bool:
    """Hidden for good. An accordion's panel, a tab, whatever a button controls is hidden until it is unfolded."""
    if element.get("hidden") is None and not UNSEEN_STYLE.search(element.get("style") or ""):
        return False
    name, names = element.get("id"), element.get("class") or ""
    folded = element.get("hidden") == "until-found" or element.get("role") == "tabpanel" or name in unfolded
    return not (folded or _FOLDED.search(names) or (name and _FOLDED.search(name)))


def _related(root: Element) -> Iterable[Element]:
    """Blocks under a heading such as "Katso myös": the heading and the links that follow it."""
    for heading in root.iter("h2", "h3", "h4", "h5", "h6", "p", "strong", "div", "span", "dt"):
        text = heading.text if len(heading) == 0 else _only_text(heading)
        if text and len(text) < 80 and _RELATED.fullmatch(" ".join(text.split()).rstrip(": ")):
            yield from _related_block(heading, root, to_the_end=_TO_THE_END.match(text.strip()) is not None)


def _only_text(element: Element) -> str | None:
    """The text of an element that is no more than one wrapped word or two."""
    if len(element) > 1 or element.tag == "div":
        return None
    return "".join(element.itertext())


def _related_block(heading: Element, root: Element, *, to_the_end: bool) -> list[Element]:
    place, length = heading, text_length(heading)
    while place is not root and place.getparent() is not root and text_length(place.getparent()) == length:
        place = place.getparent()
    level = heading.tag if heading.tag in HEADINGS else "h6"
    block = []
    for sibling in place.itersiblings():
        if not to_the_end and (_has_heading_up_to(sibling, level) or not _is_linky(sibling)):
            break
        block.append(sibling)
    return [place, *block] if any(text_length(each) for each in block) else []


def _has_heading_up_to(element: Element, level: str) -> bool:
    return next(element.iter(*HEADINGS[: HEADINGS.index(level) + 1]), None) is not None


def _is_linky(element: Element) -> bool:
    """A block of links, a list whose every entry has one, or nothing at all."""
    length = text_length(element)
    if not length or link_length(element) * 2 >= length:
        return True
    entries = [child for child in element if child.tag in {"li", "article", "div", "section"}]
    return bool(entries) and all(_is_linked_entry(entry) for entry in entries)


def _is_linked_entry(entry: Element) -> bool:
    """An entry that begins with its link, or is mostly link: a card or a dated title, not a sentence with a link in it."""
    if link_length(entry) * 5 >= text_length(entry) * 2:
        return True
    first = next(iter(_first_text(entry)), None)
    holder = None if first is None else first.getparent()
    return holder is not None and (holder.tag == "a" or any(above.tag == "a" for above in holder.iterancestors()))
