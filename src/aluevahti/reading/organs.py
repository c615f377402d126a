"""Decision-making bodies in a text: their names, told in the nominative and in lower case.

A Finnish name is found from its last word (`lautakunta`, `jaosto`) backwards, a Swedish one from its
definite word (`nämnden`) on to what it is for. The vocabulary is in organs.yaml.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from aluevahti.reading.lexicon import lowered, vocabulary
from aluevahti.reading.places import is_place

_WORD_BEFORE: Final = re.compile(r"([^\W\d_]+(?:-[^\W\d_]+)*-?)(,?)\s+$")
_LONGEST_WORD: Final = 60
_LONGEST_NAME: Final = 200
_OWNER: Final = 20  # characters that hold a word like `hyvinvointialueen`
_FOR: Final = re.compile(r"\s+för\s+")
_SV_WORD: Final = re.compile(r"([^\W\d_]+-?(?:[^\W\d_]+)?)(,?)\s*")


@dataclass(frozen=True, slots=True)
class Organ:
    """A body named in a text from offset `start` to `end`.

    Attributes:
        name: in the nominative, lower case, without the region's name.
        subject: it stands in the nominative: it does something.
        bare: only its kind is told ("lautakunta", "nämnden").
    """

    name: str
    start: int
    end: int
    subject: bool
    bare: bool


def find_organs(text: str, lower: str | None = None) -> tuple[Organ, ...]:
    """Every body named in `text`, in order. `lower` is `lowered(text)` where the caller has it."""
    lower = lowered(text) if lower is None else lower
    book = _book()
    found: list[Organ] = []
    for m in book.heads.finditer(lower):
        if found and m.start() < found[-1].end:
            continue
        head = m.group()
        organ = _finnish(text, lower, m, book) if head in book.nominative else _swedish(lower, m, book)
        if organ is None:
            continue
        while found and found[-1].start >= organ.start:
            found.pop()  # "kulttuurilautakunnan nuorisojaosto": the longer name has it inside
        if found and (joined := _of_another(lower, found[-1], organ, m.group() in book.indefinite)) is not None:
            found[-1] = joined
        else:
            found.append(organ)
    return tuple(found)


def _of_another(lower: str, owner: Organ, part: Organ, indefinite: bool) -> Organ | None:
    """`bildningsnämndens ungdomssektion`: a body in the indefinite form right behind the one that it belongs to."""
    if not indefinite or part.start != owner.end + 1 or not lower.startswith("s", owner.end - 1) or owner.bare:
        return None
    return Organ(lower[owner.start : part.end].removesuffix("s"), owner.start, part.end, part.subject, bare=False)


def words_for_a_body() -> tuple[str, ...]:
    """Parts of words (lower case): a text without any of them names no body."""
    return _book().last_words


def full_name(organ: Organ, names: Sequence[str], *, of_a_region: bool) -> str:
    """The name of a body named only by its kind: the fuller one among `names`, else the region's own.

    `of_a_region`: the text speaks of a wellbeing services county, so that its council is "aluevaltuusto".
    """
    if not organ.bare:
        return organ.name
    fuller = [n for n in names if n.endswith(organ.name) or n.startswith(organ.name + " ")]
    if fuller:
        return fuller[0]
    return _book().of_a_region.get(organ.name, organ.name) if of_a_region else organ.name


def is_swedish(name: str) -> bool:
    """Whether the name of a body (lower case) is a Swedish one."""
    return any(head in name for head in (*_book().sv_heads, *_book().indefinite))


_BETWEEN: Final = frozenset("-–—/|")  # a region and its body


def organ_line(line: str, organs: Sequence[Organ] | None = None, *, inflected: bool = False) -> str | None:
    """The name of the body that a whole line consists of (`Keski-Pohjanmaan aluehallitus`), or None.

    `organs` are those of the line where the caller has them; `inflected`: also `Keski-Pohjanmaan aluehallituksen`.
    """
    if len(line) > _LONGEST_NAME:
        return None
    bare = line.strip().rstrip(":,")
    lower = lowered(bare)
    if organs is None or bare != line:
        organs = find_organs(bare, lower)
    if len(organs) != 1 or not (organs[0].subject or inflected) or organs[0].end != len(lower):
        return None
    rest = [word.rstrip(",") for word in lower[: organs[0].start].split() if word not in _BETWEEN]
    book = _book()
    known = all(is_place(w) or w in book.stop_words or w in book.owners_beside for w in rest)
    return organs[0].name if known else None


# --- the book of names ---------------------------------------------------------------------------


class _Book:
    def __init__(self, content: Any) -> None:
        self.nominative = {stem: head for head, stems in content["fi_heads"].items() for stem in stems}
        self.indefinite: dict[str, str] = content["sv_indefinite"]
        self.stop_words = frozenset(content["fi_stop_words"])
        self.owners_beside = frozenset(content["owners_beside"])
        self.fi_never = tuple(content["fi_never"])
        self.sv_never = frozenset(content["sv_never"])
        self.other_nouns = tuple(content["fi_other_nouns"])
        self.whole = frozenset(content["fi_whole"])
        self.owners = tuple(f"{owner} " for owner in content["fi_owners"])
        self.of_a_region: dict[str, str] = content["of_a_region"]
        self.bare = frozenset(content["bare"])
        self.sv_first = frozenset(content["sv_first_words"])
        self.sv_inside = frozenset(content["sv_inside"])
        self.sv_where = frozenset(content["sv_where"])
        self.sv_when = frozenset(content["sv_when"])
        self.sv_end = frozenset(content["sv_end_words"])
        endings = "|".join(sorted(content["fi_endings"], key=len, reverse=True))
        self.sv_heads = tuple(content["sv_heads"])
        stems = sorted(self.nominative, key=len, reverse=True)
        self.last_words = (*stems, *self.sv_heads, *self.indefinite)
        # One flat row of words: only so does the pattern skip every other letter at once.
        self.heads = re.compile("|".join(self.last_words))
        self.ending = re.compile(rf"({endings})?(?!\w)")
        self.genitive = re.compile(r"(s)?(?!\w)")


@cache
def _book() -> _Book:
    return _Book(vocabulary("organs"))


def _finnish(text: str, lower: str, m: re.Match[str], book: _Book) -> Organ | None:
    ending = book.ending.match(lower, m.end())
    if ending is None:
        return None
    begin = _word_start(lower, m.start())
    word = lower[begin : m.start()]
    head = book.nominative[m.group()]
    around = lower[max(0, begin - 12) : m.end() + 10]
    if any(never in around for never in book.fi_never) or (head == "hallitus" and not word):
        return None
    # "lautakunta" alone is both nominative and stem; "lautakunnan" is not the one who acts.
    subject = ending[1] in {None, "kin"} and m.group() in {head, "valtuutetut"}
    start = begin if word and head in book.whole else _before(text, lower, begin, book)
    name = (lower[start:begin] + word + head).strip()
    return Organ(name, start, ending.end(), subject, name in book.bare)


def _word_start(lower: str, at: int) -> int:
    """Where the letters and inner hyphens right before `at` begin; one more hyphen may stand at their end."""
    first = max(0, at - _LONGEST_WORD)
    start = at - 1 if at > first and lower[at - 1] == "-" else at
    while start > first and (
        _is_letter(lower[start - 1]) or (lower[start - 1] == "-" and start < at and _is_letter(lower[start]))
    ):
        start -= 1
    return start


def _is_letter(character: str) -> bool:
    return character.isalnum() and not character.isdecimal()


def _before(text: str, lower: str, begin: int, book: _Book) -> int:
    """Where the name begins whose last word begins at `begin`: genitives and truncated words belong to it."""
    start = begin
    joining = lower[begin : begin + 1] == "-"  # "kehittäminen ja yhteistyö -lautakunta"
    for _ in range(10):
        m = _word_before(lower, start)
        if m is None:
            break
        word, comma = m[1], m[2]
        if word in {"ja", "sekä"}:
            before = _word_before(lower, m.start())
            if before is None or not _belongs(before[1], before[2], book, joining=joining):
                break
            if _is_name(text, before.start(1), before[1]):
                break
            start = before.start(1)
            continue
        if not _belongs(word, comma, book, joining=joining) or _is_name(text, m.start(1), word):
            break
        start = m.start(1)
        joining = False
    return start


def _word_before(lower: str, at: int) -> re.Match[str] | None:
    """The word that ends right before the blank before `at`."""
    first = max(0, at - 50)
    if not lower[at - 1 : at].isspace():
        return None
    if at >= 2 and not lower[at - 2].isspace():  # no need to try every letter before the last blank
        first = max(first, lower.rfind(" ", first, at - 1))
    return _WORD_BEFORE.search(lower, first, at)


def _belongs(word: str, comma: str, book: _Book, *, joining: bool) -> bool:
    if word in book.stop_words:
        return False
    if word.endswith("-"):
        return True
    if comma or word.endswith(book.other_nouns):
        return False
    # A genitive; words in -iin, -aan, -een are verbs (pisteytettiin) or tell whereto.
    return joining or (len(word) > 3 and word.endswith("n") and not word.endswith(("iin", "aan", "ään", "een")))


def _is_name(text: str, at: int, word: str) -> bool:
    """Whether the word at `at` is a place or a brand, and not merely the first word of a sentence or of a body's name."""
    if is_place(word):
        return True
    first = at == 0 or text[at - 2 : at - 1] in {"", ".", ":", "\n", "!", "?"}
    return text[at].isupper() and not first and not lowered(text[:at][-_OWNER:]).endswith(_book().owners)


def _swedish(lower: str, m: re.Match[str], book: _Book) -> Organ | None:
    ending = book.genitive.match(lower, m.end())
    if ending is None:
        return None
    begin = _word_start(lower, m.start())
    definite = book.indefinite.get(m.group(), m.group())
    word = lower[begin : m.start()] + definite
    alone = m.group() in book.indefinite and begin == m.start()
    if word.endswith("området") or word in book.sv_never or (alone and not _is_owned(lower, m)):
        return None
    start = begin
    joined = re.search(r"((?:[^\W\d_]+-,?\s+){1,3})(?:och|samt)\s+$", lower[max(0, begin - 60) : begin])
    if joined and joined[1].split()[0].strip("-,") not in book.sv_end:
        start = begin - len(joined.group())
    named_by_purpose = definite in book.sv_first and start == begin == m.start()
    end = _purpose(lower, ending.end(), book) if named_by_purpose else ending.end()
    name = " ".join((lower[start:begin] + word + lower[ending.end() : end]).split())
    genitive = ending[1] is not None and end == ending.end()
    return Organ(name, start, end, not genitive, name in book.bare)


def _is_owned(lower: str, m: re.Match[str]) -> bool:
    """`områdets sektion för …`: a body in the indefinite form behind a genitive."""
    return lower[: m.start()].endswith("s ") and lower.startswith(" för ", m.end())


def _is_where(lower: str, word: re.Match[str], book: _Book) -> bool:
    """`inom Österbottens välfärdsområde`, `i december`: where a body is or when it acts, and no part of what it is for."""
    if word[1] not in book.sv_where:
        return False
    following = _SV_WORD.match(lower, word.end())
    return following is not None and (is_place(following[1]) or following[1] in book.sv_when)


def _purpose(lower: str, at: int, book: _Book) -> int:
    """The end of `för utveckling och samarbete` after `nämnden`; `at` where there is no such part."""
    m = _FOR.match(lower, at)
    if m is None:
        return at
    end, here = at, m.end()
    for _ in range(12):
        w = _SV_WORD.match(lower, here)
        if w is None or w[1] in book.sv_end or _is_where(lower, w, book):
            break
        here = w.end()
        if w[1] not in book.sv_inside:
            end = w.end(1)
        if w[2] and not w[1].endswith("-"):
            nxt = _SV_WORD.match(lower, here)
            if nxt is None or not re.match(r"[^\W\d_]+,?\s+(?:och|samt)\s", lower[here : here + 60]):
                break
        elif lower[w.end(1) : w.end(1) + 1] not in {" ", ","}:
            break
    return end
