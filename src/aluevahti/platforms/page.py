"""One page, HTML or PDF, that is edited in place: a standing grant page, a set of rules.

Whatever it says is its text; so what it must never do is take a notice, a login or half a page for it.
"""

from __future__ import annotations

from aluevahti.model import Document, Form, Listing, Request, Snapshot, Source
from aluevahti.platforms import pages
from aluevahti.text.urls import canonical, clean

name = "page"

KEY = "page"
"""The one document's key: it stays the same page when the operator corrects the address."""


def start(source: Source) -> tuple[Request, ...]:
    """The page itself."""
    return (Request(url=source.url, purpose="page", key=KEY),)


def parse(source: Source, snapshot: Snapshot) -> Listing:
    """The page as one document with its text, complete by nature.

    Raises:
        ParseError: see `aluevahti.platforms.pages.article`.
        LayoutChanged: nothing matches `source.select`, or there is no text.
    """
    read = pages.article(source, snapshot, select=source.select, standing=True)
    url = clean(source.url)
    document = Document(
        key=KEY,
        url=url,
        title=read.title or pages.name_of(url),
        form=Form.PAGE,
        published_on=read.published_on,
        lang=read.lang or source.lang,
        text=read.text,
        files=read.files,
        aliases=(canonical(url),),
    )
    return Listing(documents=(document,), complete=True)
