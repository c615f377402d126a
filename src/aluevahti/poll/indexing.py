"""The search index and the lemmatiser that made it: which one, and making it anew with the present one."""

from __future__ import annotations

from aluevahti.model import KnownDocument
from aluevahti.storage import Store
from aluevahti.text.lemmas import lemmas_of, lemmatiser

KEY = "search.lemmatiser"
"""Where the store remembers by whom its index was made; several names, where it grew under several."""


def note(store: Store) -> None:
    """Remember that the present lemmatiser has added to the index."""
    made_by = store.meta(KEY)
    names = made_by.split("; ") if made_by else []
    if lemmatiser().name not in names:
        store.set_meta(KEY, "; ".join([*names, lemmatiser().name]))


def made_by(store: Store) -> str | None:
    """The lemmatiser that made the index; None while nothing was indexed."""
    return store.meta(KEY)


def reindex(store: Store) -> int:
    """Make the index anew with the present lemmatiser; how many documents it holds."""

    def anew(known: KnownDocument, text: str) -> str:
        return lemmas_of(known.document, known.reading, text)

    count = store.reindex(anew)
    store.set_meta(KEY, lemmatiser().name)
    return count
