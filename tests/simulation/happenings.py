"""The stories of a region's year: calls with all that may befall them, decisions, and everyday news."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from operator import itemgetter
from typing import Any

from simulation.books import CallBook, Fact, Stated, Told, types_of
from simulation.saying import ANY, SWEDISH, TIMES, Organ, Span, Voice, phrases
from simulation.stories import DAY, Mark, Region, item_of, moment

FINNISH_TYPES = (
    "toiminta-avustus",
    "kumppanuusavustus",
    "kohdeavustus",
    "yleisavustus",
    "hankeavustus",
    "kerta-avustus",
    ANY,
)
CONTACT = "contact"
COUNCIL_MATTERS = ("strategy", "service_strategy", "wellbeing_plan", "grant_total")
BOARD_MATTERS = ("participation_programme", "grant_model", "ngo_body")


@dataclass(slots=True)
class Call:
    """One call while its story is told."""

    region: Region
    types: tuple[str, ...]
    span: Span
    year: int
    euros: int | None
    book: CallBook = field(init=False)
    info_on: dt.date = field(init=False)
    report_on: dt.date = field(init=False)

    def __post_init__(self) -> None:
        self.book = CallBook(self.region.code, types_of(self.types))
        self.info_on = self.span.opens + self.region.rng.randint(2, 9) * DAY
        self.report_on = dt.date(self.span.closes.year, *((3, 31) if self.span.closes.month > 4 else (5, 31)))

    def told(self, *states: str, **fields: object) -> Told:
        return Told(call=self.book, **{"span": self.span, "states": frozenset(states), **fields})  # type: ignore[arg-type]

    def facts(self, day: dt.date, *, total: bool) -> list[Stated]:
        """What a document that calls for applications says of the status."""
        named = [name for name in self.types if name != ANY]
        facts: list[Stated] = (
            [Fact(region=self.region.code, field="grant_types", value=named, as_of=day)] if named else []
        )
        if total and self.euros:
            facts.append(
                Fact(
                    region=self.region.code,
                    field="grant_total_eur",
                    value=self.euros,
                    as_of=day,
                    doubtful=len(named) == 1,
                )
            )
        return facts


# --- calls ---------------------------------------------------------------------------------------


def call(region: Region, day: dt.date, types: tuple[str, ...]) -> dt.date:
    """A call from its announcement on `day` to its results; the day on which the story ends."""
    rng = region.rng
    opens = day + rng.randint(1, 20) * DAY
    span = Span(opens, opens + rng.randint(16, 50) * DAY, rng.choice(TIMES))
    euros = rng.randint(4, 150) * 10_000 if rng.random() < 0.6 else None
    one = Call(region, types, span, span.closes.year + (1 if span.closes.month > 6 else 0), euros)
    announced = _in_meeting(one, day) if rng.random() < 0.4 else day
    if announced > opens - 2 * DAY:  # the minutes came late: the call opens on the heels of them
        moved = announced + 2 * DAY - opens
        if announced != day:
            announced = day  # told by the news alone after all
        else:
            one.span = replace(span, opens=opens + moved, closes=span.closes + moved)
    _announce(one, announced)
    fate = rng.random()
    if fate < 0.12:
        return _withdraw(one, announced)
    if one.span.closes - one.span.opens > 20 * DAY and rng.random() < 0.5:
        _remind(one, one.span.closes - 9 * DAY)
    if fate < 0.4:
        _extend(one)
    _close(one)
    after = one.span.closes
    if 0.4 <= fate < 0.5:
        after = _reopen(one)
    return _results(one, after)


def calls_apart(region: Region, day: dt.date, types: tuple[str, str]) -> dt.date:
    """Two grants called for in one piece of news, each with days of its own; the day on which the last one closes."""
    rng = region.rng
    both = []
    for name in types:
        opens = day + rng.randint(1, 20) * DAY
        span = Span(opens, opens + rng.randint(16, 40) * DAY, rng.choice(TIMES))
        both.append(Call(region, (name,), span, span.closes.year + (1 if span.closes.month > 6 else 0), None))
    if both[0].span == both[1].span:
        both[1].span = replace(both[1].span, closes=both[1].span.closes + 3 * DAY)
    whole = replace(both[0], types=types)
    stated = whole.facts(day, total=False)  # one document's new types are one change
    lines = [_values(whole, day, "fi")[0].say("call_intro", **_values(whole, day, "fi")[1])]
    for one in both:
        voice, values = _values(one, day, "fi")
        wording = rng.choice(_phrases("window_each"))
        lines.append(voice.fill(wording, **values))
        stated.append(one.told(*_states(wording, one)))
    article = region.article(_title(whole, day, "fi", "each_title"), lines, region.hour(day))
    region.news(article, relevant=True, stated=stated)
    on_page = region.hour(day + rng.randint(0, 2) * DAY)
    for one in both:
        _on_page(one, on_page, "window_each", named_by=whole)
        _close(one)
    return max(one.span.closes for one in both)


def continuous_call(region: Region, day: dt.date, name: str) -> None:
    """A grant that can be sought at any time from now on: told in the news, and on the standing page ever since."""
    one = Call(region, (name,), Span(day, day, None), day.year + (1 if day.month > 6 else 0), None)
    one.book.continuous = True
    told = one.told(span=None)
    voice, values = _values(one, day, "fi")
    article = region.article(
        voice.say("continuous_title", **values), [voice.say("continuous", **values)], region.hour(day)
    )
    region.news(article, relevant=True, stated=[told, *one.facts(day, total=False)])
    at = region.hour(day + region.rng.randint(0, 2) * DAY)
    edit(region, one, at, voice.say("continuous", **values))
    region.books.state([told, *one.facts(at.date(), total=False)], region.books.seen(region.page, at))


def _values(one: Call, day: dt.date, lang: str) -> tuple[Voice, dict[str, object]]:
    voice = one.region.voice(day, lang)
    clock = one.span.time
    values: dict[str, object] = {
        **voice.grants(one.types), "vuosi": one.year, "jakso": voice.span(one.span), "alkaa": voice.on(one.span.opens),
        "loppuu": voice.on(one.span.closes), "klo": voice.clock(clock),
        "klo_asti": voice.clock(clock, " asti" if lang == "fi" else ""),
        "klo_saakka": voice.clock(clock, " saakka" if lang == "fi" else ""),
        "info": voice.on(one.info_on), "selvitys": voice.on(one.report_on),
        "n": one.region.rng.randint(12, 80), "n2": one.region.rng.randint(11, 89),
    }  # fmt: skip
    return voice, values


def _states(text: str, one: Call) -> frozenset[str]:
    """Which of a window's bounds a wording leaves room for."""
    opens = "{jakso}" in text or "{alkaa}" in text
    clock = "{klo" in text and one.span.time is not None
    return frozenset(["closes", *(["opens"] if opens else []), *(["time"] if clock else [])])


def _call_text(
    one: Call, day: dt.date, lang: str, slot: str, beside: Sequence[int]
) -> tuple[list[str], frozenset[str]]:
    """The paragraphs of a call, and which bounds they state; `beside` picks what else is said, alike in each language."""
    rng = one.region.rng
    voice, values = _values(one, day, lang)
    wording = rng.choice(phrases()[lang][slot])
    lines = [voice.fill(wording, **values)]
    if rng.random() < 0.6:
        lines.insert(0, voice.say("call_intro", **values))
    if one.euros:
        lines.append(voice.say("total", **values, raha=voice.money(one.euros)))
    lines += [voice.fill(phrases()[lang]["call_beside"][place], **values) for place in beside]
    return lines, _states(wording, one)


def _beside(one: Call, *, translated: bool) -> list[int]:
    """What else is said of a call: the first ones can be said in both languages."""
    count = len(phrases()["sv" if translated else "fi"]["call_beside"])
    return one.region.rng.sample(range(count), one.region.rng.randint(1, 3))


def _title(one: Call, day: dt.date, lang: str, slot: str) -> str:
    voice, values = _values(one, day, lang)
    return voice.say(slot, **values)


def _announce(one: Call, day: dt.date) -> None:
    region = one.region
    at = region.hour(day)
    slot = "call_title" if day < one.span.opens else "open_title"
    title = _title(one, day, "fi", slot)
    released = region.pressroom is not None and region.rng.random() < 0.6
    beside = _beside(one, translated=released)
    lines, states = _call_text(one, day, "fi", "window", beside)
    stated = [one.told(*states), *one.facts(day, total=True)]
    twins = [region.release(region.article(title, lines, at), stated)] if released else []
    if released and _speaks_swedish(one):
        swedish, states = _call_text(one, day, "sv", "window", beside)
        article = region.article(_title(one, day, "sv", slot), swedish, at + dt.timedelta(minutes=1), "sv")
        twins.append(region.release(article, [one.told(*states), *one.facts(day, total=True)]))
    region.news(region.article(title, lines, at), relevant=True, stated=stated, twins=twins)
    _on_page(one, region.hour(day + region.rng.randint(0, 2) * DAY), "window")


def _on_page(one: Call, at: dt.datetime, slot: str, *, news: bool = False, named_by: Call | None = None) -> None:
    """Write the call onto the standing page; `named_by`: the types of all the calls that come onto it at once."""
    seen = one.region.books.seen(one.region.page, at)
    # a page that is read for the first time has no date: without a year nobody could be sure of its days
    voice, values = _values(one, at.date() if seen else at.date() - 400 * DAY, "fi")
    naming = [wording for wording in phrases()["fi"][slot] if "vustu" in wording]  # a line on a page has no title
    wording = one.region.rng.choice(naming)
    edit(one.region, one, at, voice.fill(wording, **values))
    one.region.books.state(
        [one.told(*_states(wording, one), news=news), *(named_by or one).facts(at.date(), total=False)],
        seen,
    )


def edit(region: Region, one: Call | None, at: dt.datetime, text: str | None) -> None:
    """Put a line about a call (None: the contacts) on the standing page, in the place of its old one; None: take it off."""
    region.edits.append((at, str(id(one)) if one else CONTACT, text))


def write_page(region: Region) -> None:
    """Make the texts that the standing page has had out of its edits."""
    lines: dict[str, str] = {}
    region.page.edit(moment(region.start - 100 * DAY, 12), _page_lines(region, region.start, lines))
    for at, edits in groupby(sorted(region.edits, key=itemgetter(0)), key=itemgetter(0)):
        for _, key, text in edits:
            if text is None:
                lines.pop(key, None)
            else:
                lines[key] = text
        region.page.edit(at, _page_lines(region, at.date(), lines))


def _page_lines(region: Region, day: dt.date, lines: Mapping[str, str]) -> list[str]:
    voice = region.voice(day)
    fixed = [voice.fill(each) for each in _phrases("page_fixed")]
    calls = [text for key, text in lines.items() if key != CONTACT] or [_phrases("page_none")[region.numbers % 3]]
    return [*fixed[:3], *calls, *fixed[3:], lines.get(CONTACT, "")]


def _phrases(slot: str) -> list[str]:
    found: list[str] = phrases()["fi"][slot]
    return found


def _in_meeting(one: Call, day: dt.date) -> dt.date:
    """The call is decided at a meeting first: proposed on the agenda, decided in the minutes; the day of the minutes."""
    region = one.region
    organ = region.rng.choice([region.board, region.committee])
    sitting = region.sitting(organ, day - 12 * DAY)
    if sitting is None or sitting.held_on > one.span.opens - 4 * DAY:
        return day
    voice, values = _values(one, sitting.held_on - 5 * DAY, "fi")
    values |= voice.organ(organ)
    slots = {
        name: region.rng.choice(_meeting("meeting_call", name)) for name in ("title", "reasons", "proposal", "decision")
    }
    texts = {name: voice.fill(text, **values) for name, text in slots.items()}
    states = _states(slots["reasons"], one) | _states(slots["proposal"], one)
    region.put(
        sitting,
        item_of(texts["title"], texts["reasons"], texts["proposal"]),
        texts["decision"],
        Mark(0, True, on_agenda=[one.told(*states, sure=False)], decided=[one.told(*states)]),
    )
    return sitting.held_on + 8 * DAY


def _meeting(slot: str, part: str) -> list[str]:
    found: list[str] = phrases()["fi"][slot][part]
    return found


def _remind(one: Call, day: dt.date) -> None:
    region = one.region
    lines, states = _call_text(one, day, "fi", "deadline", _beside(one, translated=False))
    stated = [one.told(*states), *one.facts(day, total=True)]
    region.news(
        region.article(_title(one, day, "fi", "reminder_title"), lines, region.hour(day)), relevant=True, stated=stated
    )


def _extend(one: Call) -> None:
    region, rng = one.region, one.region.rng
    day = one.span.closes - rng.randint(2, 6) * DAY
    at, old = region.hour(day), one.span
    one.span = replace(old, closes=old.closes + rng.randint(7, 25) * DAY)
    mentions_old = rng.random() < 0.6
    twins = []
    for lang in ("sv", "fi") if _speaks_swedish(one) and rng.random() < 0.5 else ("fi",):
        voice, values = _values(one, day, lang)
        wording = rng.choice(phrases()[lang]["extended"])
        lines = [voice.fill(wording, **values)]
        if mentions_old:
            lines.append(voice.fill(phrases()[lang]["extended_before"][0], vanha=voice.on(old.closes)))
        stated = [one.told(*_states(wording, one), news=True), *one.facts(day, total=False)]
        article = region.article(voice.say("extended_title", **values), lines, at, lang)
        if lang == "sv":
            twins.append(region.release(article, stated))
        else:
            region.news(article, relevant=True, stated=stated, twins=twins)
    _on_page(one, region.hour(day), "extended", news=True)


def _speaks_swedish(one: Call) -> bool:
    region = one.region
    return region.pressroom is not None and "sv" in region.languages and all(name in SWEDISH for name in one.types)


def _withdraw(one: Call, announced: dt.date) -> dt.date:
    region = one.region
    day = announced + region.rng.randint(9, 12) * DAY
    if day >= one.span.closes:
        return _results(one, one.span.closes)
    voice, values = _values(one, day, "fi")
    told = one.told(span=None, news=True)
    article = region.article(
        voice.say("cancelled_title", **values), [voice.say("cancelled", **values)], region.hour(day)
    )
    region.news(article, relevant=True, stated=[told])
    edit(region, one, region.hour(day), None)
    return day


def _close(one: Call) -> None:
    region = one.region
    day = one.span.closes + region.rng.randint(1, 4) * DAY
    voice, values = _values(one, day, "fi")
    edit(region, one, region.hour(day), voice.say("page_closed", **values))


def _reopen(one: Call) -> dt.date:
    """A second round for what is left over: a window of its own."""
    region = one.region
    day = one.span.closes + region.rng.randint(10, 25) * DAY
    again = Call(region, one.types, Span(day + 2 * DAY, day + 18 * DAY, region.rng.choice(TIMES)), one.year, None)
    voice, values = _values(again, day, "fi")
    wording = region.rng.choice(phrases()["fi"]["reopened"])
    stated = [again.told(*_states(wording, again)), *again.facts(day, total=False)]
    region.news(
        region.article(voice.say("reopened_title", **values), [voice.fill(wording, **values)], region.hour(day)),
        relevant=True,
        stated=stated,
    )
    return again.span.closes


def _results(one: Call, after: dt.date) -> dt.date:
    """The grants are given at a meeting, and the region tells of it."""
    region, rng = one.region, one.region.rng
    sitting = region.sitting(rng.choice([region.board, region.committee]), after + 20 * DAY)
    if sitting is None:
        return after
    euros = (one.euros or rng.randint(4, 90) * 10_000) - rng.randint(0, 9) * 500
    day = sitting.held_on + DAY
    agenda, values = _values(one, sitting.held_on - 5 * DAY, "fi")
    values |= agenda.organ(sitting.organ) | {"raha": agenda.money(euros)}
    texts = {
        name: agenda.fill(rng.choice(_meeting("meeting_result", name)), **values)
        for name in ("title", "reasons", "proposal", "decision")
    }
    named = [name for name in one.types if name != ANY]

    def granted(as_of: dt.date, text: str) -> list[Stated]:
        facts: list[Stated] = [
            Fact(region=region.code, field="grant_granted_eur", value=euros, as_of=as_of, doubtful=len(named) == 1)
        ]
        if "pisteyt" in text:
            facts.append(Fact(region=region.code, field="scoring_used", value=True, as_of=as_of))
        return facts

    scored: list[Stated] = [
        one
        for one in granted(sitting.held_on, texts["reasons"])
        if isinstance(one, Fact) and one.field == "scoring_used"
    ]
    region.put(
        sitting,
        item_of(texts["title"], texts["reasons"], texts["proposal"]),
        texts["decision"],
        Mark(0, True, on_agenda=scored, decided=granted(sitting.held_on, texts["reasons"])),
    )
    voice, values = _values(one, day, "fi")
    values |= voice.organ(sitting.organ) | {
        "raha": voice.money(euros),
        "pvm": voice.on(sitting.held_on),
        "Raha_otsikko": voice.money(euros),
    }
    lines = [
        voice.say("result", **values),
        *(voice.fill(each, **values) for each in rng.sample(_phrases("result_beside"), 2)),
    ]
    at = region.hour(day)
    region.news(
        region.article(voice.say("result_title", **values), lines, at),
        relevant=True,
        stated=granted(sitting.held_on, " ".join(lines)),
    )
    return day


# --- decisions -----------------------------------------------------------------------------------


def decision(region: Region, matter: str, after: dt.date) -> None:
    """A matter is proposed, decided at a meeting, and told in the news."""
    rng = region.rng
    organ = (
        region.council
        if matter in COUNCIL_MATTERS
        else region.committee
        if matter == "grant_model" and rng.random() < 0.5
        else region.board
    )
    sitting = region.sitting(organ, after)
    if sitting is None:
        return
    period = f"{sitting.held_on.year}{rng.choice(['–', '-'])}{sitting.held_on.year + 3}"
    values: dict[str, object] = {"kausi": period, "vuosi": sitting.held_on.year + 1}
    euros = rng.randint(10, 200) * 10_000
    fact = Fact(
        region=region.code,
        field=_field(matter),
        value=_value(matter, organ, sitting.held_on, period, euros),
        as_of=sitting.held_on,
    )
    if organ is region.council and matter != "grant_total" and rng.random() < 0.7:
        _pass_on(region, matter, sitting.held_on, values)
    voice = region.voice(sitting.held_on - 5 * DAY)
    told = values | voice.organ(organ) | {"raha": voice.money(euros)}
    about = voice.fill(_matter(matter)["what"], **told)
    slot = {"ngo_body": "meeting_body", "grant_total": "meeting_money"}.get(matter, "meeting_decision")
    proposal = voice.fill(rng.choice(_meeting(slot, "proposal")), **told, asian=about)
    item = item_of(
        voice.fill(rng.choice(_matter(matter)["item"]), **told),
        voice.say("meeting_decision.reasons", **told),
        proposal,
        case="77/00.01.02/2026",
    )
    region.put(sitting, item, voice.say("meeting_decision.decision", **told), Mark(0, True, decided=[fact]))
    _tell_decision(region, matter, organ, sitting.held_on, values, euros, fact)


def _field(matter: str) -> str:
    return "grant_total_eur" if matter == "grant_total" else matter


def _matter(matter: str) -> dict[str, Any]:
    found: dict[str, Any] = phrases()["fi"]["decision_news"][matter]
    return found


def _value(matter: str, organ: Organ, on: dt.date, period: str, euros: int) -> object:
    approved = {"status": "approved", "approved_on": on.isoformat()}
    match matter:
        case "strategy":
            return approved | {"approved_by": frozenset({organ.fi, organ.sv})}
        case "service_strategy":
            return approved
        case "participation_programme":
            return approved | {"by": frozenset({organ.fi, organ.sv})}
        case "wellbeing_plan":
            return approved | {"by": frozenset({organ.fi, organ.sv}), "period": period.replace("–", "-")}
        case "grant_model":
            return {"status": "approved", "decisions": [{"by": frozenset({organ.fi, organ.sv}), "on": on.isoformat()}]}
        case "ngo_body":
            return {"status": "exists", "name": "järjestöneuvottelukunta"}
        case _:
            return euros


def _pass_on(region: Region, matter: str, decided_on: dt.date, values: dict[str, object]) -> None:
    """The board passes a matter on to the council: nothing is settled by that."""
    earlier = [
        one
        for one in region.sittings
        if one.organ is region.board and decided_on - 30 * DAY < one.held_on < decided_on - 6 * DAY
    ]
    if not earlier:
        return
    sitting = earlier[-1]
    voice = region.voice(sitting.held_on - 5 * DAY)
    about = voice.fill(_matter(matter)["what"], **values)
    plain = voice.fill(region.rng.choice(_matter(matter)["item"]), **values)
    wording = region.rng.choice(_meeting("meeting_passed_on", "proposal"))
    if region.code == "helsinki":
        wording = wording.replace("Aluehallitus", "Kaupunginhallitus").replace("aluevaltuu", "kaupunginvaltuu")
    item = item_of(
        plain,
        voice.say("meeting_decision.reasons"),
        voice.fill(wording, asia=plain.lower(), asian=about),
        case="77/00.01.02/2026",
    )
    region.put(sitting, item, voice.say("meeting_passed_on.decision"), Mark(0, None))


def _tell_decision(
    region: Region, matter: str, organ: Organ, on: dt.date, values: dict[str, object], euros: int, fact: Fact
) -> None:
    rng = region.rng
    day = on + rng.randint(0, 2) * DAY
    at = region.hour(day) if day > on else region.hour(day).replace(hour=15)
    swedish = region.pressroom is not None and "sv" in region.languages and matter in _swedish_matters()
    beside = rng.sample(range(len(phrases()["sv" if swedish else "fi"]["decision_beside"])), 2)
    twins = []
    for lang in ("sv", "fi") if swedish and rng.random() < 0.6 else ("fi",):
        voice = region.voice(day, lang)
        told = values | voice.organ(organ) | {"pvm": voice.on(on), "raha": voice.money(euros)}
        lines = [voice.say(f"decision_news.{matter}.lead", **told)]
        lines += [voice.fill(phrases()[lang]["decision_beside"][place]) for place in beside]
        article = region.article(voice.say(f"decision_news.{matter}.title", **told), lines, at, lang)
        if lang == "sv":
            twins.append(region.release(article, [fact]))
        else:
            region.news(article, relevant=True, stated=[fact], twins=twins)


def _swedish_matters() -> frozenset[str]:
    return frozenset(phrases()["sv"]["decision_news"])


# --- everyday news -------------------------------------------------------------------------------


def everyday_news(region: Region, day: dt.date, *, release: bool | None = None) -> None:
    """A piece of news that no reader of ours wants, on the news page or as a press release; `release`: which for sure."""
    rng = region.rng
    bilingual = region.pressroom is not None and "sv" in region.languages and release is not False
    lang = "sv" if bilingual and rng.random() < 0.25 else "fi"
    title, text = rng.choice(phrases()[lang]["distractors"])
    voice, values = region.voice(day, lang), region.everyday_values(day, lang)
    at = region.hour(day)
    number = f"Tiedote {region.numbers}/{day.year}." if lang == "fi" else f"Meddelande {region.numbers}/{day.year}."
    article = region.article(f"{title}{_rider(region, day, lang)}", [voice.fill(text, **values), number], at, lang)
    if release is None:
        release = lang == "sv" or (region.pressroom is not None and rng.random() < 0.25)
    if release:
        url, seen = region.release(article)
        region.books.document(region.code, [(url, seen)], article.title, False)
    else:
        region.news(article, relevant=False)


def _rider(region: Region, day: dt.date, lang: str) -> str:
    """Titles of everyday news come again in a year; what is added keeps them apart on one day."""
    places = (
        ["pohjoinen", "eteläinen", "keskusta", "saaristo"]
        if lang == "fi"
        else ["norra", "södra", "centrum", "skärgården"]
    )
    return f" ({region.rng.choice(places)}, {region.numbers})"


def contact_edit(region: Region, day: dt.date) -> None:
    """Somebody edits a line of the standing page that is of no interest."""
    voice, values = region.voice(day), region.everyday_values(day)
    edit(region, None, region.hour(day), voice.say("page_contact", **values))
