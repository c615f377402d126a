"""Types of grants: which ones a text names, as slugs of the Finnish nominative.

The names are in grants.yaml. Pure and linear in the length of the text.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, Final

from aluevahti.model import ANY_TYPE, Language
from aluevahti.reading.inpassing import in_passing
from aluevahti.reading.lexicon import Lexicon, Token, lowered, places, tokens, vocabulary, words_in
from aluevahti.reading.sentences import clauses, holding

_HYPHENS: Final = "-‐‑–"
_HYPHEN: Final = f"[{_HYPHENS}]"
_LONGEST_PART: Final = 40
_LONGEST_ADDRESS: Final = 200
_SENTENCE: Final = 200  # characters around a word that may be of its sentence
_JOINER: Final = rf"{_HYPHEN}(?:\s?,\s|\s(?:ja|sekä|tai|och|samt|eller|ja/tai)\s|,?\s(?:sekä|samt)\s)\Z"
_JOINS: Final = re.compile(_JOINER)
_JOINED: Final = re.compile(rf"([^\W_]+(?:[-‐‑][^\W_]+)*){_JOINER}")
_AGREEMENT_END: Final = re.compile(
    r"(?:e?n|ta|ia|ien|ten|et|ella|illa|elle|ille|eksi|iksi|essa|issa|esta|ista|een|iin)?"
)
_PARTNERSHIP_END: Final = re.compile(
    r"kumppanuu(?:s|den|tta|teen|det|ksia|ksiin|ksissa|ksien|ksille|ksilla)(?![^\W_]|[-‐‑–])"
)
_AGREEMENT: Final = "sopimus"
_COLLECTIVE_HEAD: Final = "avustus"
_AGREEMENTS: Final = frozenset({"kumppanuus", "yhteistyö"})
_MONEY: Final = re.compile(r"€|\beuro|\bhaku|\bhaun\b|\bhaetaan|\bhakea|\bhaettiin|\bhaki\b|hakemu|haettavi")
_PHRASE_WORD: Final = re.compile(rf"[^\W_]+(?:[-‐‑][^\W_]+)*{_HYPHEN}?")
_TRANSLITERATION: Final = str.maketrans("äåöéü", "aaoeu")


@dataclass(frozen=True, slots=True)
class Mention:
    """A type named in a text: its slug, and from where to where (the whole word or phrase)."""

    slug: str
    start: int
    end: int


@lru_cache(maxsize=512)
def slug(name: str) -> str:
    """The slug of a name: lower case, ä→a, ö→o, å→a, spaces and dashes to one hyphen."""
    plain = name.strip().lower().translate(_TRANSLITERATION)
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def find_grant_types(text: str, lang: Language | None = None) -> tuple[str, ...]:  # noqa: ARG001
    """The types that `text` is about, each once, in the order of their first mention.

    The first line of `text` is taken as its title. A type named only in passing (a round that is over,
    a habit of the giver) is left out where others are named better. `jarjestoavustus` alone where the
    text speaks of grants to organisations without naming a type; () where it speaks of none.
    Finnish and Swedish names are found whatever `lang` is.
    """
    lower = lowered(text)
    mentions = mentions_meant(lower, excepted_only=True)
    if not mentions:
        return _collectives(lower) or (ANY_TYPE,) if _is_for_all(lower) else ()
    standing = dict.fromkeys((m.slug for m in mentions), -9)
    for m, level in _standings(text, lower, mentions):
        standing[m.slug] = max(standing[m.slug], level)
    best = max(standing.values())
    named = tuple(slug for slug, level in standing.items() if level == best)
    if not all(slug.endswith(_AGREEMENT) for slug in standing) or not _is_for_all(lower):
        return named
    collectives = _collectives(lower)  # beside the agreements that may be made
    if best < 0 and len(mentions) == 1:
        return collectives or (ANY_TYPE,)
    return (*collectives, *named)


@lru_cache(maxsize=4)
def _passing(lower: str) -> tuple[str | None, ...]:
    return tuple(in_passing(lower, [(m.start, m.end) for m in find_mentions(lower)]))


def mentions_meant(lower: str, *, excepted_only: bool = False) -> tuple[Mention, ...]:
    """The places of `find_mentions` that do not name a type only in passing; `excepted_only`: but not as an exception."""
    aside = {"excepted"} if excepted_only else {"excepted", "of_others"}
    return tuple(m for m, said in zip(find_mentions(lower), _passing(lower), strict=True) if said not in aside)


def named_in_passing(lower: str) -> frozenset[str]:
    """The types that a lower-case text names, and never but in passing."""
    return frozenset(m.slug for m in find_mentions(lower)) - {m.slug for m in mentions_meant(lower)}


def is_collective(name: str) -> bool:
    """Whether a slug is a giver's own name for its grants to organisations at large: `yhteisoavustus`."""
    return name in _book().collective.values()


def _collectives(lower: str) -> tuple[str, ...]:
    """The names of grants to organisations at large that are a giver's own: `yhteisöavustus`."""
    book = _book()
    parts = dict.fromkeys(_first_part(lower, head) for head in _heads(lower))
    return tuple(book.collective[part] for part in parts if part in book.collective)


def _is_for_all(lower: str) -> bool:
    """Whether a text speaks of grants to organisations at large, and not only of how things stand."""
    title = lower[: lower.find("\n")] if "\n" in lower else lower
    return not _book().status.cues_of(words_in(title)) and speaks_of_grants(lower) and _names_recipients(lower)


def words_for_a_grant() -> tuple[str, ...]:
    """Parts of words (lower case): a text without any of them speaks of no grant."""
    return tuple(_book().of_head)


@lru_cache(maxsize=4)
def find_mentions(lower: str) -> tuple[Mention, ...]:
    """Every place of a lower-case text that names a type, in order; no two overlap."""
    book = _book()
    found: list[Mention] = []
    end = 0
    for head in _heads(lower):
        if head.start < end:
            continue
        begin = _word_start(lower, head.start)
        for mention in () if _is_in_an_address(lower, begin) else _at_head(lower, begin, head, book):
            if mention.start >= end:
                found.append(mention)
                end = max(end, mention.end)
    return tuple(_one_partnership(lower, found))


def _is_in_an_address(lower: str, at: int) -> bool:
    """Whether a word is part of a web address: `https://kunta.fi/kerta-avustus`, `kunta.fi/avustukset`."""
    if lower[at - 1 : at] not in {"/", ".", "="}:
        return False
    before = lower[max(0, at - _LONGEST_ADDRESS) : at].split()
    return bool(before) and (any(mark in before[-1] for mark in ("://", "www.")) or bool(_SITE.search(before[-1])))


def _one_partnership(lower: str, found: Sequence[Mention]) -> Iterator[Mention]:
    """Where partnerships are agreements, `kumppanuuksia haetaan` speaks of those."""
    agreed = any(m.slug == "kumppanuussopimus" for m in found) and "kumppanuusavustu" not in lower
    for m in found:
        bare = agreed and m.slug == "kumppanuusavustus" and _PARTNERSHIP_END.match(lower, m.start)
        yield Mention("kumppanuussopimus", m.start, m.end) if bare else m


def speaks_of_grants(lower: str) -> bool:
    """Whether a lower-case text has any word for a grant to organisations, with or without a type."""
    book = _book()
    return any(_first_part(lower, head) not in book.foreign for head in _heads(lower))


def places_of_grants(lower: str) -> tuple[int, ...]:
    """Where a lower-case text has a word for a grant or a partnership, in order: elsewhere it names no type."""
    return tuple(head.start for head in _heads(lower))


def is_for_others(lower: str) -> bool:
    """Whether every grant that a lower-case text speaks of is one for persons, homes or roads."""
    book = _book()
    foreign = False
    for head in _heads(lower):
        part = _first_part(lower, head)
        if part and part not in book.foreign:
            return False
        foreign = foreign or bool(part)
    return foreign


def grants_at_large(lower: str) -> tuple[int, ...]:
    """Where a lower-case text has a word like `järjestöavustus`: grants to organisations, of no one type."""
    book = _book()
    return tuple(head.start for head in _heads(lower) if _first_part(lower, head) in book.general)


# --- the book of names ---------------------------------------------------------------------------


def _standings(text: str, lower: str, mentions: Sequence[Mention]) -> Iterator[tuple[Mention, int]]:
    """How well each mention stands: 0 for the matter itself, less for what is told in passing."""
    starts = [m.start for m in mentions]
    title = lower.find("\n") if "\n" in lower else 0
    for sentence in holding(text, starts):
        for begin, end in clauses(text, sentence):
            own = mentions[bisect_left(starts, begin) : bisect_left(starts, end)]
            if own:
                words = tokens(lower, begin, end)
                cues = [c for c in _book().aside.cues(words) if c.group != "condition" or c.first <= 1]
                brackets = [m.span() for m in _BRACKETS.finditer(lower, begin, end)]
                said: dict[int | None, set[str]] = {None: set()}  # by the brackets it stands in; None: of everything
                for cue in cues:
                    said.setdefault(_bracket_of(words[cue.first].start, brackets), set()).add(cue.group)
                for mention in own:
                    inside = said.get(_bracket_of(mention.start, brackets), set())
                    yield mention, _standing(mention, said[None] | inside, in_title=begin < title)


def _bracket_of(at: int, brackets: Sequence[tuple[int, int]]) -> int | None:
    """The number of the brackets that a place lies in."""
    number = bisect_right(brackets, at, key=lambda bracket: bracket[0]) - 1
    return number if number >= 0 and at < brackets[number][1] else None


def _standing(mention: Mention, groups: set[str], *, in_title: bool) -> int:
    if "denied" in groups:
        return -3
    if "also" in groups:
        return -2
    if groups & {"over", "condition", "others", "elsewhere", "report"} or (
        "listed" in groups and "agreement" not in groups
    ):
        return -1
    matter = in_title or "agreement" in groups  # `Kumppanuussopimukset järjestöjen kanssa`
    return -1 if mention.slug.endswith("sopimus") and not matter else 0


_WELLBEING: Final = "hyvinvoinnin ja terveyden edistämisen"
_SITE: Final = re.compile(r"[a-zåäö\d-]\.(?:fi|ax|eu|com|net|org|info)/")
_BRACKETS: Final = re.compile(r"\([^()\n]*\)")  # what is said in them is said of what stands in them
_LISTED_ON: Final = re.compile(r"(?:,| ja| sekä) [^.\n]{3,100}\Z")


class _Book:
    def __init__(self, content: Any) -> None:
        self.of_head: dict[str, str] = {}
        self.named: dict[str, str] = {}
        self.first_parts: dict[str, str] = {}
        self.general: set[str] = set()
        self.collective: dict[str, str] = {}
        self.foreign: set[str] = set()
        phrases: dict[str, list[str]] = {}
        for lang in (content["fi"], content["sv"]):
            for head, stems in lang["heads"].items():
                self.of_head |= dict.fromkeys(stems, head)
            self.first_parts |= lang["first_parts"]
            self.named |= lang.get("names", {})
            self.general |= {str(w).strip("-") for w in lang["general"]}
            self.collective |= {p: slug(_compound(p, _COLLECTIVE_HEAD)) for p in lang.get("collective", ())}
            self.foreign |= {str(w).strip("-") for w in lang["foreign"]}
            for phrase, name in lang["phrases"].items():
                phrases.setdefault(name, []).append(phrase)
        self.phrases = Lexicon(phrases)
        self._needles = tuple({stem[:7] for stem in self.of_head})
        self._head = re.compile("|".join(sorted(map(re.escape, self.of_head), key=len, reverse=True)))
        self.aside = Lexicon(content["aside"])
        self.status = Lexicon({"status": content["status_titles"]})
        self.recipients = tuple(content["recipients"])

    def heads(self, lower: str) -> Iterator[Token]:
        for at in places(lower, self._needles):
            if m := self._head.match(lower, at):
                yield Token(m.group(), at, m.end())


@cache
def _book() -> _Book:
    return _Book(vocabulary("grants"))


def _names_recipients(lower: str) -> bool:
    return any(word in lower for word in _book().recipients)


@lru_cache(maxsize=4)
def _heads(lower: str) -> tuple[Token, ...]:
    """Every place where a word for a grant begins."""
    return tuple(_book().heads(lower))


def _first_part(lower: str, head: Token) -> str:
    """What stands before the head in its compound, without a hyphen at its end."""
    return lower[_word_start(lower, head.start) : head.start].strip(_HYPHENS)


def _at_head(lower: str, begin: int, head: Token, book: _Book) -> list[Mention]:
    """The types that the word from `begin` on names, whose `head` is a word for a grant."""
    end = head.end
    while end < len(lower) and end - head.end < _LONGEST_PART and lower[end].isalnum():
        end += 1
    phrase = _phrase(lower, begin, end, book)
    word = book.of_head[head.text]
    if phrase is None and (wellbeing := _of_wellbeing(lower, begin)) is not None:
        return [wellbeing, Mention(slug(ANY_TYPE), begin, end)]
    if phrase is not None:
        return [*_truncated(lower, phrase.start, word, book), phrase]
    first = lower[begin : head.start]
    if (word.endswith("sopimus") and not _AGREEMENT_END.fullmatch(lower, head.end, end)) or (
        word == "kumppanuus" and not _is_money(lower, begin, end)
    ):
        return []
    found = _truncated(lower, begin, word, book) if word != "kumppanuus" else []
    name = _name(first, word, book)
    if name is not None:
        found.append(Mention(slug(name), begin, end))
    return found


def _is_money(lower: str, begin: int, end: int) -> bool:
    """Whether a bare `kumppanuus` is one that is paid or applied for: euros or applying in its sentence."""
    first, last = max(0, begin - _SENTENCE), end + _SENTENCE
    low = max(lower.rfind(". ", first, begin), lower.rfind("\n", first, begin), first)
    stops = [n for n in (lower.find(". ", end, last), lower.find("\n", end, last)) if n != -1]
    near = lower[low : min([*stops, last])]
    return _PARTNERSHIP_END.match(lower, begin) is not None and _MONEY.search(near) is not None


def _word_start(lower: str, at: int) -> int:
    start = at
    while start and at - start < _LONGEST_PART and (lower[start - 1].isalnum() or lower[start - 1] in _HYPHENS):
        start -= 1
    while start < at and lower[start] in _HYPHENS:
        start += 1
    return start


def _name(first: str, head: str, book: _Book) -> str | None:
    part = first.strip(_HYPHENS)
    if head in book.named:
        return book.named[head] if not part else None
    if head.endswith("sopimus") and part in _AGREEMENTS:
        return f"{part}sopimus"
    if head not in {"avustus", "bidrag", "understöd"}:
        return head if not part else None
    if not part or part in book.general or part in book.foreign or len(first) >= _LONGEST_PART:
        return None
    return book.first_parts.get(part) or _compound(part, head)


def _compound(first: str, head: str) -> str:
    """Finnish parts a compound's two equal vowels by a hyphen: liikunta-avustus, kulttuuriavustus."""
    return f"{first}-{head}" if first[-1] == head[0] else first + head


def _truncated(lower: str, begin: int, head: str, book: _Book) -> list[Mention]:
    """The types of `toiminta-, kumppanuus- ja kerta-avustus` before the last word, in their order."""
    found: list[Mention] = []
    at = begin
    while len(found) < 8 and (m := _joined(lower, at)):
        start = max(0, at - 48) + m.start()
        name = _name(m[1], head, book)
        if name is not None:
            found.append(Mention(slug(name), start, start + len(m[1])))
        at = start
    return found[::-1]


def _joined(lower: str, at: int) -> re.Match[str] | None:
    """The truncated word, its hyphen and what joins it to the word at `at`."""
    if not lower[at - 1 : at].isspace():
        return None
    part = lower[max(0, at - 48) : at]
    last = max(map(part.rfind, _HYPHENS))  # seen at once, where the whole pattern tries each letter
    return _JOINED.search(part) if last != -1 and _JOINS.match(part, last) else None


def _of_wellbeing(lower: str, begin: int) -> Mention | None:
    """`hyvinvoinnin ja terveyden edistämisen sekä sosiaali- ja terveystoimialan avustukset`: the first of two names."""
    at = lower.rfind(_WELLBEING, max(0, begin - 140), begin)
    if at == -1:
        return None
    listed = lower[at + len(_WELLBEING) : begin]
    if _LISTED_ON.match(listed) is None or any(body in listed for body in vocabulary("grants")["bodies"]):
        return None
    return Mention("hyte-avustus", at, at + len(_WELLBEING))


def _phrase(lower: str, begin: int, end: int, book: _Book) -> Mention | None:
    start = max(0, begin - 60)
    if start and (space := lower.find(" ", start)) != -1:
        start = min(space, begin)
    stop = min(len(lower), end + 30)
    cues = book.phrases.cues_of(_PHRASE_WORD.findall(lower, start, stop))
    if not cues:
        return None
    spans = [m.span() for m in _PHRASE_WORD.finditer(lower, start, stop)]
    hits = [c for c in cues if spans[c.first][0] <= begin < spans[c.last][1]]
    best = max(hits, key=lambda c: c.last - c.first, default=None)
    return None if best is None else Mention(slug(best.group), spans[best.first][0], spans[best.last][1])
