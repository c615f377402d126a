"""The full-text index over the newest version of every document."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from typing import Any, Final

from sqlalchemy import Connection, text

_put: Final = text(
    "INSERT OR REPLACE INTO documents_fts (rowid, title, body, lemmas) VALUES (:id, :title, :body, :lemmas)"
)
_retitle: Final = text("UPDATE documents_fts SET title = :title WHERE rowid = :id AND title <> :title")
# A word in the title is worth more than one in the body.
_find: Final = text(
    "SELECT rowid FROM documents_fts WHERE documents_fts MATCH :query ORDER BY bm25(documents_fts, 5, 1, 1), rowid"
)


def _normal(words: str) -> str:
    # A decomposed ä would be another word than a composed one.
    return unicodedata.normalize("NFC", words)


def index(connection: Connection, document_id: int, *, title: str, body: str = "", lemmas: str | None = None) -> None:
    """Make a document findable by its newest version, instead of what it was findable by before."""
    row = {"id": document_id, "title": _normal(title), "body": _normal(body), "lemmas": _normal(lemmas or "")}
    connection.execute(_put, row)


def retitle(connection: Connection, titles: Iterable[tuple[int, str]]) -> None:
    """Make documents findable by their present titles (pairs of row id and title)."""
    rows: list[dict[str, Any]] = [{"id": id_, "title": _normal(title)} for id_, title in titles]
    if rows:
        connection.execute(_retitle, rows)


def find(connection: Connection, words: str, lemmas: str | None = None) -> tuple[int, ...]:
    """The row ids of the documents that have all the words, best first.

    Every word is quoted: no operator of the query language gets through. A `*` at a word's end means
    any ending. `lemmas`, where given, are the words' basic forms: a document that has all of these in
    its own basic forms is found, too.
    """
    queries = [_all_of(words)]
    if lemmas and (basic := _all_of(lemmas)):
        queries.append(f"{{lemmas}} : ({basic})")
    query = " OR ".join(f"({each})" for each in queries if each)
    return tuple(connection.execute(_find, {"query": query}).scalars()) if query else ()


def _all_of(words: str) -> str:
    return " ".join(_quoted(word) for word in _normal(words).replace("\0", " ").split() if any(map(str.isalnum, word)))


def _quoted(word: str) -> str:
    ending = "*" if word.endswith("*") else ""
    return '"' + word.rstrip("*").replace('"', '""') + '"' + ending
