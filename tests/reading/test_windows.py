"""Application windows: which periods of applying a document announces."""

from __future__ import annotations

import datetime as dt
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aluevahti.model import CallChange, Language, Window
from aluevahti.reading.callnews import call_change, tells_of_a_known_call
from aluevahti.reading.windows import end_moved_by, find_windows
from monthnames import FI_MONTHS, SV_MONTHS
from windowcases import Case, read_cases, shown

DOCUMENTS = tuple(read_cases())
NOISE = (
    "Lisätietoja antaa järjestökoordinaattori, p. 050 123 4567.",
    "Aluevaltuusto kokoontui maanantaina ja hyväksyi pöytäkirjan.",
    "Infotilaisuus pidetään 12.8.2025 klo 17–18.30 Teamsissa.",
    "Edellisen avustuksen käytöstä raportoidaan 31.3.2025 mennessä.",
    "Hyvinvointialueen toiminta alkoi 1.1.2023.",
    "Avustusta ei myönnetä liiketoimintaan eikä yksityishenkilöille.",
)


@pytest.mark.parametrize("case", DOCUMENTS, ids=lambda c: f"{c.file}: {c.name}")
def test_a_document_announces_its_windows_and_no_others(case: Case) -> None:
    windows = find_windows(case.title, case.body, lang=case.lang, published_on=case.published_on)
    assert sorted(map(shown, windows)) == case.windows
    assert all(w.quote in f"{case.title}\n{case.body}" and w.quote for w in windows)
    assert [w.sure for w in windows] == [not case.told.get("unsure", False)] * len(windows)
    assert all((w.doubt is None) == w.sure for w in windows)


@pytest.mark.parametrize(
    ("lang", "right", "wrong"),
    [
        (Language.FI, "tiistaina 30.9.2025", "maanantaina 30.9.2025"),
        (Language.SV, "tisdagen den 30.9.2025", "måndagen den 30.9.2025"),
    ],
)
def test_a_day_that_does_not_fall_on_its_weekday_is_in_doubt(lang: Language, right: str, wrong: str) -> None:
    told = "Järjestöavustusten haku päättyy {}." if lang is Language.FI else "Ansökan om föreningsbidrag upphör {}."
    sound, odd = (
        window
        for day in (right, wrong)
        for window in find_windows("Avustukset", told.format(day), lang=lang, published_on=dt.date(2025, 9, 1))
    )

    assert (sound.closes, sound.sure) == (dt.date(2025, 9, 30), True)
    assert (odd.closes, odd.sure, odd.doubt) == (dt.date(2025, 9, 30), False, "the weekday does not fit the date")


@pytest.mark.parametrize(
    ("lang", "proposal", "decision"),
    [
        (
            Language.FI,
            "Hallitus päättää, että järjestöavustusten hakuaika on 1.4.–30.4.2026 klo 15 asti.",
            "Hallitus päätti, että järjestöavustusten hakuaika on 1.4.–30.4.2026.",
        ),
        (
            Language.SV,
            "Styrelsen beslutar att ansökningstiden för organisationsbidrag är 1.4–30.4.2026.",
            "Styrelsen beslöt att ansökningstiden för organisationsbidrag är 1.4–30.4.2026.",
        ),
    ],
)
def test_a_window_is_proved_by_the_decisions_sentence_rather_than_the_proposals(
    lang: Language, proposal: str, decision: str
) -> None:
    headings = ("Päätösehdotus", "Päätös") if lang is Language.FI else ("Beslutsförslag", "Beslut")
    body = "\n".join((headings[0], proposal, headings[1], decision))

    (window,) = find_windows("§ 57", body, lang=lang, published_on=dt.date(2026, 3, 9))

    assert (window.opens, window.closes) == (dt.date(2026, 4, 1), dt.date(2026, 4, 30))
    assert window.quote == decision


@pytest.mark.parametrize(
    ("lang", "title", "proof"),
    [
        (
            Language.FI,
            "Toiminta-avustusten haku on auki 16.3. asti",
            "Toiminta-avustusten hakuaika on 23.2.–16.3.2026 klo 15.00.",
        ),
        (
            Language.SV,
            "Verksamhetsbidrag kan sökas fram till 16.3",
            "Ansökningstiden för verksamhetsbidrag är 23.2–16.3.2026 kl. 15.",
        ),
    ],
)
def test_a_window_is_proved_by_the_sentence_that_tells_the_most_of_it(lang: Language, title: str, proof: str) -> None:
    body = f"Hyvinvointialue tiedottaa. {proof}"

    (window,) = find_windows(title, body, lang=lang, published_on=dt.date(2026, 2, 20))

    assert (window.opens, window.closes) == (dt.date(2026, 2, 23), dt.date(2026, 3, 16))
    assert window.quote == proof


@pytest.mark.parametrize("case", [c for c in DOCUMENTS if "change" in c.told], ids=lambda c: f"{c.file}: {c.name}")
def test_a_document_tells_what_became_of_a_call(case: Case) -> None:
    windows = find_windows(case.title, case.body, lang=case.lang, published_on=case.published_on)
    change = call_change(case.title, case.body, windows)
    assert change == (None if case.told["change"] is None else CallChange(case.told["change"]))
    known = {CallChange.EXTENDED, CallChange.REOPENED, CallChange.CANCELLED}
    if change in known:
        assert tells_of_a_known_call(case.title, case.body)


def test_a_moved_call_is_known_but_has_no_change_of_its_own() -> None:
    title, body = "Avustushaku lykkääntyy", "Järjestöavustusten haku siirtyy myöhempään ajankohtaan."
    assert call_change(title, body, ()) is None
    assert tells_of_a_known_call(title, body)


@pytest.mark.parametrize(
    "text",
    [
        "Haku on auki 2.3.–7.4.2026. Hakuaikaa voidaan tarvittaessa jatkaa.",
        "Haku on auki 2.3.–7.4.2026. Lautakunnalla on mahdollisuus avata haku uudelleen.",
        "Haku on auki 2.3.–7.4.2026. Mikäli määrärahaa jää jäljelle, haku avataan uudelleen.",
        "Ansökningstiden är 2.3–7.4.2026. Ansökningstiden kan vid behov förlängas.",
        "Ansökningstiden är 2.3–7.4.2026. Ifall det finns anslag kvar öppnas ansökan på nytt.",
    ],
)
def test_what_may_become_of_a_call_is_no_news_of_it(text: str) -> None:
    title = "Avustukset yhdistyksille" if "Haku" in text else "Bidrag till föreningar"
    windows = find_windows(title, text)

    assert call_change(title, text, windows) is CallChange.NEW
    assert not tells_of_a_known_call(title, text)


@pytest.mark.parametrize(
    ("text", "change"),
    [
        ("Avustusten haku on avattu uudelleen. Avustusta voi hakea uudelleen 2.3.–7.4.2026.", CallChange.REOPENED),
        ("Haku on auki 7.4.2026 asti: hakuaikaa jatkettiin, jotta kaikki ehtivät mukaan.", CallChange.EXTENDED),
        ("Ansökan har öppnats på nytt. Bidrag kan sökas på nytt 2.3–7.4.2026.", CallChange.REOPENED),
    ],
)
def test_what_has_become_of_a_call_is_news_of_it(text: str, change: CallChange) -> None:
    assert call_change("Avustukset", text, find_windows("Avustukset", text)) is change


@pytest.mark.parametrize(
    ("days", "opens", "sure"),
    [
        ("31.3.–2.3.2026", None, False),
        ("1.11.–31.1.2026", dt.date(2025, 11, 1), True),
        ("15.6.–28.2.2026", dt.date(2025, 6, 15), True),
        ("31.3.2025–2.3.2026", dt.date(2025, 3, 31), True),
    ],
)
def test_a_first_day_that_would_lie_most_of_a_year_back_is_not_believed(
    days: str, opens: dt.date | None, sure: bool
) -> None:
    (window,) = find_windows("Toiminta-avustukset", f"Toiminta-avustusten hakuaika on {days}.")

    assert (window.opens, window.closes.year if window.closes else None, window.sure) == (opens, 2026, sure)


@pytest.mark.parametrize(
    "text",
    [
        "Ansökningstiden är 2.3–7.4.2026. Du kan återkalla ansökan i e-tjänsten.",
        "Hakuaika on 2.3.–7.4.2026. Kerta-avustuksen haku voidaan keskeyttää, jos määräraha loppuu.",
    ],
)
def test_what_may_be_withdrawn_is_not_withdrawn(text: str) -> None:
    assert call_change("Kerta-avustukset", text, ()) is None


# --- windows told in many ways -----------------------------------------------------------------------

FI_TYPES = {
    "toiminta-avustu": "toiminta-avustus",
    "kumppanuusavustu": "kumppanuusavustus",
    "kerta-avustu": "kerta-avustus",
    "palkkausavustu": "palkkausavustus",
    "järjestöavustu": None,
}
SV_TYPES = {
    "verksamhetsbidrag": "toiminta-avustus",
    "partnerskapsunderstöd": "kumppanuusavustus",
    "organisationsbidrag": None,
}
FI_BOTH = (
    "{t}sten hakuaika on {r}{c}.",
    "{t}ksia voi hakea {r}{c}.",
    "{t}ksia haetaan {r}{c} sähköisellä lomakkeella.",
    "{t}kset ovat haettavina ajalla {r}{c}.",
    "Haku on avoinna {r}{c}. Haettavana on {t}s.",
    "{t}sten haku alkaa {o} ja päättyy {e}{c}.",
    "{t}sten haku avautuu {o}. Hakemukset on jätettävä viimeistään {e}{c}.",
    "Hakemuksia {t}ksiin otetaan vastaan {o} alkaen {e}{k} saakka.",
    "Lautakunta päätti, että {t}sten haku avataan {o} ja että se sulkeutuu {e}{c}.",
    "Hae {t}sta!\nHaku alkaa: {o}\nHaku päättyy: {e}{c}",
    "{t}s\nHakuaika\n{r}{c}",
    "{t}s (hakuaika {r}{c})",
)
FI_END = (
    "{t}sten haku päättyy {e}{c}.",
    "{t}ksia haetaan {e}{k} mennessä.",
    "{t}shakemus toimitetaan kirjaamoon viimeistään {e}{c}.",
    "{t}ksen viimeinen hakupäivä on {e}{c}.",
    "{t}ksia voi hakea {e}{k} asti.",
)
SV_BOTH = (
    "{t} kan sökas {r}{c}.",
    "Ansökningstiden för {t} är {r}{c}.",
    "Ansökningstiden för {t} börjar {o} och går ut {e}{c}.",
    "{t} söks under tiden {r}{c}.",
    "Ansökningar om {t} tas emot från {o} till {e}{c}.",
)
SV_END = (
    "Ansökan om {t} ska lämnas in senast {e}{c}.",
    "Sista ansökningsdag för {t} är {e}{c}.",
    "{t} söks senast {e}{c}.",
)


@st.composite
def told_windows(draw: st.DrawFn) -> tuple[str, Window]:
    """A sentence, and the window that it tells."""
    swedish = draw(st.booleans())
    types = SV_TYPES if swedish else FI_TYPES
    word = draw(st.sampled_from(sorted(types)))
    with_opening = draw(st.booleans())
    opens = draw(st.dates(dt.date(2023, 1, 1), dt.date(2027, 12, 1)))
    closes = opens + dt.timedelta(days=draw(st.integers(2, 120)))
    at = draw(st.sampled_from([None, dt.time(12), dt.time(15, 45), dt.time(16, 0), dt.time(23, 59)]))
    template = draw(
        st.sampled_from((SV_BOTH if with_opening else SV_END) if swedish else (FI_BOTH if with_opening else FI_END))
    )
    text = template.format(
        t=word, r=_range(draw, opens, closes), o=_day(draw, opens, swedish=swedish), e=_day(draw, closes, swedish=swedish),
        c=_clock(draw, at, swedish=swedish), k=_clock(draw, at, swedish=swedish),
    )  # fmt: skip
    told = at if "{c}" in template or "{k}" in template else None
    return text[0].upper() + text[1:], Window(
        grant_type=types[word], opens=opens if with_opening else None, closes=closes, closes_time=told
    )


def _range(draw: st.DrawFn, opens: dt.date, closes: dt.date) -> str:
    dash = draw(st.sampled_from(["–", "-", " – ", "−", "‒", ".–" if draw(st.booleans()) else "—"]))
    year_once = opens.year == closes.year and draw(st.booleans()) and dash != ".–"
    first = f"{opens.day}.{opens.month}." + ("" if year_once else str(opens.year))
    if year_once and opens.month == closes.month and draw(st.booleans()):
        first = f"{opens.day}" + draw(st.sampled_from([".", ""]))
    return f"{first}{dash}{closes.day}.{closes.month}.{closes.year}"


def _day(draw: st.DrawFn, day: dt.date, *, swedish: bool) -> str:
    if draw(st.booleans()):
        return f"{day.day}.{day.month}.{day.year}"
    if swedish:
        return f"den {day.day} {SV_MONTHS[day.month - 1]} {day.year}"
    return f"{day.day}. {FI_MONTHS[day.month - 1]}ta {day.year}"


def _clock(draw: st.DrawFn, at: dt.time | None, *, swedish: bool) -> str:
    if at is None:
        return ""
    word = "kl." if swedish else draw(st.sampled_from(["klo", "kello"]))
    mark = draw(st.sampled_from([".", ":"]))
    hour = f"{at.hour}" if not at.minute and draw(st.booleans()) else f"{at.hour}{mark}{at.minute:02}"
    return f" {word} {hour}"


def _as_told(window: Window) -> tuple[object, ...]:
    return window.grant_type, window.opens, window.closes, window.closes_time, window.continuous


@settings(max_examples=400)
@given(told_windows())
def test_a_window_comes_back_however_it_is_told(told: tuple[str, Window]) -> None:
    text, window = told
    (found,) = find_windows("Avustukset", text)
    assert _as_told(found) == _as_told(window)
    assert found.sure


@settings(max_examples=200)
@given(told_windows(), st.lists(st.sampled_from(NOISE), max_size=3), st.lists(st.sampled_from(NOISE), max_size=3))
def test_sentences_about_other_things_change_nothing(
    told: tuple[str, Window], before: list[str], after: list[str]
) -> None:
    text, window = told
    (found,) = find_windows("Avustukset", "\n".join([*before, text, *after]))
    assert _as_told(found) == _as_told(window)


@given(told_windows(), st.integers(1, 400))
def test_a_round_that_ended_before_the_document_is_over(told: tuple[str, Window], days: int) -> None:
    text, window = told
    assert window.closes is not None
    assert not find_windows("Avustukset", text, published_on=window.closes + dt.timedelta(days=days))
    assert find_windows("Avustukset", text, published_on=window.closes)


@given(st.text(max_size=300), st.text(max_size=600), st.none() | st.dates())
def test_any_text_gives_windows_or_none(title: str, text: str, published_on: dt.date | None) -> None:
    windows = find_windows(title, f"Avustusten haku {text}", published_on=published_on)
    assert all(w.continuous or w.opens or w.closes for w in windows)
    call_change(title, text, windows)


WORDS = [
    "haku",
    "hakuaika",
    "päättyy",
    "alkaa",
    "1.9.2025",
    "30.9.",
    "–",
    "klo",
    "16",
    "mennessä",
    "asti",
    "jatkuva",
    "avustus",
    "oli",
    "on",
    "ja",
    ",",
    ".",
    ";",
    "raportti",
    "info\n",
]


@given(st.lists(st.sampled_from(WORDS), max_size=60))
def test_any_heap_of_telling_words_can_be_read(words: list[str]) -> None:
    for window in find_windows("Avustushaku", " ".join(words), published_on=dt.date(2025, 6, 1)):
        assert window.opens is None or window.closes is None or window.opens <= window.closes
        assert window.closes is None or window.closes >= dt.date(2025, 6, 1)


def test_the_time_to_read_grows_with_the_length_and_not_faster() -> None:
    page = "\n".join(f"{c.title}\n{c.body}" for c in DOCUMENTS)

    def seconds(text: str) -> float:
        began = time.process_time()
        find_windows("Avustukset", text)
        return time.process_time() - began

    find_windows("Avustukset", page)
    short = min(seconds(page * 2 + str(n)) for n in range(3))
    assert seconds(page * 16) < short * 8 * 2.5


@pytest.mark.parametrize("day", ["tänään", "tänäänkin", "tästä päivästä alkaen"])
def test_a_day_told_without_its_date_may_have_a_clitic(day: str) -> None:
    text = f"Järjestöavustusten haku avautuu {day}. Haku päättyy 31.12.2024."

    (window,) = find_windows("Avustukset", text, published_on=dt.date(2024, 12, 2))

    assert (window.opens, window.closes) == (dt.date(2024, 12, 2), dt.date(2024, 12, 31))


@pytest.mark.parametrize(
    "unit",
    [
        "1.",
        "1.9.",
        "1.9.2025–",
        "klo 1",
        "avustus-",
        "-, ",
        "haku ",
        "a",
        " ",
        "kuun 1",
        "€ 1 ",
        "kerta-avustus (haku) ",
        "koko huhtikuun ",
    ],
)
def test_nothing_repeated_a_hundred_thousand_times_takes_long(unit: str) -> None:
    text = (unit * 100_000)[:200_000]
    began = time.process_time()
    find_windows("Avustukset", text)
    assert time.process_time() - began < 5


@pytest.mark.parametrize("unit", ["1.–2.5.2026, ", "1.5.2026, ", "1.5.2026 ja "])
def test_a_list_of_days_may_be_as_long_as_it_likes(unit: str) -> None:
    began = time.process_time()
    windows = find_windows("Avustukset", f"Kerta-avustusten hakuaika päättyy {unit * 2000}3.5.2026.")

    assert time.process_time() - began < 5
    assert {window.grant_type for window in windows} == {"kerta-avustus"}


def test_a_sentence_of_a_thousand_calls_takes_the_time_that_its_length_takes() -> None:
    calls = [f"haku {day}.3.–{day}.4.2026, toiminta-avustus" for day in range(1, 29)]
    began = time.process_time()
    windows = find_windows("Avustukset", ", ".join(calls * 40))

    assert time.process_time() - began < 3
    assert {window.grant_type for window in windows} == {"toiminta-avustus"}


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Toiminta-avustusten haku päättyy vasta 10.4.2026, ei 31.3.2026.", 10),
        ("Toiminta-avustusten haku jatkuu 10.4.2026 asti aiemmin ilmoitetun 31.3.2026 sijaan.", 10),
        ("Toiminta-avustusten hakuaika päättyy jo 27.3.2026 eikä 31.3.2026.", -4),
        ("Ansökningstiden för verksamhetsunderstöd går ut först 10.4.2026 i stället för 31.3.2026.", 10),
        ("Toiminta-avustusten haku päättyy 31.3.2026. Kumppanuusavustusten haku päättyy 10.4.2026.", None),
        ("Toiminta-avustusten haku on 1.–31.3.2026, ei viime vuoden tapaan 1.–30.9.2025.", None),
    ],
)
def test_an_end_set_against_the_old_one_is_so_much_later_or_earlier(text: str, days: int | None) -> None:
    moved = end_moved_by("Avustukset", text, published_on=dt.date(2026, 3, 2))

    assert moved == (None if days is None else dt.timedelta(days=days))
