"""Which region a document is about, from the names it uses: the longest name first.

The names are in places.yaml: regions with their brands, web domains and case numbers, and the
municipalities, whose own notices belong to the region they lie in. Pure and linear in the text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from aluevahti.reading.lexicon import lowered, vocabulary

_HEAD: Final = 1500  # characters that tell whose document it is
_FIRST: Final = 400
_CAPITALISED: Final = re.compile(r"[A-ZÅÄÖ][\w:-]*")
_MUNICIPAL: Final = re.compile(
    r"[\s,]+(?:kaupun[kg]|kunta|kunna[nst]|kunnall|kuntalai|stad|kommun|seurakun|sosiaali-|sote-toimial|kulttuuri-|kulttuuripalv|liikuntapalv|nuorisopalv|sosiaalipalv|välittää|tiedottaa|kertoo|toimiv|verksam)"
)
_SPAN: Final = 60
_OF_A_HEAD: Final = ("HYVINVOINTIALUE", "VÄLFÄRDSOMRÅDE")
_IN_CAPITALS: Final = re.compile(rf"\b[A-ZÅÄÖ-]{{4,}}(?:\s[A-ZÅÄÖ]{{2,}}){{0,2}}(?=\s(?:{'|'.join(_OF_A_HEAD)}))")
_NO_MORE: Final = re.compile(r"(?![\w-]|\.fi)")
_TOP: Final = ".fi"
_LABEL: Final = re.compile(r"[\w-]+\Z")
_CASE_OF_A_BRAND: Final = re.compile(r"\b([A-ZÅÄÖ]{3,8})(?:Dno-\d{4}-\d|/\d{1,6}/[\d.]{2,14}/\d{4})")
_SWEDISH_PEOPLE: Final = re.compile(
    r"\b([A-ZÅÄÖa-zåäö][a-zåäö]{2,18}?)(?:bo(?P<many>r|rs|rna|rnas)|boen|bon|(?P<more>are|ares|arna|arnas))\b"
)
_IN_SWEDISH: Final = re.compile(r"\b(?:i|från|för|runt)\s([A-ZÅÄÖ][a-zåäö]{2,20})\b")
_PEOPLE: Final = re.compile(
    r"(?<![\w-])([a-zåäö-]{3,20}?)(?:lai|läi)(?:nen|s(?P<many>et|ten|i[a-zåäö]+)|s[a-zåäö]*)(?!\w)"
)
_FOLD: Final = str.maketrans("äåö", "aao")


@dataclass(frozen=True, slots=True)
class Mention:
    """A region named in a text; `weight` tells how sure it is that the text is about it, `acting` that its office is meant."""

    region: str
    start: int
    weight: float
    acting: bool = False


def region_of(title: str, text: str) -> str | None:
    """The code of the region that a document is about; None: national, foreign, or not told.

    The title counts before the text, a region before a municipality, whoever acts before whoever is
    mentioned. `text` is the whole text, without the title.
    """
    return _clear(_case_numbers(text)) or _of_title(title) or _of_text(title, text)


def names_region(text: str, region: str | None) -> bool:
    """Whether `text` names the region itself, its brand or its web site, and not only one of its municipalities."""
    if region is None:
        return False
    town_is_region = region == "helsinki"
    return town_is_region or any(m.region == region for m in _named(text)) or region in set(_hosts(text))


def names_another(text: str, region: str | None) -> bool:
    """Whether `text` names another region beside a word for its office: `Pirkanmaan hyvinvointialue`, not `Pirkanmaalla`."""
    return any(m.acting and m.region != region for m in _named(text))


def names_a_municipality(text: str) -> bool:
    """Whether `text` names a municipality beside a word for its office: `Kajaanin kaupunki`, not `Kajaanissa`."""
    return next(_municipalities(text, everywhere=False), None) is not None


def is_place(word: str) -> bool:
    """Whether a lower-case word is (a part of) the name of a region, a brand or a municipality, in any case."""
    return word in _book().words or _book().municipality(word) is not None


def _of_title(title: str) -> str | None:
    named = [m.region for m in _named(title)]
    if named:
        return named[0]
    towns = [m.region for m in _municipalities(title, everywhere=True)]
    return towns[0] if towns else _people(title)


def _of_text(title: str, text: str) -> str | None:
    scores: Counter[str] = Counter()
    whole = f"{title}\n{text}"
    for m in _named(text):
        scores[m.region] += m.weight  # type: ignore[assignment]  # a Counter of floats
    for region in _hosts(text):
        scores[region] += 2
    found = _clear(scores)
    if found is not None and scores[found] >= 2:
        return found
    weak = found if found and scores[found] >= 1.5 else None
    head = text[: 4 * _HEAD]
    towns = _clear(Counter(m.region for m in _municipalities(head, everywhere=False)))
    return towns or weak or _bodies(whole) or _people(text[:_HEAD]) or _clear(_town_hosts(head)) or _repeated(head)


def _clear(scores: Counter[str]) -> str | None:
    """The region with most of the weight, where one has at least half as much again as the next."""
    ranked = scores.most_common(2)
    if not ranked or (len(ranked) == 2 and ranked[0][1] < 1.5 * ranked[1][1]):
        return None
    return ranked[0][0]


# --- finding names -------------------------------------------------------------------------------


def _named(text: str) -> Iterator[Mention]:
    book = _book()
    if any(word in text for word in _OF_A_HEAD):
        text = _IN_CAPITALS.sub(lambda m: m[0].title().replace(" Ja ", " ja ").replace(" Och ", " och "), text)
    for m in book.names.finditer(text):
        at, name = m.start(), m.group()
        if at and (text[at - 1].isalnum() or text[at - 1] in "-‑"):
            continue
        guarded = name in book.guarded
        if (_NO_MORE if guarded else book.ending).match(text, m.end()) is None or text.startswith(book.never, at):
            continue
        around = lowered(text[m.end() : m.end() + _SPAN])
        acting = any(word in around for word in book.region_words)
        before = lowered(text[max(0, at - _SPAN) : at])
        if guarded and not book.is_meant(name, before + " " + around):
            continue
        example = before.rstrip().endswith(book.examples)
        near = at < _HEAD
        weight = 0.5 if example else (2.5 if near else 2.0) if acting else (1.5 if at < _FIRST else 1.0)
        yield Mention(book.of_name[name], at, weight, acting=acting and not example)


def _hosts(text: str) -> Iterator[str]:
    for name in _domains(text):
        region = _book().of_host.get(name)
        if region is not None:
            yield region


def _domains(text: str) -> Iterator[str]:
    """What stands before every `.fi` (`luvn` of `nimi@luvn.fi` and of `www.luvn.fi/haku`)."""
    at = text.find(_TOP)
    while at != -1:
        end = at + len(_TOP)
        before = _LABEL.search(text, max(0, at - 40), at)
        if before is not None and not text[end : end + 1].isalnum():
            yield before.group()
        at = text.find(_TOP, end)


def _case_numbers(text: str) -> Counter[str]:
    head = text[: 4 * _HEAD]
    found = Counter(region for prefix, region in _book().of_case.items() if _begins_a_word(prefix, head))
    if not found and (m := _CASE_OF_A_BRAND.search(head)) is not None:
        region = _book().of_brand.get(m[1])
        found.update([region] if region else [])
    return found


def _begins_a_word(prefix: str, text: str) -> bool:
    at = text.find(prefix)
    while at > 0 and text[at - 1].isalnum():
        at = text.find(prefix, at + 1)
    return at != -1


def _municipalities(text: str, *, everywhere: bool) -> Iterator[Mention]:
    """Municipalities named in `text`, not as an example; outside a title only beside a word for a municipality."""
    book = _book()
    for m in _CAPITALISED.finditer(text):
        if text.startswith(book.never, m.start()) or (m.start() and text[m.start() - 1] in "-‑"):
            continue
        found = book.municipality(m.group().lower().rstrip(":"))
        if found is None:
            continue
        name, region = found
        if lowered(text[max(0, m.start() - _SPAN) : m.start()]).rstrip().endswith(book.examples):
            continue
        if _MUNICIPAL.match(lowered(text[m.end() : m.end() + 16])) or (everywhere and name not in book.ambiguous):
            yield Mention(region, m.start(), 1.0)


def _town_hosts(text: str) -> Counter[str]:
    """Regions of the municipalities whose web or mail domains the text shows."""
    found = (_book().town_of_host.get(name) for name in _domains(text))
    return Counter(region for region in found if region is not None)


def _repeated(text: str) -> str | None:
    """The region whose municipalities are named at least twice or their people once, where no other region's are."""
    book = _book()
    found = Counter(m.region for m in _municipalities(text, everywhere=True))
    for m in _PEOPLE.finditer(lowered(text)):
        town = book.towns.get(m[1]) or book.towns.get(m[1][:-1] + "i")
        if town is not None:
            found[town[1]] += 2 if m["many"] else 1
    for m in _SWEDISH_PEOPLE.finditer(text):
        town = book.municipality(m[1].lower())
        if town is not None and town[0] not in book.ambiguous:
            found[town[1]] += 2 if m["many"] or m["more"] else 1
    for m in _IN_SWEDISH.finditer(text):
        town = book.municipality(m[1].lower())
        found.update([town[1]] if town and town[0] not in book.ambiguous else [])
    best = _clear(found)
    return best if best and found[best] >= 2 else None


def _bodies(text: str) -> str | None:
    """The region whose own bodies the text names."""
    lower = lowered(text)
    return _clear(Counter(region for name, region in _book().bodies.items() if name in lower))


def _people(text: str) -> str | None:
    return _clear(Counter(region for stem, region in _book().people.items() if stem in lowered(text)))


# --- the book of names ---------------------------------------------------------------------------


class _Book:
    def __init__(self, content: Any) -> None:
        self.region_words = tuple(content["region_words"])
        self.examples = tuple(content["examples"])
        self.ambiguous = frozenset(name.lower() for name in content["ambiguous"])
        self.never = tuple(content["never"])
        self.endings = frozenset(content["endings"])
        self.of_name: dict[str, str] = {}
        self.of_host: dict[str, str] = {}
        self.of_case: dict[str, str] = {}
        self.people: dict[str, str] = {}
        self.bodies: dict[str, str] = {}
        self.towns: dict[str, tuple[str, str]] = {}
        guarded: list[str] = []
        for region, told in content["regions"].items():
            self.of_name |= dict.fromkeys((*told["names"], *told.get("guarded", ())), region)
            self.of_host |= dict.fromkeys(told["hosts"], region)
            self.of_case |= dict.fromkeys(told["cases"], region)
            self.people |= dict.fromkeys(told["people"], region)
            self.bodies |= dict.fromkeys(told.get("bodies", ()), region)
            guarded += told.get("guarded", ())
            for entry in told["municipalities"]:
                self._add_town(str(entry), region, content["gradations"])
        self.of_brand = {name.upper(): region for name, region in self.of_name.items()}
        self.town_of_host = {name.translate(_FOLD): region for name, region in self.towns.values() if len(name) > 3}
        free = sorted((n for n in self.of_name if n not in guarded), key=len, reverse=True)
        endings = "|".join(sorted(map(re.escape, self.endings), key=len, reverse=True))
        self.guarded = frozenset(guarded)
        self.authorities = tuple(content["authorities"])
        self.nominatives = frozenset(told["guarded"][0] for told in content["regions"].values() if "guarded" in told)
        # One flat row of names: only so does the pattern skip every small letter at once.
        self.names = re.compile("|".join(map(re.escape, sorted(self.of_name, key=len, reverse=True))))
        self.ending = re.compile(rf"(?:{endings})?(?![\w-]|\.fi)")
        self.words = self._words(free)

    def _add_town(self, entry: str, region: str, gradations: dict[str, str]) -> None:
        name, *stems = [entry] if entry in {"Koski Tl", "Sankt Karins", "S:t Michel"} else entry.split()
        lower = name.lower()
        for last, stem in gradations.items():
            if lower.endswith(last):
                stems.append(lower.removesuffix(last) + stem)
        for stem in (lower, *stems):
            self.towns[stem.lower()] = (lower, region)

    def _words(self, names: list[str]) -> frozenset[str]:
        parts = {part.lower() for name in names for part in name.split() if part not in {"ja", "och"}}
        return frozenset(part + ending for part in parts for ending in ("", *self.endings))

    def is_meant(self, name: str, around: str) -> bool:
        """Whether an ordinary word is meant as a brand: in the nominative only beside a word for the authority."""
        words = self.authorities if name in self.nominatives else self.region_words
        return any(word in around for word in words)

    def municipality(self, word: str) -> tuple[str, str] | None:
        """The municipality (lower case) and its region that a lower-case word is a form of."""
        for length in range(len(word), 1, -1):
            found = self.towns.get(word[:length])
            rest = word[length:]
            if found is not None and (
                not rest or rest in self.endings or rest in {"ten", "essa", "essä", "ella", "ellä", "en"}
            ):
                return found
        return None


@cache
def _book() -> _Book:
    return _Book(vocabulary("places"))
