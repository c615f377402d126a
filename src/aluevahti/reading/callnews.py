"""News about a call: extended, reopened, withdrawn, moved; and how many applied. The words are in windows.yaml. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Final

from aluevahti.model import CallChange, Window
from aluevahti.reading.lexicon import Cue, Lexicon, distance, lowered, places, vocabulary, words_in
from aluevahti.reading.passage import call_places, lexicon
from aluevahti.reading.saying import hangs_on_what_is_left, is_held_after_all
from aluevahti.reading.sentences import holding

_BESIDE: Final = 2  # words: `förlänga den beviljade användningstiden`
_NEAR_WORDS: Final = 5
_PHRASE_NEAR_WORDS: Final = 8
_DENIED_BEFORE: Final = 3  # words: `eivät hae avustusta uudelleen`
_FAR: Final = 1_000_000  # words
_ROUNDS: Final = frozenset({"round", "time", "reopened"})
_POSTPONED: Final = "postponed"
_MONEY_GONE: Final = "money gone"
_APPLICANTS: Final = ("sökande", "hakijoi", "hakijalle")
_NAMED_GRANT: Final = re.compile(r"\b[a-zåäö]+-?avustu(?!smäärä)|[a-zåäö]{3}(?:bidrag|understöd)")
_TO_ITS_VERB: Final = 3  # words from the call: `haku siirtyy`, `ansökan om bidrag skjuts upp`
_TO_ITS_TIME: Final = 4  # words from the verb: `siirtyy toukokuulta syksyyn`


def call_change(title: str, text: str, windows: Iterable[Window] = ()) -> CallChange | None:
    """What a document tells of a call: reopened, extended, cancelled, or new where `windows` has any.

    None where it tells of no call, or of one that is only moved (see `tells_of_a_known_call`).
    Who gets the money (`CallChange.RESULT`) is not judged here.
    """
    found = _changes(title, text)
    windows = tuple(windows)
    if _changes(title, "").keys() == {"cancelled"}:
        return CallChange.CANCELLED  # whatever else the text goes on to tell of other calls
    if _is_reopened(title, found) and (windows or "extended" not in found):
        return CallChange.REOPENED
    if "extended" in found:
        return CallChange.EXTENDED
    if "cancelled" in found and not windows:
        return CallChange.CANCELLED
    return CallChange.NEW if windows and "moved" not in found else None


def tells_of_a_known_call(title: str, text: str) -> bool:
    """Whether a document is news about a call told before: extended, reopened, withdrawn, moved, closed early."""
    found = _changes(title, text)
    return bool(found.keys() - _ROUNDS) or _is_reopened(title, found)


def withdrawal(title: str, text: str) -> str:
    """The sentence that withdraws a call, else that puts it off, one of the text before the title; "" where none does."""
    found = _changes(title, text)
    return found.get("cancelled") or found.get(_POSTPONED, "")


def is_postponed(title: str, text: str) -> bool:
    """Whether a call is put off to days that nobody knows yet: `Haku siirtyy syksyyn`."""
    found = _changes(title, text)
    return _POSTPONED in found and "cancelled" not in found


def _is_reopened(title: str, found: Mapping[str, str]) -> bool:
    """Whether a call is opened again, and not only its next round; `toisen kerran` in the text may be either, so the title tells."""
    if "reopened" not in found or "round" in found:
        return False
    return "time" not in found or "reopened" in _changes(title, "")


def title_tells_of_a_change(title: str) -> bool:
    """Whether a title says that a call told before is extended, withdrawn or moved; `på nytt` alone may be a new round."""
    if not _news_lexicon().has_any(words_in(lowered(title))):
        return False
    return bool(_changes(title, "").keys() - _ROUNDS)


def title_withdraws(title: str) -> bool:
    """Whether a title says that a call is withdrawn."""
    return _news_lexicon().has_any(words_in(lowered(title))) and "cancelled" in _changes(title, "")


_PUTTING_OFF: Final = ("call_itself", "call_put_off", "puts_off", "later_time")
_BESIDE_CHANGES: Final = (
    "end_of_call", "moving", "more_time", "of_a_report", "than_others", "into_a_system", "time_of_use", "one_again", "only_possible", "in_case", "left_over", "of_a_gift", "called_off", "held", "at_the_earliest", *_PUTTING_OFF, "money_itself", "money_gone", "shut", "wished", "not_this_year", "may_withdraw", "of_another_year", "instead",
)  # fmt: skip
_AROUND: Final = frozenset({"call", "denial", *_BESIDE_CHANGES})


@cache
def _change_lexicon() -> Lexicon:
    words = vocabulary("windows")
    return Lexicon(
        words["changes"]
        | {
            "call": [*words["topics"]["call"], *words["call_at_large"]],
            "denial": words["denials"],
            "denied": words["cancelled_if_denied"],
        }
        | {name: words[name] for name in _BESIDE_CHANGES}
    )


@cache
def _news_lexicon() -> Lexicon:
    """The words without one of which a sentence tells no news of a call: a quick look before the close one."""
    words = vocabulary("windows")
    return Lexicon(
        words["changes"]
        | {
            name: words[name]
            for name in ("cancelled_if_denied", "moving", "more_time", "puts_off", "money_gone", "not_this_year")
        }
    )


@lru_cache(maxsize=8)  # a text, its title alone, and the parts of a title
def _changes(title: str, text: str) -> Mapping[str, str]:
    """What a document says of a call, each with the sentence that says it: one of the text, where there is one."""
    whole = f"{title}\n{text}"
    lower = lowered(whole)
    found: dict[str, str] = {}
    for sentence in holding(whole, (0, *places(lower, _more_time_stems()), *call_places(lower))):
        words = words_in(lower, sentence.start, sentence.end)
        if not _news_lexicon().has_any(words):
            continue
        cues = _change_lexicon().cues_of([w for w in words if not w.isdigit()])
        says = set(_changes_in(cues))
        groups = {c.group for c in cues}
        if (
            "more_time" in groups
            and not groups & {"of_a_report", "than_others", "of_a_gift"}
            and (
                _speaks_of_a_call(lower[sentence.start : sentence.end], in_title=sentence.start == 0)
                or ("more_time", 0) in {c[:2] for c in cues}
            )
        ):  # `Lisäaika annettiin, koska lomake ei toiminut`, behind the news of the call
            says.add("extended")
        if _MONEY_GONE in says:
            says.remove(_MONEY_GONE)
            says |= {"cancelled"} if _NAMED_GRANT.search(lower, sentence.start, sentence.end) else set()
        quote = whole[sentence.start : sentence.end].strip()
        for group in says:
            if found.get(group, title) in title:
                found[group] = quote
    if text and any(word in lower for word in vocabulary("windows")["open_now"]):
        found.pop(_POSTPONED, None)  # `Haku siirtyi syksyyn. Nyt haku on käynnissä`
    return MappingProxyType(found)


@cache
def _more_time_stems() -> tuple[str, ...]:
    return tuple(str(entry).strip("*") for entry in vocabulary("windows")["more_time"])


def _changes_in(cues: Sequence[Cue]) -> Iterator[str]:
    """What one sentence says of a call: a word of change counts beside a word of the call."""
    calls = [c for c in cues if c.group in {"call", "round"}]
    denials = [c for c in cues if c.group == "denial"]
    possible = [c for c in cues if c.group == "only_possible"]
    if hangs_on_what_is_left(cues):
        return
    if not possible and {c.group for c in cues} >= {"end_of_call", "moving"}:
        yield "extended"
    groups = {c.group for c in cues}
    plain = not (possible or groups & {"wished", "in_case", "of_another_year"})
    if plain and _puts_off(cues):
        yield _POSTPONED
    if plain and groups >= {"money_itself", "money_gone", "shut"}:
        yield _MONEY_GONE
    if "instead" not in groups and any(
        c.group == "not_this_year" and any(d.first < c.first for d in denials) for c in cues
    ):
        yield "cancelled"
    asked = min((c.first for c in cues if c.group == "wished"), default=len(cues) + _FAR)
    for cue in cues:
        if cue.group == "round":
            yield cue.group
        elif cue.group in _AROUND or all(distance(cue, call) > _reach(cue) for call in calls):
            continue
        elif any(distance(cue, other) <= _PHRASE_NEAR_WORDS for other in possible):
            continue  # `hakuaikaa voidaan tarvittaessa jatkaa`
        elif cue.group in {"moved", "extended"}:
            if not any(_is_of_something_else(cue, other) or _is_the_case(cue, other) for other in cues):
                yield cue.group
        elif cue.group == "reopened":
            if not any(
                other.group == "one_again" and 0 < cue.first - other.last <= _PHRASE_NEAR_WORDS for other in cues
            ) and not any(0 < cue.first - denial.last <= _DENIED_BEFORE for denial in denials):
                yield cue.group
        elif cue.group == "again_each_year":
            yield "time"
        elif cue.group == "cancelled" and any(
            c.group == "may_withdraw" and c.first <= cue.first <= c.last for c in cues
        ):
            continue  # `Du kan återkalla ansökan`
        elif cue.group == "cancelled" and cue.first > asked:
            continue  # `Aloitteessa esitetään, että haku perutaan`
        elif cue.group == "cancelled" and is_held_after_all(cue, cues, calls):
            yield "reopened"
        elif cue.group != "denied":
            yield cue.group
        elif any(0 < cue.first - denial.last <= _NEAR_WORDS for denial in denials):
            yield "cancelled"


def _puts_off(cues: Sequence[Cue]) -> bool:
    """Whether a call itself goes to a later time without a day; not its decisions (`haun päätökset siirtyvät syksyyn`) or its end."""
    told = {name: [c for c in cues if c.group == name] for name in _PUTTING_OFF}
    for verb in told["puts_off"]:
        times = [t for t in told["later_time"] if 0 < t.first - verb.last <= _TO_ITS_TIME]
        if times and any(0 < verb.first - call.last <= _TO_ITS_VERB for call in told["call_itself"]):
            return True
        objects = [call.last for call in told["call_put_off"] if call.first > verb.last]
        if any(time.first - call == 1 for time in told["later_time"] for call in objects):
            return True  # `siirtää toiminta-avustusten haun syksyyn`
    return False


def _is_of_something_else(change: Cue, other: Cue) -> bool:
    """`siirtyy sähköiseen järjestelmään`; `käyttöajan pidennystä`, `förlängd användningstid`, where what is extended stands before the Finnish word, behind the Swedish one."""
    if change.group == "moved":
        return other.group == "into_a_system" and 0 < other.first - change.last <= _NEAR_WORDS
    if other.group == "of_a_gift":
        return True
    return other.group == "time_of_use" and (
        0 < change.first - other.last <= 1 or 0 < other.first - change.last <= _BESIDE
    )


def _is_the_case(change: Cue, other: Cue) -> bool:
    """`Jos hakemuksia tulee vähän, pidennämme hakuaikaa`: what is done in a case that the sentence begins with."""
    return other.group == "in_case" and other.first == 0 and change.first <= _PHRASE_NEAR_WORDS


def _reach(cue: Cue) -> int:
    """How many words from the call a change may be told: further where it is a phrase (`piti päättyä`, `skulle ha stängts`)."""
    return _NEAR_WORDS if cue.first == cue.last else _PHRASE_NEAR_WORDS


def speaks_of_money(lower: str) -> bool:
    """Whether a lower-case text has any word for a grant or funding."""
    return any(word in lower for word in vocabulary("windows")["money"])


def _speaks_of_a_call(lower: str, *, in_title: bool) -> bool:
    """Whether a sentence speaks of grants, or a title of those who apply: in a text they may get more time for much else."""
    return speaks_of_money(lower) or (in_title and any(word in lower for word in _APPLICANTS))


def counts_applications(text: str) -> bool:
    """Whether a text counts the applications that came in: the round it speaks of is over."""
    lower = lowered(text)
    for sentence in holding(text, places(lower, ("hakemu", "haki", "hakijo", "ansökn"))):
        cues = lexicon().cues_of(words_in(lower, sentence.start, sentence.end))
        if any(c.group == "received" for c in cues):
            return True
    return False
