"""Themes of a relevant document: what it is about, judged by title, decision and how much it speaks of each."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from aluevahti.model import Theme
from aluevahti.reading.subjects import Subject
from aluevahti.reading.topics import Topics

# The topics of each theme, and the part of the sentences that makes a theme without title or decision.
_TOPICS: Final[dict[Theme, tuple[tuple[str, ...], float]]] = {
    Theme.STRATEGY: (("strategy",), 0.2),
    Theme.PARTICIPATION: (("participation",), 0.14),
    Theme.WELLBEING: (("wellbeing",), 0.08),
    Theme.STRUCTURES: (("structures",), 0.2),
    Theme.GRANTS: (("grants",), 0.4),
}


def themes_of(
    topics: Topics,
    *,
    about_grants: bool,
    grant_news: bool = False,
    subjects: Collection[Subject] = (),
    told: Collection[Theme] = (),
) -> tuple[Theme, ...]:
    """The themes, in the order of `Theme`.

    `about_grants`: the document calls for, changes, decides or reports grants. `grant_news`: it is news of
    nothing else, so that the strategy it refers to is no theme unless its title tells it. `subjects`: what its
    decision is about. `told`: what the source is declared to be about; taken where nothing else is found.
    """
    found = {theme for theme in _TOPICS if _speaks_of(topics, theme, aside=grant_news)} | {s.theme for s in subjects}
    if about_grants:
        found.add(Theme.GRANTS)
    if Theme.STRUCTURES in found and "ngo" in topics.title:
        found.add(Theme.PARTICIPATION)  # a body of organisations is how they take part
    return tuple(theme for theme in Theme if theme in (found or set(told)))


def _speaks_of(topics: Topics, theme: Theme, *, aside: bool) -> bool:
    """Whether a theme is spoken of; `aside`: what is only referred to does not count, wellbeing excepted."""
    words, share = _TOPICS[theme]
    if aside and theme not in {Theme.WELLBEING, Theme.GRANTS}:
        return topics.any_in_title(words) or any(topics.decided[w] for w in words)
    if theme is Theme.STRUCTURES:
        cooperation = "ngo" in topics.title and "grants" not in topics.title
        return (
            cooperation
            or "structures" in topics.title
            or topics.decided["structures"] > 0
            or topics.share("structures") >= share
        )
    if topics.any_in_title(words) or any(topics.decided[w] for w in words):
        return True
    return any(topics.share(w) >= share for w in words)
