"""The body for cooperation with NGOs: what a decision does to it. It is founded, given another name, or abolished.

Words in status.yaml.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from aluevahti.model import ABOLISHED, Json
from aluevahti.reading.page import Page
from aluevahti.reading.status_words import has, spans

_BODY: Final = re.compile(
    r"\b(?P<stem>(?:järjestö(?:jen|yhteistyön|työn|asiain)\s+)?(?:elinkeino-\s+ja\s+)?(?:järjestö)?neuvottelukun"
    r"|(?:järjestöjen\s+)?kumppanuuspöy|järjestöraa|järjestöneuvosto|organisationsdelegation)(?P<ending>\w*)"
)
_NOMINATIVE: Final = {"neuvottelukun": "ta", "pöy": "tä", "raa": "ti", "neuvosto": "", "delegation": "en"}
_SWEDISH: Final = "organisationsdelegationen"
_IN_PLACE: Final = ("ksi", "lla", "llä")  # `muutetaan kumppanuuspöydäksi`, `korvataan kumppanuuspöydällä`
_NEW_NAME: Final = re.compile(
    r"(?:uusi\s+nimi\s+on|nimeksi\s+(?:tulee|otettiin|vahvistettiin|annettiin|muutettiin))\s+\Z"
)
_PART: Final = re.compile(
    r"\s+[\w-]*(?:kunta|kunnan|kunnat|jaosto|jaoston|ryhmä|ryhmän|ryhmät|sihteeristö|grupp|sektion|utskott)\w*"
)
_BETWEEN: Final = re.compile(r"\s+(?:[\w-]+(?:alueen|områdets?)\s+)?")  # whose body it is


def settled_body(page: Page, said: str, sentence: str) -> Json:
    """The value of `ngo_body` by a decision of which `said` is all that it says, told in `sentence` (both lower case).

    One that is no more is told by its name and "abolished"; None: the decision settles nothing of such a body.
    """
    bodies = [_Named.of(m) for m in _BODY.finditer(said)]
    names = {body.name for body in bodies}
    if len(names) > 1 and has(said, "renamed"):
        new = {body.name for body in bodies if body.is_the_new_one(said)}
        if len(new) == 1:
            return {"name": new.pop(), "status": "exists"}
    words = [] if has(sentence, "not_ended") else list(spans(said, "abolished"))
    gone = {body.name for body in bodies if any(body.stands_beside(word, said) for word in words)}
    left = names - gone
    founded = has(said, "founded")
    if gone and not (left and founded):
        return {"name": gone.pop(), "status": ABOLISHED} if len(gone) == 1 else None
    if not founded:
        return None
    return _founded(page, left if gone else [*_names_in(page), *names])


def _founded(page: Page, names: Iterable[str]) -> Json:
    in_rules = any(s.says("status.rules") and "neuvottelukun" in s.lower for s in page.content[:40])
    finnish = [name for name in names if name != _SWEDISH]  # the status names a body in Finnish
    value: dict[str, Json] = {"name": max(finnish, key=len, default=None), "status": "exists"}
    return value | ({"in_rules": True} if in_rules else {})


def _names_in(page: Page) -> list[str]:
    return [o.name for s in page.content[:40] for o in s.organs if _BODY.fullmatch(o.name)]


@dataclass(frozen=True, slots=True)
class _Named:
    """Such a body named in a text from offset `start` to `end`; `name` in the nominative."""

    name: str
    start: int
    end: int

    @classmethod
    def of(cls, found: re.Match[str]) -> _Named:
        stem = found["stem"]
        ending = next(ending for last, ending in _NOMINATIVE.items() if stem.endswith(last))
        return cls(" ".join((stem + ending).split()), found.start(), found.end())

    def is_the_new_one(self, said: str) -> bool:
        return said[self.start : self.end].endswith(_IN_PLACE) or _NEW_NAME.search(said[: self.start]) is not None

    def stands_beside(self, word: tuple[int, int], said: str) -> bool:
        """Whether a word's offsets are right beside it: `järjestöraadin lakkauttaminen`, `lakkauttaa järjestöraadin`."""
        start, end = word
        if _PART.match(said, self.end):
            return False  # `lakkauttaa järjestöraadin työvaliokunnan`
        return _BETWEEN.fullmatch(said[self.end : start] if self.end <= start else said[end : self.start]) is not None
