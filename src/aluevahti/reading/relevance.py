"""Would an organisation that follows grants and cooperation structures want this in its digest?

Points for and against by where a topic stands. The weights were set on the labelled documents and
are measured on them; the words are in topics.yaml. Jobs, purchases, fees, single services and the
formalities of a meeting are no news, whoever decides them.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from aluevahti.reading.topics import FOR, Topics

THRESHOLD: Final = 3.5
"""Points from which on a document is for readers."""

_IN_TITLE: Final[Mapping[str, float]] = MappingProxyType(
    {
        "grants": 5, "ngo": 4.5, "participation": 3, "wellbeing": 3.5, "strategy": 3.5, "structures": 2.5, "organisations": 1.5,
        "vacancy": -8, "procurement": -6, "fees": -8, "formality": -30, "individual": -5, "staff": -7,
        "premises": -4, "events": -8, "gathering": -3, "opinion": -30, "other_money": -8, "stipends": -8, "national": -3, "legislation": -3,
    }
)  # fmt: skip
_IN_LEAD: Final[Mapping[str, float]] = MappingProxyType(
    {
        "grants": 1.5, "ngo": 1.2, "participation": 0.8, "wellbeing": 1, "strategy": 1, "structures": 0.8,
        "vacancy": -1.5, "procurement": -1, "fees": -1.5, "individual": -1, "staff": -1.5, "premises": -0.7,
        "events": -2, "gathering": -0.5, "opinion": -6, "other_money": -2, "stipends": -2, "national": -0.5,
    }
)  # fmt: skip
_IN_BODY: Final[Mapping[str, float]] = MappingProxyType(
    {"grants": 0.5, "ngo": 0.5, "participation": 0.3, "wellbeing": 0.3, "strategy": 0.2, "structures": 0.2}
)
_DECIDED: Final[Mapping[str, float]] = MappingProxyType(
    {"grants": 3, "ngo": 2, "participation": 1, "wellbeing": 1.5, "strategy": 1, "structures": 0.8}
)
_ANNOUNCED: Final[Mapping[bool, float]] = MappingProxyType({False: 3.0, True: 5.0})
_AGAINST: Final = frozenset(_IN_TITLE) - frozenset(FOR) - {"organisations"}


def points(topics: Topics) -> float:
    """How much speaks for and against, whatever the region: at least THRESHOLD is relevant."""
    left_out = {"stipends"} if "grants" in topics.title else set()
    total = sum(_IN_TITLE.get(topic, 0.0) for topic in topics.title - left_out)
    total += sum(weight * min(topics.lead[topic], 2) for topic, weight in _IN_LEAD.items() if topic not in left_out)
    total += min(3.0, sum(weight * topics.body[topic] for topic, weight in _IN_BODY.items()))
    total += min(4.0, sum(weight * min(topics.decided[topic], 2) for topic, weight in _DECIDED.items()))
    return total + min(4.0, 0.5 * topics.far)


def is_relevant(
    topics: Topics,
    *,
    of_ours: bool,
    has_window: bool,
    settles: bool,
    applied_for: bool,
    to_organisations: bool,
    plainly: bool = False,
) -> bool:
    """Whether the document belongs in a digest.

    `of_ours`: it is a region's document, or at least speaks of one and not of a ministry, an agency or
    another country; any other has to speak of our matters very plainly. `has_window`: it announces an
    application period, or what becomes of one. `settles`: its matter is one whose state is followed. `applied_for`: its title
    speaks of applying. `to_organisations`: somewhere it names organisations as those who get grants or
    take part. `plainly`: the very sentence that announces the period names the grants, whatever else the document
    is about: a paragraph of a newsletter.
    """
    if not of_ours and ("national" in topics.title or topics.lead["national"]):
        return False
    total = points(topics) + (_ANNOUNCED[plainly] if has_window else 0.0) + (2.5 if settles else 0.0)
    if applied_for and topics.lead["grants"] and not topics.any_in_title(_AGAINST):
        total += 2.0
    if not (to_organisations or settles) and topics.title <= {"grants"} | _AGAINST:
        total -= 3.0
    return total >= THRESHOLD + (0.0 if of_ours else 10.0)
