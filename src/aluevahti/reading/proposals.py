"""Whether a text proposes, and whether what it proposed was decided. The words are in windows.yaml. Pure."""

from __future__ import annotations

from aluevahti.reading.lexicon import lowered, places, tokens
from aluevahti.reading.passage import lexicon
from aluevahti.reading.sentences import holding


def adopts_the_proposal(text: str) -> bool:
    """Whether minutes tell that what was proposed became the decision."""
    lower = lowered(text)
    return any(
        c.group == "adopted"
        for sentence in holding(text, places(lower, ("hyväksy", "ehdotuksen", "päätettiin", "godkän", "förslag")))
        for c in lexicon().cues(tokens(lower, sentence.start, sentence.end))
    )


def proposes(text: str) -> bool:
    """Whether a text says that something is proposed (`esitetään`, `föreslår`)."""
    return any(c.group == "proposed" for c in lexicon().cues(tokens(lowered(text))))
