"""A page's own title, language, day and address; no date is better than a wrong one."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aluevahti.model import Language
from aluevahti.text.dates import printed_date, printed_dates, timestamp_date
from aluevahti.text.html import PageMetadata, metadata

LEAD = "<p>" + "Avustusta haetaan sähköisellä lomakkeella huhtikuun aikana koko alueella. " * 2 + "</p>"
DAY = dt.date(2026, 3, 2)


@pytest.mark.parametrize(
    ("markup", "title"),
    [
        ("<title>Haku avautuu | Esimerkin hyvinvointialue</title>", "Haku avautuu"),
        ("<title>Haku avautuu - Esimerkin hyvinvointialue</title>", "Haku avautuu"),
        ("<title>Haku – miten ja milloin - Soite</title>", "Haku – miten ja milloin"),
        ("<title>Haku avautuu - miten haen</title>", "Haku avautuu - miten haen"),
        ('<meta property="og:site_name" content="Vahti"><meta property="og:title" content="Haku avautuu – Vahti">', "Haku avautuu"),
        ('<meta property="og:title" content="Haku avautuu jo"><h1>Vahti</h1>', "Haku avautuu jo"),
        ("<title>Haku avautuu : sivusto</title><h1>Haku&nbsp;avautuu</h1>", "Haku avautuu"),
        ("<h1></h1><main><h1>Haku <br>avautuu</h1></main>", "Haku avautuu"),
        ("<p>x</p>", ""),
    ],
)  # fmt: skip
def test_the_title_is_the_pages_own(markup: str, title: str) -> None:
    assert metadata(markup).title == title


@pytest.mark.parametrize(
    ("markup", "lang"),
    [
        ('<html lang="fi">', Language.FI),
        ('<html lang="sv-FI">', Language.SV),
        ('<html xml:lang="EN">', Language.EN),
        ('<html><meta property="og:locale" content="sv_SE">', Language.SV),
        ('<html lang="et">', None),
        ("<p>x", None),
    ],
)
def test_the_language_is_the_one_the_page_names(markup: str, lang: Language | None) -> None:
    assert metadata(markup).lang is lang


@pytest.mark.parametrize(
    "markup",
    [
        '<meta property="article:published_time" content="2026-03-01T22:30:00Z"><p>x</p>',
        '<meta itemprop="datePublished" content="2026-03-02"><p>x</p>',
        '<script type="application/ld+json">{"@graph": [{"a": []}, {"datePublished": "2026-03-02T08:00:00+02:00"}]}</script><p>x</p>',
        '<script type="application/ld+json">{broken</script><main><time datetime="2026-03-02T09:37:00+0200">2.3.</time></main>',
        '<main><h1>x</h1><time datetime="2026-03-02">eilen</time><p>x</p></main>',
        f'<main>{LEAD}<p>Julkaistu <time datetime="2026-03-02">2.3.2026</time></p></main>',
        f'<main>{LEAD}<time class="entry-date" datetime="2026-03-02">2.3.2026</time></main>',
        "<main><h1>Haku</h1><p>Julkaistu 2.3.2026 9.37</p></main>",
        "<main><h1>Haku</h1><p>Uutinen Julkaistu 2.3.2026 9.37</p></main>",
        f"<main>{LEAD * 20}<p>Julkaistu: 2.3.2026</p></main>",
        "<main><h1>Haku</h1><p>Tiedote 02.03.2026</p></main>",
        "<main><span>UUTINEN / 02.03.2026</span><h1>Haku</h1></main>",
        "<main><p>2.3.2026 08:14:53 EET | Esimerkin hyvinvointialue | Tiedote</p></main>",
        "<main><h1>x</h1><p>2.3.2026 klo 15.56 (Muokattu: 12.3.2026 klo 14.47)</p></main>",
        "<main><h1>x</h1><p>2.3.2026</p></main>",
        "<main><h1>x</h1><p>Publicerad 2.3.2026 kl. 9.37</p></main>",
    ],
)
def test_the_day_of_publication_is_read_where_the_page_tells_it(markup: str) -> None:
    assert metadata(markup).published_on == DAY


@pytest.mark.parametrize(
    "markup",
    [
        f'<main>{LEAD}<time datetime="2026-04-30">30.4.2026</time></main>',
        "<main><p>Haku päättyy 30.4.2026.</p></main>",
        f"<main>{LEAD * 13}<p>2.3.2026</p></main>",
        "<main><p>Päivitetty 2.3.2026</p></main>",
        "<main><p>Julkaistu 31.2.2026</p></main>",
        '<script type="application/ld+json">' + "[" * 5000 + "</script>",
    ],
)
def test_a_date_that_may_be_another_thing_is_not_taken(markup: str) -> None:
    assert metadata(markup).published_on is None


def test_the_address_the_page_gives_is_absolute() -> None:
    assert (
        metadata('<link rel="canonical" href="/w/haku">', "https://e.fi/web/guest/w/haku").canonical
        == "https://e.fi/w/haku"
    )
    assert metadata("<p>x", "https://e.fi/").canonical is None


@pytest.mark.parametrize("markup", ["", "\0", "   ", "<!-- x -->"])
def test_an_empty_page_says_nothing(markup: str) -> None:
    assert metadata(markup) == PageMetadata()


@given(st.text(max_size=300))
def test_any_markup_has_metadata(markup: str) -> None:
    assert metadata(markup) == metadata(markup)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2.3.2026", DAY),
        ("02.03.2026", DAY),
        ("ma 2. 3. 2026 klo 9", DAY),
        ("2026-03-02T09:00", DAY),
        ("möte 02-03-2026", DAY),
        ("2. maaliskuuta 2026", DAY),
        ("den 2 mars 2026", DAY),
        ("31.2.2026 ja 2.3.2026", DAY),
        ("1.–31.3.2026", dt.date(2026, 3, 31)),
        ("2.3.", None),
        ("1.2.3.2026", None),
        ("§ 12", None),
        ("2.3.20261", None),
    ],
)
def test_a_printed_date_is_a_whole_one(text: str, day: dt.date | None) -> None:
    assert printed_date(text) == day


@given(
    st.dates(dt.date(1950, 1, 1), dt.date(2100, 1, 1)),
    st.sampled_from(["{0.day}.{0.month}.{0.year}", "{0:%d.%m.%Y}", "{0:%Y-%m-%d}", "{0:%d-%m-%Y}"]),
)
def test_every_date_is_read_as_it_was_printed(day: dt.date, form: str) -> None:
    assert list(printed_dates(f"Kokous {form.format(day)}, § 5")) == [day]


def test_a_moment_belongs_to_its_day_in_helsinki() -> None:
    assert timestamp_date("2026-03-01T22:30:00Z") == DAY
    assert timestamp_date("2026-03-01T22:30:00") == dt.date(2026, 3, 1)
    assert timestamp_date("2.3.2026 9.37") == DAY
    assert timestamp_date("eilen") is None
    assert timestamp_date(None) is None
