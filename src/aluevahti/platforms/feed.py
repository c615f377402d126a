"""A feed, RSS 2.0, RSS 1.0 or Atom, and the pages that its entries lead to."""

from __future__ import annotations

from aluevahti.model import Form, Listing, Request, Snapshot, Source
from aluevahti.platforms import feeds, pages

name = "feed"

ACCEPT = "application/rss+xml, application/atom+xml, application/xml;q=0.9, */*;q=0.5"


def start(source: Source) -> tuple[Request, ...]:
    """The feed."""
    return (Request(url=source.url, purpose="feed", accept=ACCEPT),)


def parse(source: Source, snapshot: Snapshot) -> Listing:
    """The entries of the feed, or (purpose "document") the page of one.

    Raises:
        ParseError, LayoutChanged: see `aluevahti.platforms.feeds.read` and `aluevahti.platforms.pages.article`.
    """
    if snapshot.purpose == "document":
        return Listing(documents=(pages.document(source, snapshot, Form.NEWS),))
    return feeds.read(source, snapshot)
