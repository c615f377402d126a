"""The meeting that a document reports: its body, its day, the item's number.

The head of the page tells it (CaseM: `Aluehallitus, kokous 11.3.2024`; Dynasty: `Pöytäkirja
11.03.2024/Pykälä 96`; Helsinki: `17. / 873 §`; TWeb: `Aluehallitus: 4/2026`), never a handling that
the text goes on to cite. A page of Dynasty may hold the handlings of several bodies; only its own counts.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from aluevahti.reading.dateshapes import in_figures
from aluevahti.reading.headshapes import (
    ABOUT_ANOTHER,
    AGENDA_WORD,
    DATE,
    FIRST_FIGURE,
    PAPER,
    PAPER_WORDS,
    SECTION,
    day_of,
    is_digest,
    number_of,
)
from aluevahti.reading.organs import find_organs, organ_line
from aluevahti.reading.page import Page, Section, Sentence
from aluevahti.reading.spans import as_date
from aluevahti.reading.titledheads import Titled

_HEAD_SENTENCES: Final = 45
_NUMBER: Final = r"(?:pykälä|asianro|asia nro|asia|§|paragraf|ärendenummer|ärendenr|ärende)"
_DYNASTY: Final = re.compile(
    rf"^(?P<organ>.*?)\s*\b(?:{PAPER})\s+{DATE}(?:\s*[/,]?\s*{_NUMBER}\s*(?P<section>\d+)|\s*[/,]?\s*(?P<after>\d{{1,4}})\s*§|(?=\s|$))"
)
_TERM: Final = r"(?:\s+\d{1,2}\.\d{1,2}\.\d{4}\s+(?:saakka|asti|alkaen|lähtien))?"  # while the body lasts
_CASEM: Final = re.compile(rf"^(?P<organ>.{{3,120}}?){_TERM},?\s+(?:[-–]\s+)?(?:kokous|möte|sammanträde)\s+{DATE}")
_WHOLE: Final = re.compile(rf"^(?P<organ>.{{3,120}}?),?\s+{DATE}\s+(?:{PAPER})\s*$")
_ITEM: Final = re.compile(
    rf"^(?P<organ>.{{3,120}}?)\s+(?:(?:§|kohta)\s*(?P<before>\d+)\s+{DATE}|"
    r"(?P<day2>\d{1,2})\.(?P<month2>\d{1,2})\.(?P<year2>\d{4})\s*,?\s*§\s*(?P<after>\d+))\s*$"
)
_PAPERS: Final = ("lista", "kokouskutsu", "kallelse", "pöytäkirja", "protokoll")
_DAY_OR_NUMBER: Final = re.compile(r"\d(?:[.-]\s?\d{1,2}[.-]\s?\d{4}|/20\d\d)")  # without one no line is a paper's
_ANY_DATE: Final = re.compile(rf"(?<![\d.]){DATE}")
_ANY_SECTION: Final = re.compile(r"§\s*(\d{1,4})|(?<![\d./])(\d{1,4})\s*§")
_MEETING_NUMBER: Final = re.compile(r"(?<![\d.])\d{1,3}/20\d\d\b")
_HELSINKI: Final = re.compile(
    r"^(?:(?:asia|kohta|ärende|case)\s+\d{1,3}\.?\s*[/,]?\s*|\d{1,3}\.?\s*/\s*)(?:(?P<before>\d+)\s*§|§\s*(?P<after>\d+))"
)
_BOOK: Final = re.compile(
    rf"^(?:[^\W\d_]+\s+(?:kaupunki|kunta|stad|kommun),?\s+|.{{0,60}}hyvinvointialue,?\s+)?(?:{PAPER})(?:\s+\d{{1,3}}(?:/\d{{4}})?)?(?:\s+\d{{1,3}}\s\(\d{{1,3}}\))?$"
)
_AGENDA_NUMBER: Final = re.compile(r"^(?:asia|kohta|ärende)(?:nro|nr)?\.?\s+(?P<section>\d{1,3})\.?$")
_OLD_NUMBER: Final = re.compile(r"^(?P<section>\d{1,3})\s+[a-zåäö]")
_DAY_LINE: Final = re.compile(
    rf"^(?:kokousaika|kokouspäivä|kokous|aika|päivämäärä|tid|mötestid|mötesdatum|mötesdag|möte|sammanträdesdatum|sammanträdestid|sammanträde|datum|kokouspvm|pvm)?\s*:?\s*{DATE}(?:\s*,?\s*(?:klo|kello|kl\.?)?\s*\d.*)?$"
)
_DAY_AND_SECTION: Final = re.compile(
    rf"^(?:(?:kokous|kokouspäivä|möte|sammanträde)\s+)?(?:(?:§\s*(?P<before>\d{{1,4}})|(?P<after>\d{{1,4}})\s*§)\s*[,/|]?\s*)?{DATE}(?:\s*[,/|]?\s*§\s*(?P<section>\d{{1,4}}))?(?=\s|$)"
)
_OF_A_BODY: Final = re.compile(
    rf"^(?P<organ>.{{3,120}}?[ns])\s+(?:kokous|möte|sammanträde|{PAPER})(?:\s+(?P<meeting>\d{{1,3}}/\d{{4}}))?(?:,?\s+{DATE})?(?=[\s,]|$)"
)
_PAPER_OF_A_BODY: Final = re.compile(
    rf"^(?:{PAPER})\s+(?P<meeting>\d{{1,3}}/\d{{4}},?\s+)?(?:från\s+|fört\s+vid\s+)?(?P<organ>.{{3,120}}?[ns])\s+(?:kokouksesta|möte|sammanträde)\s+{DATE}"
)
_LABEL_ALONE: Final = re.compile(
    r"^(?:kokousaika|kokouspäivä|pykälä|sammanträdestid|sammanträdesdatum|paragraf|§)\s*:?$"
)
_BODY_LABEL: Final = re.compile(
    r"^(?:toimielin|päättävä toimielin|organ|beslutsorgan|beslutande organ)\s*:\s*", re.IGNORECASE
)
_STEP: Final = re.compile(r"\s[|›>»/]\s")
_MEETING_WORDS: Final = ("kokous", "möte", "sammanträde")
_REVIEWED: Final = re.compile(
    r"^(?:pöytäkirja on (?:tarkastettu|tarkastamaton|allekirjoitettu)|pöytäkirjaa ei ole|protokollet är (?:granskat|justerat|ogranskat|ojusterat))"
)
_NEWS_LINE: Final = re.compile(r"(?:uutinen|uutiset|tiedote|mediatiedote|nyhet|nyheter|pressmeddelande)\Z")
_TABLE_HEAD: Final = re.compile(r"§.{0,9}(?:kokouspvm|kokouspäivä|päivämäärä|pvm|datum|mötesdag)")
_TABLE_ROW: Final = re.compile(  # below it: a body, its §, its day, the number of the matter; the cells may have no blank between them
    r"^(?P<organ>\D{3,120}?)[\s|]*(?P<section>\d{1,3}?)[\s|]*(?P<day>\d\d)\.(?P<month>\d\d)\.(?P<year>\d{4})[\s|\d]*$"
)
_CASE_NUMBER: Final = re.compile(r"^(?:[a-zåäö]{2,10}dno-\d{4}-\d+|\d{1,6}/[\d.]{4,}/\d{4}|hel \d{4}-\d{6}.*)$")


@dataclass(frozen=True, slots=True)
class Head:
    """What the head of a page of minutes or of an agenda tells.

    Attributes:
        organ: in the nominative, lower case.
        agenda: the paper says that it is an agenda.
        start, end: the part of the page's text that belongs to this meeting.
    """

    organ: str | None
    held_on: dt.date | None
    section: int | None
    agenda: bool
    start: int
    end: int


def find_head(page: Page, titled: Titled | None = None) -> Head | None:
    """The head of a page of minutes or of an agenda; None for any other document.

    News that list a meeting's decisions have the shape of minutes and are none. `titled`: the head that the title told.
    """
    if is_digest(page.headline.lower):
        return None
    reader = _Reader()
    reader.certain = titled is not None
    for sentence in page.sentences[:_HEAD_SENTENCES]:
        if reader.certain and sentence.section in {Section.GROUNDS, Section.PROPOSAL, Section.DECISION}:
            break
        reader.take(sentence)
    if titled is not None:
        reader.organ, reader.held_on = titled.organ, titled.held_on or reader.held_on
        reader.section = reader.section if titled.section is None else titled.section
        reader.agenda = reader.agenda or titled.agenda
    if not (reader.certain or _has_shape(page, reader)):
        return None
    if (
        reader.held_on is None
        and reader.section is None
        and any(_NEWS_LINE.match(s.lower) for s in page.sentences[1:4])
    ):
        return None
    start, end = _own_part(page, reader.held_on, reader.section)
    return Head(reader.organ, reader.held_on, reader.section, reader.agenda, start, end)


def day_of_meeting(line: str) -> dt.date | None:
    """The day that a whole line (lower case) tells of a meeting: `kokousaika: 20.8.2013 klo 16.15`."""
    m = _DAY_LINE.match(in_figures(line))
    return as_date(int(m["year"]), int(m["month"]), int(m["day"])) if m else None


def case_number(sentence: Sentence) -> bool:
    """Whether a line is a case number and nothing else."""
    lower = sentence.lower
    return (lower[-1:].isdecimal() or lower.startswith("hel ")) and _CASE_NUMBER.match(lower) is not None


def _day_met(line: str, *, below_a_body: bool) -> dt.date | None:
    """The day of a line that says that a body met on it: `kokous 23.10.2023 klo 13.00`, below its name the day alone."""
    return day_of_meeting(line) if below_a_body or line.startswith(_MEETING_WORDS) else None


def _body_alone(sentence: Sentence) -> str | None:
    """The body that a line names and nothing else, with or without a label: `Toimielin: Aluehallitus`."""
    label = _BODY_LABEL.match(sentence.text)
    return organ_line(sentence.text[label.end() :]) if label else sentence.body_alone


class _Reader:
    """Takes the sentences of a page's head one by one and keeps what the first of each kind tells."""

    def __init__(self) -> None:
        self.organ: str | None = None
        self.held_on: dt.date | None = None
        self.section: int | None = None
        self.agenda = False
        self.certain = False
        self.formal = False  # a review note or a case number was seen
        self._last_organ: str | None = None
        self._book = False  # "Helsingin kaupunki, Pöytäkirja 4"
        self._on_agenda = False  # the number is that of the agenda, until a § is told
        self._met = False  # a body, and the day on which it met
        self._body_above = False  # the last line was the name of a body
        self._label = ""  # the last line was a label, its value stands below
        self._table = False  # the last line is the head of a table: `Turun kaupunki | § | Kokouspvm | Asia`
        self._listed = False  # the last line told a body with its § and day

    def take(self, sentence: Sentence) -> None:
        if len(sentence.lower) > 200:
            return
        if _LABEL_ALONE.match(sentence.lower):
            self._label = f"{sentence.lower} "
            return
        lower, self._label = in_figures(self._label + sentence.lower), ""
        listed, self._listed = self._listed, False
        below, self._table = self._table, _TABLE_HEAD.search(lower) is not None
        if below and (m := _TABLE_ROW.match(lower)) and (organ := organ_line(m["organ"])):
            self._keep(m.groupdict(), organ)
            return
        if listed and (m := _ITEM.match(lower)) and self._is_later(m.groupdict()):
            self.organ = self.held_on = self.section = None  # the handlings are listed, the page's own is the last
        if not (_DAY_OR_NUMBER.search(lower) and self._paper(lower)):
            self._other(sentence, lower)

    def _paper(self, lower: str) -> bool:
        for pattern in (_DYNASTY, _CASEM, _WHOLE, _ITEM) if _names_a_paper(lower) else (_CASEM, _ITEM):
            m = pattern.match(lower)
            if m is None:
                continue
            told = m.groupdict()
            if told["organ"] and ABOUT_ANOTHER.search(told["organ"]):
                return False
            organ = organ_line(told["organ"].rstrip(" /|–-")) if told["organ"] else None
            if organ is None and pattern is not _DYNASTY:
                continue
            if organ is None and told["organ"] and (not self._last_organ or find_organs(told["organ"])):
                continue  # a link to minutes: `Vammaisneuvoston kokouksen pöytäkirja 28.11.2022`
            self._keep(told, organ or self._last_organ)
            self._listed = pattern is _ITEM
            return True
        return self._loose(lower)

    def _is_later(self, told: dict[str, str | None]) -> bool:
        day = day_of(told)
        return day is not None and self.held_on is not None and day > self.held_on

    def _loose(self, lower: str) -> bool:
        """A line that names a body, then a day or the meeting's number in whatever order, and no prose."""
        m = FIRST_FIGURE.search(lower)
        if m is None or len(lower) > 120:
            return False
        if ABOUT_ANOTHER.search(lower[: m.start()]):
            return False
        named = PAPER_WORDS.sub(" ", lower[: m.start()]).strip(" ,:-–|›>»/")
        organ = organ_line(_STEP.split(named)[-1])  # of a path, `hyvinvointialue | aluehallitus`, the last step
        rest = lower[m.start() :]
        date = _ANY_DATE.search(rest)
        if organ is None or (date is None and not _MEETING_NUMBER.search(rest)):
            return False
        if len(re.sub(r"[\W\d]", "", PAPER_WORDS.sub("", rest))) > 3:
            return False
        section = _ANY_SECTION.search(rest)
        told = {"agenda": AGENDA_WORD.search(lower) and "agenda", "section": section and (section[1] or section[2])}
        self._keep((date.groupdict() if date else {}) | told, organ)
        return True

    def _keep(self, told: dict[str, str | None], organ: str | None) -> None:
        number = number_of(told)
        if self.certain and self.organ is not None and organ != self.organ:
            return  # an earlier handling that the page cites
        self.certain = True
        self.organ = self.organ or organ
        self.agenda = self.agenda or bool(told.get("agenda"))
        if self.section is None and number:
            self.section = int(number)
        self.held_on = self.held_on or day_of(told)

    def _other(self, sentence: Sentence, lower: str) -> None:
        below, self._body_above = self._body_above, False
        if m := _HELSINKI.match(lower):
            self.section, self.certain, self._book = int(m["before"] or m["after"]), True, True
        elif self._last_organ and (m := _DAY_AND_SECTION.match(lower)) and number_of(m.groupdict()):
            self._keep(m.groupdict(), self._last_organ)
        elif m := SECTION.match(lower):
            if self.section is None or self._on_agenda:
                self.section, self._on_agenda = int(m["before"] or m["after"]), False
            self.certain = self.certain or self._met
            if self._book and self.organ is None and self._last_organ:  # the body stood above the word for minutes
                self.organ, self.certain = self._last_organ, True
        elif _names_a_paper(lower) and (m := _BOOK.match(lower)):
            self._book = True
            self.agenda = self.agenda or bool(m["agenda"])
        elif self.section is None and (m := self._numbered(lower)):
            self.section, self._on_agenda = int(m["section"]), True
        elif self.held_on is None and self._is_an_item and (day := day_of_meeting(lower)):
            self.held_on = day
        elif self.held_on is None and self._last_organ and (day := _day_met(lower, below_a_body=below)):
            self.organ, self.held_on, self._met = self._last_organ, day, True
        elif self.held_on is None and sentence.section is not Section.TITLE and (organ := self._of_a_body(lower)):
            self._last_organ = organ
        elif _REVIEWED.match(lower) or _CASE_NUMBER.match(lower):
            self.formal = True
        elif sentence.section is not Section.TITLE and (organ := _body_alone(sentence)):
            self._last_organ, self._body_above = organ, True
            if self.organ is None and (self._book or self.certain):
                self.organ, self.certain = organ, True

    def _numbered(self, lower: str) -> re.Match[str] | None:
        """The number of an item of an agenda; in a book of minutes, also one that only stands before the title."""
        agenda = _AGENDA_NUMBER.match(lower) if self._book or self.agenda else None
        return agenda or (_OLD_NUMBER.match(lower) if self._book else None)

    def _of_a_body(self, lower: str) -> str | None:
        """The body of `aluehallituksen kokous 12.1.2026`; it and its day count once a § follows."""
        for m in filter(None, (pattern.match(lower) for pattern in (_OF_A_BODY, _PAPER_OF_A_BODY))):
            organ = organ_line(m["organ"], inflected=True)
            if organ and (m["day"] or m["meeting"]):
                self.organ, self.held_on, self._met = organ, day_of(m.groupdict()), True
                return organ
        return None

    @property
    def _is_an_item(self) -> bool:
        return self.certain or self._book or (self.section is not None and self._last_organ is not None)

    @property
    def organ_above(self) -> str | None:
        return self._last_organ


def _names_a_paper(lower: str) -> bool:
    """Whether a line has any word for minutes or an agenda: a quick look before the close one."""
    return any(word in lower for word in _PAPERS)


def _has_shape(page: Page, reader: _Reader) -> bool:
    """Minutes without a head: a § and a review note, or the headings of an item."""
    numbered = reader.section is not None and SECTION.match(page.headline.lower) is not None
    if numbered and (reader.formal or reader.organ_above or page.headings):
        reader.organ = reader.organ or reader.organ_above
        return True
    decided = page.has(Section.DECISION) or page.has(Section.PROPOSAL)
    return decided and (page.has(Section.GROUNDS, Section.PREPARATION, Section.HISTORY) or reader.formal)


def _own_part(page: Page, held_on: dt.date | None, section: int | None) -> tuple[int, int]:
    """Where the handling by the head's own body begins and ends, on a page that holds several."""
    blocks = list(_blocks(page.sentences))
    for index, (start, day, number) in reversed(list(enumerate(blocks))):  # a list of handlings names it before
        if len(blocks) > 1 and day == held_on and (section is None or number == section):
            following = blocks[index + 1][0] if index + 1 < len(blocks) else len(page.text)
            return start, following
    return 0, len(page.text)


def _blocks(sentences: Iterable[Sentence]) -> Iterable[tuple[int, dt.date | None, int]]:
    for sentence in sentences:
        if len(sentence.text) > 140 or "§" not in sentence.text or sentence.section is Section.HISTORY:
            continue
        m = _ITEM.match(sentence.lower)
        if m is not None:
            year, month, day = (m[part] or m[part + "2"] for part in ("year", "month", "day"))
            yield sentence.start, as_date(int(year), int(month), int(day)), int(m["before"] or m["after"])
