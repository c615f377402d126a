"""Dates, ranges and clock times in Finnish and Swedish text."""

from __future__ import annotations

import datetime as dt
import re
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aluevahti.model import Language
from aluevahti.reading.dates import Precision, find_dates, find_ranges, find_times, nearest
from aluevahti.reading.datescan import _scan, scan
from monthnames import FI_MONTHS, SV_MONTHS

DAYS = st.dates(dt.date(2012, 1, 1), dt.date(2038, 12, 31))


def iso(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("1.8.-31.8.2024", "2024-08-01", "2024-08-31"),
        ("1.8.‒31.8.2024", "2024-08-01", "2024-08-31"),
        ("1.8.−31.8.2024", "2024-08-01", "2024-08-31"),
        ("1.8. — 31.8.2024", "2024-08-01", "2024-08-31"),
        ("1.8.\u00a0–\u00a031.8.2024", "2024-08-01", "2024-08-31"),
        ("1.8.\u2060–\u206031.8.2024", "2024-08-01", "2024-08-31"),
        ("1.11.2023.–30.11.2023", "2023-11-01", "2023-11-30"),
        ("27.10.2025.-5.1.2026", "2025-10-27", "2026-01-05"),
        ("1.–31.3.2025", "2025-03-01", "2025-03-31"),
        ("1-31.3.2025", "2025-03-01", "2025-03-31"),
        ("9–30.9.2025", "2025-09-09", "2025-09-30"),
        ("22.2-13.3.2023", "2023-02-22", "2023-03-13"),
        ("23.5-17.6.2024 kl. 9.00", "2024-05-23", "2024-06-17"),
        ("15.12.–22.1.2023", "2022-12-15", "2023-01-22"),
        ("15.12.2022 - 22.1.", "2022-12-15", "2023-01-22"),
        ("12.1.26–8.2.26", "2026-01-12", "2026-02-08"),
        ("1.9.2025 klo 8–15.9.2025 klo 16", "2025-09-01", "2025-09-15"),
        ("1.9.2025 klockan 9–15.9.2025 klockan 16", "2025-09-01", "2025-09-15"),
        ("1.9.2025 klo 9.00 – 30.9.2025 klo 16.15", "2025-09-01", "2025-09-30"),
        ("maanantaista 1.9. tiistaihin 30.9.2025", "2025-09-01", "2025-09-30"),
        ("ma 1.9. – ti 30.9.2025", "2025-09-01", "2025-09-30"),
        ("1.9. ja 30.9.2025 välisenä aikana", "2025-09-01", "2025-09-30"),
        ("1. syyskuuta – 15. lokakuuta 2025", "2025-09-01", "2025-10-15"),
        ("1.–30. syyskuuta 2025", "2025-09-01", "2025-09-30"),
        ("mellan den 1 och 30 september 2025", "2025-09-01", "2025-09-30"),
        ("mellan den 1 augusti och den 1 september 2026", "2026-08-01", "2026-09-01"),
        ("mellan måndagen den 2 mars och tisdagen den 31 mars 2026", "2026-03-02", "2026-03-31"),
        ("mellan torsdagen den 1.10 och lördagen den 31.10.2026", "2026-10-01", "2026-10-31"),
        ("maanantain 2.3. ja tiistain 31.3.2026 välisenä aikana", "2026-03-02", "2026-03-31"),
        ("2/3/2026–31/3/2026", "2026-03-02", "2026-03-31"),
        ("2/3 - 31/3/2026", "2026-03-02", "2026-03-31"),
        ("2.3.–31.3/2026", "2026-03-02", "2026-03-31"),
        ("2.3/2026 – 31.3/2026", "2026-03-02", "2026-03-31"),
        ("från och med den 2 september till och med den 30 september 2024", "2024-09-02", "2024-09-30"),
        ("från söndagen den 1.10.2017 kl.10.00 fram till tisdagen den 31.10.2017", "2017-10-01", "2017-10-31"),
    ],
)
def test_a_range_is_read_in_every_shape(text: str, first: str, last: str) -> None:
    (found,) = find_ranges(text)
    assert (found.first.on, found.last.on) == (iso(first), iso(last))
    assert text[found.start : found.end].startswith(first.split("-")[2].lstrip("0"))


@pytest.mark.parametrize(
    ("text", "on"),
    [
        ("den 28 augusti 2025 kl. 15.30", "2025-08-28"),
        ("1. maaliskuuta 2025", "2025-03-01"),
        ("maaliskuun 12. päivänä 2025", "2025-03-12"),
        ("12. päivänä maaliskuuta 2025", "2025-03-12"),
        ("tiistaihin 31.1.2023 saakka", "2023-01-31"),
        ("15. 3. 2025", "2025-03-15"),
        ("möte 04-10-2023", "2023-10-04"),
        ("2018-01-25", "2018-01-25"),
        ("pidetään 13.2.26.", "2026-02-13"),
        ("31.12.2025. klo 23:59", "2025-12-31"),
        ("maaliskuun 2025 loppuun mennessä", "2025-03-31"),
        ("före utgången av februari 2024", "2024-02-29"),
        ("den 5 sept. 2024", "2024-09-05"),
        ("till och med 7.3 2024", "2024-03-07"),
    ],
)
def test_a_single_date_is_read_in_every_shape(text: str, on: str) -> None:
    (found,) = find_dates(text)
    assert found.on == iso(on)
    assert found.precision is Precision.DAY
    assert not find_ranges(text)


@pytest.mark.parametrize(
    "text",
    [
        "2745/00.01.01.01/2024",
        "6579/02.02.00/2025",
        "HEL 2023-000049",
        "1826/02.05.01/2023",
        "31.2.2025",
        "päättyy klo 15.10.",
        "kl. 9.11",
        "2.5–3.5 miljoonaa euroa",
        "1 000–200 000 euroa",
        "p. 050 123 4567",
        "§ 24 ja 26 §",
        "laki 612/2021",
        "versio 2.1.10.4",
        "yhteensä 7.5 2024,50 euroa",
        "2.5 2000 €",
    ],
)
def test_other_numbers_are_no_dates(text: str) -> None:
    assert not find_dates(text)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Haku alkaa 2/3/2026 ja päättyy 31/3/2026.", ["2026-03-02", "2026-03-31"]),
        ("Haku alkaa 2.3/2026 ja päättyy 31.3/2026 klo 15.", ["2026-03-02", "2026-03-31"]),
        ("Haku päättyy 4/5/2026. Hakuaikaa on siis maanantaihin 4.5. asti.", ["2026-05-04", None]),
        ("Ansökan öppnar 2/3/2026 och stänger 4/5/2026.", []),
        ("Ansökan stänger 3/31/2026, info 2/3/2026, 31/3/2026", []),
        ("Asianumerot 31/3/02/2026, 1.31/3/2026 ja 128/02.05.01/2024", []),
        ("Liite 2.3/2026, kokous 4/2026", []),
    ],
)
def test_days_with_strokes_count_where_the_text_shows_how_they_are_meant(text: str, days: list[str | None]) -> None:
    assert [d.on for d in find_dates(text)] == [iso(day) if day else None for day in days]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("alkaa 1. syyskuuta 2026 ja päättyy maanantaina 30. päivä", ["2026-09-01", "2026-09-30"]),
        ("alkaa 1.9.2026 ja päättyy saman kuun 30. päivänä klo 16", ["2026-09-01", "2026-09-30"]),
        ("öppnar den 1 september 2026 och stänger den 30 samma månad", ["2026-09-01", "2026-09-30"]),
        ("alkaa 15. syyskuuta 2026 ja maksetaan 5. päivä", ["2026-09-15"]),
        ("alkaa 1. syyskuuta 2026\nja päättyy 30. päivä", ["2026-09-01"]),
    ],
)
def test_a_day_without_its_month_is_of_the_month_told_before(text: str, days: list[str]) -> None:
    assert [d.on for d in find_dates(text)] == [iso(day) for day in days]


def test_days_on_two_lines_are_no_range() -> None:
    assert not find_ranges("1.9.2025\n- 30.9.2025")


def test_two_days_joined_by_and_are_no_range() -> None:
    assert not find_ranges("Kokoukset pidetään 1.9.2025 ja 30.9.2025.")


def test_a_missing_year_stays_unknown_without_a_reference() -> None:
    (found,) = find_dates("17. marraskuuta")
    assert found.on is None
    assert not found.has_year
    assert (found.month, found.day) == (11, 17)


def test_a_missing_year_is_the_one_nearest_to_the_reference() -> None:
    (found,) = find_dates("17. marraskuuta", reference=iso("2025-11-14"))
    assert found.on == iso("2025-11-17")
    assert not found.has_year


def test_a_weekday_chooses_the_year() -> None:
    (found,) = find_dates("perjantaina 28.11.", reference=iso("2024-12-30"))
    assert found.on == iso("2025-11-28")


def test_months_and_years_are_told_as_what_they_are() -> None:
    month, year = find_dates("marraskuussa 2025 jaetaan vuoden 2026 avustukset")
    assert (month.precision, month.on) == (Precision.MONTH, iso("2025-11-01"))
    assert (year.precision, year.on) == (Precision.YEAR, iso("2026-01-01"))


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Sista ansökningsdag är 27.2", ["2026-02-27"]),
        ("Ansökan skickas före 27.2 till kommunen", ["2026-02-27"]),
        ("Styrelsen godkände planen vid sitt sammanträde 27.2 med några ändringar", ["2026-02-27"]),
        ("Beslut från välfärdsområdesfullmäktiges möte 27.2", ["2026-02-27"]),
        ("Välfärdsområdesstyrelsens beslut 27.2", ["2026-02-27"]),
        ("Bidragen söks från 2.2 till 27.2 på webben", ["2026-02-02", "2026-02-27"]),
        ("Punkt 3.2 i beslut 2.1 höjs från 3.1 till 4.5 procent, innan 4.5 milj. euro", []),
    ],
)
def test_a_swedish_day_may_lack_its_point_behind_a_word_for_a_day(text: str, days: list[str]) -> None:
    found = find_dates(text, reference=iso("2026-02-20"))

    assert [d.on for d in found] == [iso(day) for day in days]


def test_an_open_swedish_range_needs_a_sign_that_it_is_one() -> None:
    assert find_ranges("15.3-15.4", lang=Language.SV)
    assert find_ranges("Ansökningstiden är 15.3-15.04 varje år")
    assert not find_ranges("kohdissa 4.2–4.5")


@pytest.mark.parametrize(
    "text",
    [
        "Understöd som kan sökas 1–30.4 är:",
        "Ansökan är öppen 1.–30.4 för föreningar",
        "Avustukset ovat haettavissa 1.–30.4 sähköisesti",
        "Hakuaika alkaa keväällä ja on 1–30.4",
    ],
)
def test_a_period_of_days_may_lack_its_closing_point(text: str) -> None:
    (period,) = find_ranges(text, reference=dt.date(2026, 2, 1))

    assert (period.first.on, period.last.on) == (dt.date(2026, 4, 1), dt.date(2026, 4, 30))


@pytest.mark.parametrize("text", ["Haku on auki, hinta 2–3.5 euroa", "se kohdat 1–3.4 nedan", "kan sökas 2–4.5 %"])
def test_numbers_with_a_point_are_no_days(text: str) -> None:
    assert not find_ranges(text)


def test_clock_times_and_spans_of_hours() -> None:
    times = find_times("klo 15:45, kello 12.00, kl. 9–11, klo 16–17.30, klo 24, klo 25, klockan 8.15")
    assert [(t.at.strftime("%H:%M"), t.until and t.until.strftime("%H:%M")) for t in times] == [
        ("15:45", None),
        ("12:00", None),
        ("09:00", "11:00"),
        ("16:00", "17:30"),
        ("23:59", None),
        ("08:15", None),
    ]


def test_an_hour_is_no_first_half_of_a_day() -> None:
    (period,) = find_ranges("1.10 kl. 9–31.10 kl. 16", reference=dt.date(2024, 9, 20))

    assert (period.first.on, period.last.on) == (dt.date(2024, 10, 1), dt.date(2024, 10, 31))


def _written(day: dt.date, shape: int) -> str:
    return (
        f"{day.day}.{day.month}.{day.year}",
        f"{day.day:02}.{day.month:02}.{day.year}",
        f"{day.day}. {FI_MONTHS[day.month - 1]}ta {day.year}",
        f"den {day.day} {SV_MONTHS[day.month - 1]} {day.year}",
        f"{FI_MONTHS[day.month - 1]}n {day.day}. päivänä {day.year}",
        day.isoformat(),
        f"{day.day}.{day.month}.{day.year % 100:02}",
    )[shape]


@given(DAYS, st.integers(0, 6), st.sampled_from(["", "ma ", "Haku päättyy "]), st.sampled_from(["", ".", " mennessä"]))
def test_every_day_comes_back_from_every_shape(day: dt.date, shape: int, before: str, after: str) -> None:
    (found,) = find_dates(before + _written(day, shape) + after)
    assert found.on == day


@given(DAYS, st.integers(1, 300), st.sampled_from("-‐‒–—−"), st.sampled_from(["", " ", "\u00a0"]), st.booleans())
def test_every_range_comes_back(first: dt.date, days: int, dash: str, gap: str, year_once: bool) -> None:
    last = first + dt.timedelta(days=days)
    start = f"{first.day}.{first.month}." + ("" if year_once else str(first.year))
    (found,) = find_ranges(f"{start}{gap}{dash}{gap}{last.day}.{last.month}.{last.year}")
    assert (found.first.on, found.last.on) == (first, last)


_BEFORE_A_DAY = ["", "den ", "1.3.2025 ja ", "den 1 mars ", "maaliskuun ", "haettavana "]
_BEHIND_A_DAY = [
    "",
    ".",
    ":a",
    "–",
    " ",
    "\u200b",
    "\n",
    "12",
    "31.3.",
    "päivänä",
    "samma månad",
    "syyskuuta",
    "maj",
    "och",
]


def test_the_quick_look_behind_a_number_misses_no_date(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [f"{before}14{''.join(behind)}" for before in _BEFORE_A_DAY for behind in product(_BEHIND_A_DAY, repeat=3)]
    quick = [scan(text) for text in texts]

    _scan.cache_clear()
    monkeypatch.setattr("aluevahti.reading.datescan._BEHIND_A_DAY", re.compile(""))
    assert [scan(text) for text in texts] == quick


@given(st.text(max_size=400))
def test_any_text_can_be_read(text: str) -> None:
    for span in find_dates(text, reference=iso("2025-01-01")):
        assert 0 <= span.start < span.end <= len(text)
    for time in find_times(text):
        assert 0 <= time.start < time.end <= len(text)


@given(st.text(alphabet="0123456789.-–: klogeptmbrau1\n", max_size=300))
def test_any_heap_of_numbers_can_be_read(text: str) -> None:
    for found in find_ranges(text):
        assert found.first.start < found.last.end
        assert found.start < found.end


@given(st.integers(1, 12), st.integers(1, 28), DAYS)
def test_the_nearest_day_is_at_most_half_a_year_away(month: int, day: int, reference: dt.date) -> None:
    found = nearest(day, month, reference)
    assert found is not None
    assert abs((found - reference).days) <= 183
