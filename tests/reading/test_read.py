"""Any text gives a reading, quickly, and with quotes that stand in it."""

from __future__ import annotations

import datetime as dt
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accuracy import LABELLED, load
from aluevahti.model import Form, Language
from aluevahti.reading import read
from aluevahti.reading.page import Page

_PROSE = (
    "Hyvinvointialueen palvelut järjestetään yhdenvertaisesti koko alueella, ja niiden saatavuutta seurataan.",
    "Vastuualueen johtaja esitteli toiminnan painopisteet ja kertoi, miten henkilöstön saatavuus on kehittynyt.",
    "Sosiaali- ja terveydenhuollon järjestämisestä annetun lain (612/2021) 8 §:n mukaan alue vastaa palveluista.",
    "Vuonna 2024 hoitoon pääsy nopeutui 12 prosenttia, ja jonossa oli 31.12.2024 yhteensä 1 204 henkilöä.",
)
_WORDS = st.sampled_from(
    [
        "Aluehallitus",
        "päätti",
        "myöntää",
        "avustuksia",
        "8.9.2025",
        "§",
        "4",
        "Päätös",
        "Ehdotus",
        "Perustelut",
        ".",
        ",",
        "\n",
        "järjestöille",
        "12",
        "000",
        "euroa",
        "haku",
        "1.1.–31.1.2026",
        "klo",
        "12",
        "mennessä",
        "nämnden",
        "beslöt",
        "bordlägga",
        "Pöytäkirja",
        "/Pykälä",
        "5",
        "Oma",
        "Häme",
        "Sata",
        "lautakunta",
    ]
)


def _page(size: int) -> tuple[str, str]:
    document = next(d for d in load(LABELLED) if d["id"] == "205")
    lines, length = [document["body"]], len(document["body"])
    while length < size:
        lines.append(_PROSE[len(lines) % len(_PROSE)])
        length += len(lines[-1]) + 1
    return document["title"], "\n".join(lines)


def _seconds(title: str, text: str) -> float:
    best = float("inf")
    for turn in range(4):
        fresh = f"{text}\n{turn}"  # what was kept of the same text would measure nothing
        begin = time.process_time()
        read(title, fresh)
        best = min(best, time.process_time() - begin)
    return best


def test_reading_grows_in_step_with_the_length() -> None:
    short, long = _seconds(*_page(250_000)), _seconds(*_page(1_000_000))

    assert long < 8 * short


def test_reading_text_full_of_calls_dates_and_sums_grows_in_step_with_the_length() -> None:
    dense = "\n".join(Page(d["title"], d["body"]).text for d in load(LABELLED))  # without what would end the reading
    short, long = (_seconds("Avustukset", (dense * 10)[:size]) for size in (100_000, 400_000))

    assert long < 6 * short  # four times the text; what the machine does beside may cost half of that again


def test_a_page_of_fifty_kilobytes_is_read_in_a_moment() -> None:
    assert _seconds(*_page(50_000)) < 0.5


@pytest.mark.parametrize(
    "text", ["a" * 300_000, "avustus " * 30_000, "§ " * 50_000, "1.1." * 50_000, "lautakunnan " * 20_000]
)
def test_a_page_of_one_endless_line_is_read_too(text: str) -> None:
    begin = time.process_time()
    read("Avustukset", text)

    assert time.process_time() - begin < 5


@given(st.lists(_WORDS, max_size=60).map(" ".join), st.lists(_WORDS, max_size=8).map(" ".join))
@settings(max_examples=150, deadline=None)
def test_words_in_any_order_give_a_reading_whose_quotes_stand_in_the_text(text: str, title: str) -> None:
    reading = read(title, text, region="lappi", published_on=dt.date(2025, 9, 10))

    whole = " ".join(f"{title} {text}".split())
    for quote in (reading.quote, *(w.quote for w in reading.windows), *(f.quote for f in reading.facts)):
        assert " ".join(quote.split()) in whole
    assert reading.region == "lappi"
    assert reading.is_relevant or not (reading.windows or reading.themes or reading.facts)


@given(st.text(max_size=300), st.text(max_size=60), st.sampled_from([None, *Form]))
@settings(max_examples=100, deadline=None)
def test_no_text_is_an_error(text: str, title: str, form: Form | None) -> None:
    assert read(title, text, form=form).lang in {Language.FI, Language.SV}


def test_what_the_caller_knows_wins_over_the_text() -> None:
    text = "Kainuun hyvinvointialueen aluehallitus, kokous 1.1.2020\nPäätös\nHyväksyttiin."
    reading = read(
        "§ 1 Järjestöavustukset", text, lang=Language.SV, region="lappi", organ="Lautakunta",
        meeting_on=dt.date(2025, 9, 8), section=7,
    )  # fmt: skip

    assert (reading.lang, reading.region) == (Language.SV, "lappi")
    assert reading.meeting is not None
    assert (reading.meeting.organ, reading.meeting.section) == ("lautakunta", 7)
    assert reading.decision is not None
    assert reading.decision.decided_on == dt.date(2025, 9, 8)


def test_reading_twice_says_the_same() -> None:
    for document in load(LABELLED)[:20]:
        assert read(document["title"], document["body"]) == read(document["title"], document["body"])


PROPOSED_CALL = """Osallisuuslautakunta, kokous 3.3.2026
Pöytäkirja on tarkastettu
§ 12 Kumppanuusavustusten haun avaaminen
9202/2026
Ehdotus
Lautakunta päättää avata kumppanuusavustusten haun ajalle 16.3.–17.4.2026 klo 15.00.
Päätös
"""


@pytest.mark.parametrize(
    ("decided", "sure"),
    [
        pytest.param("Hyväksyttiin.", True, id="approved in one word"),
        pytest.param("Asia hyväksyttiin.", True, id="the matter was approved"),
        pytest.param("", False, id="nothing decided yet"),
    ],
)
def test_a_proposed_call_is_sure_once_its_item_was_approved(decided: str, *, sure: bool) -> None:
    reading = read("Kumppanuusavustusten haun avaaminen", PROPOSED_CALL + decided, region="pirkanmaa", form=Form.ITEM)

    assert [window.sure for window in reading.windows] == [sure]


def test_one_approval_among_many_items_makes_no_other_proposal_sure() -> None:
    text = PROPOSED_CALL.replace("§ 12 Kumppanuusavustusten haun avaaminen\n", "") + "Hyväksyttiin."
    reading = read("Osallisuuslautakunta 3.3.2026 Pöytäkirja", text, region="pirkanmaa", form=Form.MEETING)

    assert [window.sure for window in reading.windows] == [False]


@pytest.mark.parametrize(
    "item",
    [
        "2 Järjestöavustusten myöntäminen vuodelle 2027",
        "§ 45 Järjestöavustusten myöntäminen vuodelle 2027",
        "45 § Järjestöneuvottelukunnan asettaminen toimikaudelle 2027–2029",
        "3. Beviljande av organisationsbidrag för 2027",
    ],
)
def test_one_item_of_a_whole_meetings_paper_makes_it_matter(item: str) -> None:
    lines = ["Etelä-Karjalan hyvinvointialue", "Esityslista", "1 Kokouksen laillisuus", "Todetaan kokous lailliseksi."]
    lines += [
        item,
        "Hakemukset ovat liitteenä ja asia esitellään kokouksessa.",
        "60 Vuokrasopimus",
        "Hyväksytään sopimus.",
    ]

    reading = read("Aluehallitus 10.11.2026 Esityslista", "\n".join(lines), form=Form.MEETING, region="etela-karjala")

    assert reading.is_relevant
    assert reading.themes
    assert reading.quote == item


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param(
            ["1 Kokouksen avaus", "2 Järjestöavustusten myöntäminen vuodelle 2027", "3 Vuokrasopimus"], id="titles only"
        ),
        pytest.param(["1 Kokouksen avaus", "Kokous avattiin sen alkaessa.", "2 Kotihoidon palveluseteli", "Arvo nousee vuoden alusta."], id="nothing"),
        pytest.param(["2 Avustus yksityistielle", "Perusparannukseen myönnetään avustusta tiekunnalle."], id="a road's money"),
    ],
)  # fmt: skip
def test_a_meetings_page_does_not_matter_by_what_its_items_tell_themselves(lines: list[str]) -> None:
    text = "\n".join(lines)

    assert not read("Aluehallitus 10.11.2026 Esityslista", text, form=Form.MEETING, region="kainuu").is_relevant


def test_an_item_that_sets_a_time_of_applying_and_names_no_type_is_of_grants_at_large() -> None:
    text = "Aluehallitus 12.1.2026 § 20\nPäätös\nAluehallitus vahvistaa hakuajaksi 2.–31.3.2026."

    reading = read("§ 20 Järjestöjen avustaminen, hakuajan vahvistaminen", text, region="kainuu")

    assert reading.windows
    assert reading.grant_types == ("jarjestoavustus",)


@pytest.mark.parametrize(
    ("title", "types"),
    [
        ("§ 20 Toiminta-avustukset vuodelle 2026", ("toiminta-avustus",)),
        ("§ 20 Järjestöjen avustukset vuodelle 2026", ("toiminta-avustus", "kumppanuusavustus")),
    ],
)
def test_an_item_is_of_the_types_that_its_title_names(title: str, types: tuple[str, ...]) -> None:
    text = "Aluehallitus 12.1.2026 § 20\nPerustelut\nToiminta-avustusten määräraha on pienempi, koska järjestöjä siirrettiin kumppanuusavustuksiin.\nPäätös\nHyväksyttiin."

    assert read(title, text, region="kainuu").grant_types == types


@pytest.mark.parametrize("day", [dt.date.min, dt.date.max])
def test_an_impossible_day_of_publication_is_none(day: dt.date) -> None:
    text = "Pirkanmaan hyvinvointialue\nToiminta-avustusten haku alkaa 2.3. ja päättyy 31.3. Haku avataan tänään."

    reading = read("Järjestöavustusten haku", text, published_on=day)

    assert reading == read("Järjestöavustusten haku", text)
