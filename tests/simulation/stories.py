"""What happens in one region in a year, and what has to be told of it.

A story publishes documents on the region's channels and writes down the truth at the same time: which
application window each document tells of, which status value it proves. Meetings come first on a calendar
of their own; stories put their items on them.
"""

from __future__ import annotations

import datetime as dt
import random  # noqa: TID251 - a year is drawn from its seed
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from zoneinfo import ZoneInfo

from meetingsites import Item, Meeting
from simulation import saying
from simulation.books import Books, Stated
from simulation.saying import Organ, Span, Voice
from simulation.sites import Article, CaseM, Dynasty, Newsroom, Paper, Pressroom, StandingPage

ZONE = ZoneInfo("Europe/Helsinki")
DAY = dt.timedelta(days=1)


@dataclass(slots=True)
class Sitting:
    """A meeting that is still being prepared: items are put on it until the year is written out."""

    organ: Organ
    held_on: dt.date
    items: list[tuple[Item, str]] = field(default_factory=list)  # as proposed, and what is decided
    marks: list[Mark] = field(default_factory=list)

    @property
    def agenda_at(self) -> dt.datetime:
        return moment(self.held_on - 5 * DAY, 12)

    def minutes_at(self, rng: random.Random) -> dt.datetime:
        return moment(self.held_on + rng.randint(2, 7) * DAY, 10)


@dataclass(frozen=True, slots=True)
class Mark:
    """What an item means: whether it is relevant, and what it proves once it is on the agenda or decided."""

    place: int
    relevant: bool | None
    on_agenda: Sequence[Stated] = ()
    decided: Sequence[Stated] = ()


def moment(day: dt.date, hour: int, minute: int = 0) -> dt.datetime:
    """A moment in Helsinki."""
    return dt.datetime.combine(day, dt.time(hour, minute), ZONE)


@dataclass(slots=True)
class Region:
    """One region: its channels, its meetings, and the books of what has to be told."""

    code: str
    rng: random.Random
    start: dt.date
    end: dt.date
    books: Books
    newsroom: Newsroom
    page: StandingPage
    meetings: Dynasty | CaseM
    pressroom: Pressroom | None
    languages: Sequence[str]
    council: Organ = saying.COUNCIL
    board: Organ = saying.BOARD
    committee: Organ = saying.COMMITTEES[0]
    sittings: list[Sitting] = field(default_factory=list)
    numbers: int = 0
    edits: list[tuple[dt.datetime, str, str | None]] = field(default_factory=list)  # of the standing page's lines

    def __post_init__(self) -> None:
        if self.code == "helsinki":
            self.council, self.board = saying.CITY_COUNCIL, saying.CITY_BOARD
        self.committee = self.rng.choice(saying.COMMITTEES)

    # --- publishing ------------------------------------------------------------------------------

    def voice(self, day: dt.date, lang: str = "fi") -> Voice:
        return Voice(self.rng, lang, self.code, day)

    def hour(self, day: dt.date) -> dt.datetime:
        """Some moment of a working day: before the morning's check or after it."""
        return moment(day, self.rng.choice([7, 8, 13, 15]), self.rng.choice([0, 15, 30, 45]))

    def slug(self, title: str) -> str:
        self.numbers += 1
        plain = title.lower().translate(str.maketrans("äöå ", "aoa-"))
        return f"{''.join(each for each in plain if each.isalnum() or each == '-')[:50]}-{self.numbers}"

    def article(self, title: str, paragraphs: Iterable[str], at: dt.datetime, lang: str = "fi") -> Article:
        check = self.books.check_at(at)
        broken = (
            check if self.rng.random() < 0.01 and check and check > 1 else None
        )  # not while all is read for the first time
        return Article(
            slug=self.slug(title), title=title, paragraphs=tuple(paragraphs), at=at, lang=lang, broken_at=broken
        )

    def news(
        self,
        article: Article,
        relevant: bool | None,
        stated: Sequence[Stated] = (),
        twins: Sequence[tuple[str, int | None]] = (),
    ) -> None:
        """Publish a piece of news; `twins` are addresses and checks of what tells the same elsewhere."""
        self.newsroom.publish(article)
        seen = self.books.seen(self.newsroom, article.at)
        if seen is not None and seen == article.broken_at:
            seen = self.books.next_good(self.newsroom, seen)
        self.books.document(self.code, [(self.newsroom.address(article), seen), *twins], article.title, relevant)
        self.books.state(stated, seen)

    def release(self, article: Article, stated: Sequence[Stated] = ()) -> tuple[str, int | None]:
        """Publish a press release; its address and the check at which it is seen."""
        assert self.pressroom is not None
        url = self.pressroom.publish(replace(article, broken_at=None))
        seen = self.books.seen(self.pressroom, article.at)
        self.books.state(stated, seen)
        return url, seen

    # --- meetings --------------------------------------------------------------------------------

    def plan_meetings(self) -> None:
        """Put the year's meetings on the calendar, those of the weeks before the start included."""
        first = self.start - 40 * DAY
        monday = first + (7 - first.weekday()) * DAY
        for week in range((self.end - monday).days // 7):
            day = monday + week * 7 * DAY
            if day.month == 7:
                continue
            if week % 2 == 0:
                self.sittings.append(Sitting(self.board, day))
            if week % 4 == 1:
                self.sittings.append(Sitting(self.committee, day + 2 * DAY))
            if week % 7 == 3:
                self.sittings.append(Sitting(self.council, day + DAY))

    def sitting(self, organ: Organ, after: dt.date) -> Sitting | None:
        """The organ's first meeting whose agenda comes out after a day."""
        return next((one for one in self.sittings if one.organ is organ and one.held_on - 6 * DAY > after), None)

    def put(self, sitting: Sitting, item: Item, decision: str, mark: Mark) -> None:
        sitting.items.append((item, decision))
        sitting.marks.append(replace(mark, place=len(sitting.items) - 1))

    def hold_meetings(self) -> None:
        """Fill every meeting up with everyday items, publish its papers and book them."""
        section = 10
        for number, sitting in enumerate(sorted(self.sittings, key=lambda one: one.held_on), start=101):
            everyday = [self._everyday(sitting) for _ in range(self.rng.randint(2, 4))]
            lines = [*everyday[:2], *sitting.items, *everyday[2:]]
            items = tuple(
                replace(item, order=place, section=section + place) for place, (item, _) in enumerate(lines, start=1)
            )
            section += len(lines)
            agenda = Meeting(_capital(sitting.organ.fi), sitting.held_on, number, items)
            decided = tuple(replace(item, decision=decision) for item, (_, decision) in zip(items, lines, strict=True))
            minutes = replace(agenda, items=decided, phase="minutes", edition=2)
            paper = Paper(agenda, minutes, sitting.agenda_at, sitting.minutes_at(self.rng))
            self.meetings.hold(paper)
            self._book(sitting, paper)

    def _everyday(self, sitting: Sitting) -> tuple[Item, str]:
        title, reasons, proposal, decision = self.rng.choice(saying.phrases()["fi"]["items"])
        values = self.everyday_values(sitting.held_on)
        voice = self.voice(sitting.held_on)
        item = item_of(title, voice.fill(reasons, **values), proposal, case="")
        return item, voice.fill(decision, **values)

    def everyday_values(self, day: dt.date, lang: str = "fi") -> dict[str, object]:
        """What everyday texts are filled in with: days, sums and numbers that mean nothing to us."""
        voice, rng = self.voice(day, lang), self.rng
        later = day + rng.randint(5, 60) * DAY
        return {
            "myöhemmin": voice.on(later), "pvm": voice.on(day - DAY), "ennen": voice.on(day - rng.randint(3, 30) * DAY),
            "jakso": voice.span(Span(later, later + rng.randint(3, 30) * DAY, None)), "n": rng.randint(11, 89),
            "n2": rng.randint(11, 89), "raha": voice.money(rng.randint(20, 900) * 10_000),
            "paikka": rng.choice(["Keskustan", "Itäkylän", "Länsirannan", "Aseman"]) if lang == "fi" else "centrum",
        }  # fmt: skip

    def _book(self, sitting: Sitting, paper: Paper) -> None:
        new, revised = (self.books.seen(self.meetings, at) for at in (paper.agenda_at, paper.minutes_at))
        old = sitting.held_on < self.books.lookback_from
        self.books.paper(
            self.code, self.meetings.address(paper.agenda), new, revised, str(sitting.held_on), None, old=old
        )
        everyday = 2
        marks = {min(mark.place + everyday, len(paper.agenda.items) - 1): mark for mark in sitting.marks}
        for place, (item, decided) in enumerate(zip(paper.agenda.items, paper.minutes.items, strict=True)):
            mark = marks.get(place)
            shown = decided if new == revised else item
            url = self.meetings.address(paper.minutes if new == revised else paper.agenda, shown)
            relevant = mark.relevant if mark else False
            self.books.paper(self.code, url, new, revised, item.title, relevant, old=old)
            if mark is not None and not old:
                if new is not None and new != revised:
                    self.books.state(mark.on_agenda, new)
                self.books.state(mark.decided, revised)


def item_of(title: str, reasons: str, proposal: str, case: str = "412/02.05.01/2026") -> Item:
    return Item(0, title, 0, case=case, reasons=reasons, proposal=proposal)


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]
