"""The full-text index over the newest version of every document."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, TypeAlias

from sqlalchemy import Connection, text

Forms: TypeAlias = Mapping[str, Sequence[str]]
"""A word of a question -> its basic forms."""

_put: Final = text(
    "INSERT OR REPLACE INTO documents_fts (rowid, title, body, lemmas) VALUES (:id, :title, :body, :lemmas)"
)
_retitle: Final = text(
    "UPDATE documents_fts SET title = :title, lemmas = coalesce(:lemmas, lemmas)"
    " WHERE rowid = :id AND (title <> :title OR lemmas <> :lemmas)"
)
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


def retitle(connection: Connection, titles: Iterable[tuple[int, str, str | None]]) -> None:
    """Make documents findable by their present titles: row id, title, and the basic forms if they changed."""
    rows: list[dict[str, Any]] = [
        {"id": id_, "title": _normal(title), "lemmas": None if lemmas is None else _normal(lemmas)}
        for id_, title, lemmas in titles
    ]
    if rows:
        connection.execute(_retitle, rows)


def find(connection: Connection, words: str, forms: Forms | None = None) -> tuple[int, ...]:
    """The row ids of the documents that have all the words, best first.

    Every word is quoted: no operator of the query language gets through. A `*` at a word's end means
    any ending. `forms`, where given, are the basic forms of words: a document that has one of them
    among its own has the word, too.
    """
    query = " AND ".join(_any_of(word, (forms or {}).get(word, ())) for word in _words(words))
    return tuple(connection.execute(_find, {"query": query}).scalars()) if query else ()


def _words(text: str) -> list[str]:
    return [word for word in _normal(text).replace("\0", " ").split() if any(map(str.isalnum, word))]


def _any_of(word: str, forms: Iterable[str]) -> str:
    basic = [_quoted(each) for form in forms for each in _words(form)]
    return f"({_quoted(word)} OR {{lemmas}} : ({' OR '.join(basic)}))" if basic else _quoted(word)


def _quoted(word: str) -> str:
    ending = "*" if word.endswith("*") else ""
    return '"' + word.rstrip("*").replace('"', '""') + '"' + ending
