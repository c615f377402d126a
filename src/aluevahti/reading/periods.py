"""What the dates of a text say about applying: opens, closes, over, or something else altogether.

Works sentence by sentence: of the words around a date the nearest topic decides (windows.yaml),
a clause without a topic takes that of the clause before it, a table row that of its heading.
Pure and linear in the length of the text.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Final

from aluevahti.model import Language
from aluevahti.reading.datescan import begins_at
from aluevahti.reading.datetopics import DateTopics
from aluevahti.reading.daytimes import is_of_a_day, time_of
from aluevahti.reading.endless import is_endless
from aluevahti.reading.lexicon import Cue, lowered, places, vocabulary
from aluevahti.reading.otherwords import asked_role, may_be_of_a_call, role_by_stem
from aluevahti.reading.outline import LINES_UP, Outline
from aluevahti.reading.passage import CROSSING, FAR, WITH_FORMS, Item, Passage, call_places, mark, topic
from aluevahti.reading.saying import (
    APPLYING,
    ROLES,
    UNNAMED,
    adds_a_call,
    asks_for_no_grant,
    bounds,
    doubts_about,
    excepts,
    falls_on_a_holiday,
    hangs_on_what_is_left,
    is_an_exception,
    is_as_announced,
    is_moved,
    is_old,
    is_past,
    is_promised,
    is_withdrawn,
    role_of,
    tells_of_latecomers,
)
from aluevahti.reading.sentences import numbers_holding
from aluevahti.reading.spans import DateSpan, RangeSpan
from aluevahti.reading.statements import Statement, is_a_cut_off, over_together

_TAKEN_UP: Final = frozenset({"decision", "handling"})
_SENTENCES_UP: Final = 6
_NEXT_TO: Final = 2.0  # words (see `Passage.cost`)
_ROW_CHARACTERS: Final = 160
_WORDS_BETWEEN: Final = 6  # two days told with one verb
_LISTED: Final = re.compile(r"[.,\s]*(?:(?:ja|sekä|tai|och|samt|eller)\s+)?(?:den\s+)?")


@lru_cache(maxsize=1)
def find_statements(text: str, lang: Language | None = None) -> tuple[Statement, ...]:
    """Every statement of `text` about a time of applying, past ones included, in order."""
    if not call_places(lowered(text)):
        return ()
    return tuple(_Reader(Outline(text, lang)).statements())


class _Reader:
    def __init__(self, outline: Outline) -> None:
        self.outline = outline
        self.topics = DateTopics(outline)
        self._beginnings: dict[int, list[int]] = {}

    def statements(self) -> Iterator[Statement]:
        opening: DateSpan | None = None
        for number in self._telling():
            passage = self.outline.passage(number)
            for s in self._read(number, passage):
                same = s.opens is None and s.closes is not None and _opens_the_same_day(passage)
                opening = s.opens or opening
                yield replace(s, opens=opening) if same else s

    def _telling(self) -> list[int]:
        """The sentences that may say something: they have a date, a clock time, or a word for an endless or ended call."""
        outline, hints = self.outline, vocabulary("windows")["hints"]
        calls = call_places(outline.lower)
        words = [at for begin, end in self._reach_of(calls) for at in places(outline.lower, hints, begin, end)]
        numbers = numbers_holding(outline.sentences, (*outline.item_starts, *outline.time_starts, *words))
        return [n for n in numbers if self._may_be_of_a_call(n, calls)]

    def _reach_of(self, calls: Sequence[int]) -> list[tuple[int, int]]:
        """The stretches of the text outside which no sentence may be of a call, as pairs of offsets."""
        every = self.outline.sentences
        found: list[tuple[int, int]] = []
        for number in numbers_holding(every, calls):
            begin, end = every[number].start, every[min(number + LINES_UP, len(every) - 1)].end
            if found and begin <= found[-1][1]:
                begin, _ = found.pop()
            found.append((begin, end))
        return found

    def _may_be_of_a_call(self, number: int, calls: Sequence[int]) -> bool:
        """Whether a sentence, or what it may take its topic from, has any part of a word for applying."""
        sentence = self.outline.sentences[number]
        short = sentence.end - sentence.start < _ROW_CHARACTERS and sentence.is_whole_line
        short = short or self.outline.cell(number, sentence.start) is not None
        first = self.outline.sentences[max(0, number - (LINES_UP if short else _SENTENCES_UP))]
        at = bisect_left(calls, first.start)
        return at < len(calls) and calls[at] < sentence.end

    # --- one sentence ---------------------------------------------------------------------------

    def _read(self, number: int, passage: Passage) -> Iterator[Statement]:
        if not self.outline.speaks_of_money(passage.sentence) and self._is_about_something_else(number):
            return
        if hangs_on_what_is_left(passage.cues):
            return
        columns = self._columns(number, passage)
        roles = self._roles(number, passage, columns)
        found = [
            s
            for item, role in zip(passage.items, roles, strict=True)
            if (s := self._about(number, passage, item, role)) is not None
        ]
        found = self._with_loose_time(number, passage, found)
        yield from over_together(self._with_continuity(number, passage, found))
        yield from self._call_is_over(passage)

    def _is_about_something_else(self, number: int) -> bool:
        """Whether a sentence that names no grants, or the sentences before it, speak of a post, a tender, a place to study.

        So they do, whatever grants they name, where they seek a person: `Haemme avustuksista vastaavaa asiantuntijaa. Hakuaika on …`
        """
        title = self.outline.passage(0).groups
        if "sought" in title:
            return True
        for before in range(number, max(-1, number - _SENTENCES_UP - 1), -1):
            groups = self.outline.passage(before).groups
            if before < number and self.outline.speaks_of_money(self.outline.sentences[before]):
                return "sought" in groups
            if "topic:elsewhere" in groups and (before == number or "topic:event" not in groups):
                return True  # but not `Ilmoittaudu koulutukseen`, a line before
        return False

    def _columns(self, number: int, passage: Passage) -> dict[int, str]:
        """What the heading of a table says of the dates in a row: `Avustus | Haku alkaa | Haku päättyy`."""
        own = {
            i.start: c.group for i in passage.items for c in self.outline.column(number, i.start) if c.group in ROLES
        }
        if own or not passage.items or not self.outline.is_row(number):
            return own
        if passage.groups & ROLES or any(isinstance(item, RangeSpan) for item in passage.items):
            return {}
        heading = self.outline.heading(number)
        if heading is None or self.outline.is_title(heading.sentence):  # below a title stands the day of the text
            return {}
        roles: list[str] = []
        for cue in heading.cues:
            if cue.group == "topic:decision":
                break
            if cue.group in {"opens", "closes"} and cue.group not in roles:
                roles.append(cue.group)
        return {item.start: role for item, role in zip(passage.items, roles, strict=False)}

    def _about(self, number: int, passage: Passage, item: Item, role: str | None) -> Statement | None:
        clause = passage.clause_of(item.start)
        cues = self._cues_of(number, passage, item)
        late = role == "closes" and tells_of_latecomers(passage, cues, item)
        of_applying = late and APPLYING.intersection(passage.topics(clause))
        stem = role_by_stem(passage, item) if role is None and isinstance(item, DateSpan) else None
        role = role or stem
        if role is None:
            return None
        of = "call" if of_applying else self.topics.of(number, passage, clause, item)
        unnamed = of is None and may_be_of_a_call(self.outline, number, passage, item)
        if not (unnamed or of in APPLYING):
            return None
        near = passage.near(cues, item)
        if "wished" in passage.groups and any(c.group == "would" for c in passage.within(clause)):
            return None
        if near["others_call"] < FAR or asks_for_no_grant(passage, cues, item) or falls_on_a_holiday(passage, item):
            return None
        if not late and near["not_applying"] < CROSSING:
            return None
        if role == "opens" and near["begins_what_is_paid"] < _NEXT_TO:
            return None
        opens, closes = bounds(item, role)
        time = time_of(self.outline, closes or opens)
        if time is not None and time.until is not None:  # a day with a span of hours is a meeting or an info session
            return None
        since = role == "opens" and near["open_since"] < FAR
        past = not late and not since and is_past(near)
        lone_end = closes is not None and opens is None
        taken_up = lone_end and not _TAKEN_UP.isdisjoint(passage.topics(clause))
        return Statement(
            start=item.start, end=item.end, sentence=passage.sentence, opens=opens, closes=closes,
            closes_time=time if closes else None, types=self._types_of(number, passage, item),
            at_large=self.topics.is_at_large(number, passage), past=past, old=is_old(passage, cues, item, near, role) or is_withdrawn(passage, clause), announced=is_as_announced(passage, item), promised=is_promised(passage, item), opened=since or near["opened"] < near["present"],
            moved=is_moved(passage, clause, item), day_before=closes is not None and time is None and self._is_before(closes), every="every" in passage.groups, decided="decided" in passage.groups and len(passage.items) == 1, apart=is_an_exception(passage, item) or "own_group" in passage.groups or adds_a_call(passage),
            however=lone_end and not taken_up and near["however"] < FAR, for_a_meeting=taken_up, heading=self.outline.grant_heading(number), applicants=_applicants_of(passage, clause, item),
            doubts=(*doubts_about(passage, near, item, proposed=self.outline.is_proposed(number)), *((UNNAMED,) if unnamed or stem else ())),
        )  # fmt: skip

    def _cues_of(self, number: int, passage: Passage, item: Item) -> tuple[Cue, ...]:
        """The words that may say what a date is: those of its clause, or of its cell where a heading stands over that."""
        cell = self.outline.cell(number, item.start)
        if cell is not None and self.outline.column_topic(number, item.start):
            return passage.cues_between(*cell)
        return passage.within(passage.clause_of(item.start))

    def _roles(self, number: int, passage: Passage, columns: dict[int, str]) -> list[str | None]:
        """Whether each day is a first or a last one: by the words beside it, else its column, else the day before it."""
        found: list[str | None] = []
        told: str | None = None
        for at, item in enumerate(passage.items):
            own = role_of(passage, self._cues_of(number, passage, item), item) or self._role_around(
                number, passage, item
            )
            told = own or (told if told and self._goes_on(passage, at) else None)
            found.append(own or columns.get(item.start) or told)
        return self._with_shared_word(passage, found)

    def _role_around(self, number: int, passage: Passage, item: Item) -> str | None:
        """What a day is of which the words beside it say nothing: the only one of a row that begins with it, or of an answer."""
        if len(passage.items) > 1:
            return None
        if passage.groups & ROLES:
            told = {group.removesuffix("_after") for group in passage.groups & ROLES}
            if len(told) == 1 and begins_at(self.outline.lower, item.start) == passage.sentence.start:
                return told.pop()
        return asked_role(self.outline, number)

    def _with_shared_word(self, passage: Passage, roles: list[str | None]) -> list[str | None]:
        """Of a list of days with one word behind the last: `15.1., 15.4. ja 15.8. mennessä`."""
        for at in range(len(roles) - 2, -1, -1):
            item, following = passage.items[at], passage.items[at + 1]
            days = isinstance(item, DateSpan) and isinstance(following, DateSpan)
            if days and roles[at] is None and roles[at + 1] == "closes" and self._is_listed(item, following):
                roles[at] = "closes"
        return roles

    def _goes_on(self, passage: Passage, at: int) -> bool:
        """`Toiminta-avustuksissa hakuaika päättyy 24.11., kumppanuusavustuksissa 5.1.`: the verb is told of the first only.

        So it is of a list of days (`määräajat ovat 15.1., 15.4. ja 15.8.`) and of what stands against a day that is denied.
        """
        before, item = passage.items[at - 1], passage.items[at]
        if isinstance(item, RangeSpan) or isinstance(before, RangeSpan):
            return False
        between = passage.cues_between(before.end, item.start)
        topics = [t for c in between if (t := topic(c))]
        own = any(c.group in {"opens", "closes", "past", "present", "denied"} for c in between)
        if own or passage.words_between(before.end, item.start) > _WORDS_BETWEEN or not APPLYING.issuperset(topics):
            return False
        listed = self._is_listed(before, item) or any(c.group == "instead" for c in between)
        return listed or bool(topics or self.outline.types(before.end, item.start))

    def _list_beginnings(self, passage: Passage) -> list[int]:
        """For each date the number of the first one of its list, of which the types are told: `kerta-avustuksen 1.–15.3. sekä 1.–15.9.`"""
        if passage.sentence.start not in self._beginnings:
            found: list[int] = []
            for at, item in enumerate(passage.items):
                before = passage.items[at - 1]
                goes_on = at and self._is_listed(before, item) and not self.outline.types(before.start, item.start)
                found.append(found[-1] if goes_on else at)
            self._beginnings[passage.sentence.start] = found
        return self._beginnings[passage.sentence.start]

    def _is_listed(self, before: Item, item: Item) -> bool:
        """Whether a date is the next one of a list."""
        return _LISTED.fullmatch(self.outline.lower, before.end, item.start) is not None

    # --- types and times ---------------------------------------------------------------------------

    def _types_of(self, number: int, passage: Passage, item: Item) -> frozenset[str]:
        """The types nearest to a date: named before it, else behind it, else earlier, else in a heading."""
        label = self.outline.cell(number, passage.sentence.line.start)
        if label and label.end < item.start and (types := self.outline.types(*label)):
            return types
        if label and (types := self.outline.column_types(number, item.start)):
            return types
        clause = passage.clause_of(item.start)
        begin, end = passage.clauses[clause]
        first = bisect_left(passage.item_starts, begin)
        starts = passage.item_starts[first : bisect_left(passage.item_starts, end)]
        place = bisect_left(starts, item.start)
        in_list = starts[place : place + 1] == [item.start]  # else it is the place of a word and no date
        if not in_list:
            starts.insert(place, item.start)
        stops = [*starts, end]
        behind_first = self.outline.types(starts[0], stops[1])
        colon = ":" in self.outline.lower[starts[0] : stops[1]] and place > 0
        if len(starts) > 1 and behind_first and not colon and not self.outline.types(begin, starts[0]):
            return self.outline.types(item.start, stops[place + 1])  # every date stands before its type
        if in_list:
            place = max(self._list_beginnings(passage)[first + place] - first, 0)
        if before := self.outline.types(starts[place - 1] if place else begin, starts[place]):
            return before
        if not place and behind_first and (len(starts) > 1 or not excepts(passage, item)):
            return behind_first
        for low, high in ((begin, starts[0]), *reversed(passage.clauses[:clause])):
            if types := self.outline.types(low, high):
                return types
        return frozenset() if "own_group" in passage.groups else self.outline.types_around(number)

    def _is_before(self, day: DateSpan) -> bool:
        """Whether a last day is told as the one that comes too late: `ennen 1.4.`, `före den 1 april`."""
        start = begins_at(self.outline.lower, day.start)
        return self.outline.lower.endswith((" ennen ", " före "), 0, start)

    def _with_loose_time(self, number: int, passage: Passage, found: list[Statement]) -> list[Statement]:
        """Gives a deadline the clock time that is told elsewhere in its sentence, or tells the time alone."""
        taken = {s.closes_time.start for s in found if s.closes_time}
        times = [
            t for t in self.outline.times_of(passage.sentence)
            if t.until is None and t.start not in taken and not is_of_a_day(self.outline, t)
        ]  # fmt: skip
        if len(times) != 1:
            return found
        spot = mark(times[0].start, times[0].end)
        clause = passage.clause_of(spot.start)
        if role_of(passage, passage.within(clause), spot) != "closes":
            return found
        ends = [s for s in found if s.closes is not None and not s.past and not s.old]
        if len(ends) > 1 and "every" in passage.groups:
            return [replace(s, closes_time=s.closes_time or times[0]) if s in ends else s for s in found]
        if ends and ends[-1].closes_time is None:
            return [replace(s, closes_time=times[0]) if s is ends[-1] else s for s in found]
        of = self.topics.of(number, passage, clause, spot)
        of_every = of is None and "every" in passage.groups and not passage.topics() and "refers_back" in passage.groups
        if passage.items or not (of in APPLYING or of_every):
            return found
        if "last_day" in passage.groups and not WITH_FORMS.isdisjoint(passage.topics(clause)):
            return found  # `Puhelinneuvontaa saa viimeisenä hakupäivänä klo 14 asti`
        every = not passage.groups.isdisjoint({"every", "last_day"})
        types = self.outline.types(passage.sentence.start, passage.sentence.end) if every else frozenset[str]()
        time = Statement(
            start=spot.start,
            end=spot.end,
            sentence=passage.sentence,
            closes_time=times[0],
            types=types,
            every=every,
            heading=self.outline.grant_heading(number),
        )
        return [*found, time]

    # --- calls without an end, calls that are over -------------------------------------------------------

    def _with_continuity(self, number: int, passage: Passage, found: list[Statement]) -> list[Statement]:
        for cue in passage.cues:
            if cue.group != "continuous":
                continue
            spot = mark(passage.start_of(cue), passage.end_of(cue))
            clause = passage.clause_of(spot.start)
            if not is_endless(self.outline, number, passage, spot):
                continue
            low, high = passage.clauses[clause]
            bounds = [s for s in found if low <= s.start < high and not s.past]
            bounds = bounds or [
                s for s in found if s.start >= high and ((s.opens and s.closes) or s.however) and not s.past
            ]
            bounds = bounds or [s for s in found if s.opens and not (s.closes or s.past)]
            own = bounds[0] if len(bounds) == 1 and self._is_one_call(bounds[0], spot) else None
            within = self.outline.types(spot.start, spot.end)  # `kerta-avustuksia jatkuvasti`
            types = own.types if own else within or self._types_of(number, passage, spot)
            endless = Statement(
                start=spot.start, end=spot.end, sentence=passage.sentence, continuous=True, types=types,
                opens=own.opens if own else None, closes=own.closes if own and not (own.closes and own.closes.month_end) else None,
                doubts=doubts_about(passage, passage.near(passage.within(clause), spot), spot, proposed=self.outline.is_proposed(number)),
            )  # fmt: skip
            return [*(s for s in found if s is not own and not is_a_cut_off(s, endless)), endless]
        return found

    def _is_one_call(self, dated: Statement, spot: DateSpan) -> bool:
        """Whether a period and a `continuous` beside it are told of the same grants."""
        if dated.start < spot.start:
            return self.outline.types(dated.end, spot.end) <= (frozenset() if dated.closes else dated.types)
        return not self.outline.types(spot.end, dated.start)

    def _call_is_over(self, passage: Passage) -> Iterator[Statement]:
        """`Haku on päättynyt` without a date: the period told just before is over."""
        for cue in passage.cues:
            if cue.group == "over" and not passage.items:
                at = passage.start_of(cue)
                types = self.outline.types(passage.sentence.start, passage.sentence.end)
                yield Statement(start=at, end=at, sentence=passage.sentence, types=types, past=True)


def _applicants_of(passage: Passage, clause: int, item: Item) -> frozenset[str]:
    """Who is told to apply by a day: named before it, and behind the day before that."""
    begin, _ = passage.clauses[clause]
    at = bisect_left(passage.item_starts, item.start)
    return passage.applicants(max(begin, passage.items[at - 1].end) if at else begin, item.start)


def _opens_the_same_day(passage: Passage) -> bool:
    """`Kumppanuusavustusten haku alkaa samana päivänä`: on the first day told before."""
    return passage.groups >= {"same_day", "opens"}
