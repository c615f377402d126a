"""Whether a word for an endless call (`jatkuva haku`, `året runt`) is said of applying for grants. Pure."""

from __future__ import annotations

from aluevahti.reading.lexicon import vocabulary
from aluevahti.reading.outline import Outline
from aluevahti.reading.passage import Passage, topic
from aluevahti.reading.saying import APPLYING, is_past
from aluevahti.reading.spans import DateSpan


def is_endless(outline: Outline, number: int, passage: Passage, spot: DateSpan) -> bool:
    """Whether the word at `spot`, of sentence `number`, tells of a call that no day ends."""
    clause = passage.clause_of(spot.start)
    column, cell = outline.column_topic(number, spot.end), outline.cell(number, spot.end)
    low, high = cell if cell and column else passage.clauses[clause]
    cues = passage.cues_between(low, high)
    topics = {t for c in cues if (t := topic(c))}
    if (
        "cut_short" in passage.groups
        or any(c.group in {"not_continuous", "change:cancelled"} for c in cues)
        or is_past(passage.near(cues, spot))
        or (len(outline.types(low, high)) < 2 and _is_given_an_end(outline.lower[spot.end : high]))
    ):
        return False
    if column is not None:
        return column in APPLYING
    words = outline.lower[spot.start : spot.end]
    if _denies_a_deadline(words) and outline.types(low, high):
        return True
    if words in vocabulary("windows")["all_year"] and topics <= {"use", "decision"} and _names_types(outline, passage):
        return True  # `hankeavustuksia myönnetään pitkin vuotta`
    if topics & {"elsewhere", "appeal", "event", "comment"} and not _is_of_applying(passage, clause, spot):
        return False
    if topics & APPLYING:
        return True
    earlier = {t for other in range(clause) for t in passage.topics(other)}
    if outline.types(low, high) and earlier & APPLYING:
        return True
    return outline.is_row(number) and outline.heading_topic(number) in APPLYING


def _is_given_an_end(rest: str) -> bool:
    """Whether the rest of a clause behind the word for an endless call says that it ends, and not that it does not."""
    said = {word.strip(".,;:!?()") for word in rest.split()}
    return not said.isdisjoint(vocabulary("windows")["ends_endless"]) and said.isdisjoint(
        vocabulary("windows")["denials"]
    )


def _is_of_applying(passage: Passage, clause: int, spot: DateSpan) -> bool:
    """Whether of all topics of a clause one of applying stands nearest to a place, and before it."""
    near = min(((passage.cost(c, spot), c) for c in passage.within(clause) if topic(c)), default=None)
    return near is not None and topic(near[1]) in APPLYING and passage.is_before(near[1], spot)


def _names_types(outline: Outline, passage: Passage) -> bool:
    return bool(outline.types(passage.sentence.start, passage.sentence.end))


def _denies_a_deadline(words: str) -> bool:
    """Whether a word for an endless call says that no time of applying ends it: `hakuaikaa ei ole`, `niin kauan kuin rahaa riittää`."""
    return any(part in words for part in vocabulary("windows")["no_deadline"])
