"""What the meeting platforms share: words, dates, numbers, titles and pages."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aluevahti.errors import LayoutChanged, ParseError
from aluevahti.model import Document, File, Form, Language, Phase, Request
from aluevahti.platforms import meetings, numbering
from aluevahti.text.dom import Element, tree
from factories import a_source
from snapshots import answer

URL = "https://kokoukset.esim.fi/sivu"
DAYS = st.dates(dt.date(1900, 1, 1), dt.date(2099, 12, 31))


def root_of(markup: str) -> Element:
    root = tree(markup)
    assert root is not None
    return root


def page_of(markup: str) -> meetings.Page:
    return meetings.page_of(answer(Request(url=URL), markup))


# --- words ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "phase"),
    [
        ("Esityslista", Phase.AGENDA),
        ("Aluehallitus 2.3.2026 klo 9 lisäesityslista", Phase.AGENDA),
        ("Lisälista", Phase.AGENDA),
        ("Asialista", Phase.AGENDA),
        ("Föredragningslista", Phase.AGENDA),
        ("Tilläggsföredragningslista", Phase.AGENDA),
        ("Kokouskutsu", Phase.CALLED),
        ("Kallelse", Phase.CALLED),
        ("Pöytäkirja", Phase.MINUTES),
        ("Pöytäkirjan tarkastus", Phase.MINUTES),
        ("Pöytäkirjanote", Phase.MINUTES),
        ("Kokouspöytäkirja", Phase.MINUTES),
        ("Protokoll", Phase.MINUTES),
        ("Protokollsutdrag", Phase.MINUTES),
        ("Tarkastamaton pöytäkirja", Phase.MINUTES_UNREVIEWED),
        ("Pöytäkirja (tarkistamaton)", Phase.MINUTES_UNREVIEWED),
        ("Pöytäkirja - allekirjoittamaton", Phase.MINUTES_UNREVIEWED),
        ("Ojusterat protokoll", Phase.MINUTES_UNREVIEWED),
        ("Protokoll (ogranskat)", Phase.MINUTES_UNREVIEWED),
        ("Päätöstiedote", Phase.DECISION_ANNOUNCEMENT),
        ("Beslutsmeddelande", Phase.DECISION_ANNOUNCEMENT),
        ("Kokous on peruttu", Phase.CANCELLED),
        ("Inställt", Phase.CANCELLED),
        ("Aluehallitus", None),
        ("Protokollaosasto", None),
        ("", None),
    ],
)
def test_words_name_a_phase(text: str, phase: Phase | None) -> None:
    assert meetings.phase_in(text) is phase
    assert meetings.phase_in(text.upper()) is phase


def test_the_phase_word_is_given_as_it_stands() -> None:
    assert meetings.phase_word("Aluehallitus  PÖYTÄKIRJA  (tarkastettu)") == "PÖYTÄKIRJA"
    assert meetings.phase_word("Aluehallitus") is None


@given(st.text())
def test_a_phase_has_its_word_and_a_word_its_phase(text: str) -> None:
    assert (meetings.phase_in(text) is None) == (meetings.phase_word(text) is None)


@pytest.mark.parametrize(
    "text",
    [
        "Ei julkaistuja kokouksia",
        "Valitulla aikavälillä ei ole yhtään kokousta.",
        "Ei hakutuloksia",
        "Inga publicerade möten",
        "Det finns inte några protokoll",
    ],
)
def test_an_empty_statement_is_known(text: str) -> None:
    assert meetings.says_nothing_is_here(text)


@pytest.mark.parametrize(
    "text", ["Kokoukset", "Esityslistat ja pöytäkirjat", "Ei vielä", "Asia ei koske muita toimielimiä"]
)
def test_other_words_state_no_emptiness(text: str) -> None:
    assert not meetings.says_nothing_is_here(text)


@pytest.mark.parametrize(
    ("phase", "lang", "title"),
    [
        (Phase.AGENDA, Language.FI, "Aluehallitus 2.3.2026 Esityslista"),
        (Phase.AGENDA, Language.SV, "Aluehallitus 2.3.2026 Föredragningslista"),
        (Phase.MINUTES_UNREVIEWED, None, "Aluehallitus 2.3.2026 Pöytäkirja"),
        (Phase.MINUTES, Language.SV, "Aluehallitus 2.3.2026 Protokoll"),
        (Phase.DECISION_ANNOUNCEMENT, Language.FI, "Aluehallitus 2.3.2026 Päätöstiedote"),
        (Phase.CANCELLED, Language.FI, "Aluehallitus 2.3.2026 Peruttu"),
        (None, Language.FI, "Aluehallitus 2.3.2026"),
    ],
)
def test_a_meeting_is_titled_by_organ_day_and_kind(phase: Phase | None, lang: Language | None, title: str) -> None:
    assert meetings.meeting_title("Aluehallitus", dt.date(2026, 3, 2), phase, lang) == title


@pytest.mark.parametrize("phase", list(Phase))
@pytest.mark.parametrize("lang", [Language.FI, Language.SV])
def test_every_phase_has_a_kind_in_both_languages(phase: Phase, lang: Language) -> None:
    title = meetings.meeting_title("Organ", dt.date(2026, 3, 2), phase, lang)

    assert len(title.split()) == 3
    assert meetings.language_in("protokoll") is Language.SV
    assert meetings.language_in("pöytäkirja") is Language.FI


@pytest.mark.parametrize(
    ("organs", "organ", "wanted"),
    [
        ((), "Aluehallitus", True),
        (("Aluehallitus",), None, True),
        (("ALUEHALLITUS",), "Aluehallitus", True),
        (("aluehallitus",), "Keski-Pohjanmaan aluehallitus", True),
        (("Aluehallitus",), "Aluehallituksen jaosto", False),
        (("Lasten ja nuorten lautakunta",), "Lasten- ja nuorten lautakunta", False),
        (("Lasten, nuorten ja perheiden lautakunta",), "Lasten nuorten ja perheiden lautakunta", True),
        (("Aluevaltuusto", "Aluehallitus"), "Tarkastuslautakunta", False),
    ],
)
def test_organs_are_matched_by_whole_words(organs: tuple[str, ...], organ: str | None, *, wanted: bool) -> None:
    assert meetings.is_wanted(a_source(organs=organs), organ) is wanted


# --- dates, numbers ------------------------------------------------------------------------------


@given(DAYS)
def test_every_way_to_write_a_day_gives_that_day(day: dt.date) -> None:
    for written in (
        f"{day.day}.{day.month}.{day.year}",
        f"{day.day:02}.{day.month:02}.{day.year}",
        f"{day.day}. {day.month}. {day.year} klo 9",
        f"Kokous_{day.day}-{day.month}-{day.year}"[7:],
        day.isoformat(),
    ):
        assert numbering.date_in(f"ma {written}") == day


@pytest.mark.parametrize("text", ["", "31.2.2026", "2.3.26", "12.2.3.2026", "1.2.20261", "kello 9.30", "0.0.2026"])
def test_what_is_no_day_gives_none(text: str) -> None:
    assert numbering.date_in(text) is None


def test_the_first_day_that_exists_counts() -> None:
    assert numbering.date_in("31.2.2026, siirretty 2.3.2026, 3.3.2026") == dt.date(2026, 3, 2)


@given(st.text())
def test_a_day_in_any_text_is_written_there(text: str) -> None:
    day = numbering.date_in(text)
    assert day is None or str(day.year) in text


@pytest.mark.parametrize(
    ("text", "section", "title"),
    [
        ("§ 32 Avustukset", 32, "Avustukset"),
        ("32 § Avustukset", 32, "Avustukset"),
        ("§ 32. Avustukset", 32, "Avustukset"),
        ("32 § – Avustukset", 32, "Avustukset"),
        ("§ 32", 32, ""),
        ("32 §", 32, ""),
        ("32 Avustukset", None, "32 Avustukset"),
        ("Hallintosäännön § 32 muutos", None, "Hallintosäännön § 32 muutos"),
        ("", None, ""),
    ],
)
def test_a_section_is_split_off_where_it_leads(text: str, section: int | None, title: str) -> None:
    assert numbering.split_section(text) == (section, title)


@pytest.mark.parametrize(
    ("texts", "found"),
    [
        (["4 Avustukset", "5 Talousarvio"], [(4, "Avustukset"), (5, "Talousarvio")]),
        (["Asia 1. Avaus", "Asia 2. Avustukset"], [(1, "Avaus"), (2, "Avustukset")]),
        (["2 vuoden suunnitelma"], [(None, "2 vuoden suunnitelma")]),
        (["1 Avaus", "Avustukset"], [(None, "1 Avaus"), (None, "Avustukset")]),
        (["5 Avaus", "4 Avustukset"], [(None, "5 Avaus"), (None, "4 Avustukset")]),
        (["§ 7 Avaus", "4 vuoden suunnitelma"], [(7, "Avaus"), (None, "4 vuoden suunnitelma")]),
        ([], []),
    ],
)
def test_bare_numbers_count_only_where_all_have_one_and_rise(
    texts: list[str], found: list[tuple[int | None, str]]
) -> None:
    assert numbering.numbered(texts) == found


@given(st.lists(st.text(max_size=30), max_size=8))
def test_numbering_loses_no_item_and_no_word_of_its_title(texts: list[str]) -> None:
    found = numbering.numbered(texts)

    assert len(found) == len(texts)
    assert all(title in text for (_, title), text in zip(found, texts, strict=True))


@given(st.lists(st.integers(1, 999), min_size=2, max_size=8, unique=True).map(sorted))
def test_rising_numbers_are_read_back(numbers: list[int]) -> None:
    found = numbering.numbered([f"{number}. Asia" for number in numbers])

    assert [section for section, _ in found] == numbers
    assert all(a < b for a, b in pairwise(numbers))


@pytest.mark.parametrize(
    ("lines", "number"),
    [
        (["ESIDno-2026-12"], "ESIDno-2026-12"),
        (["Asianumero ESIDno-2026-12, avustukset"], "ESIDno-2026-12"),
        (["Asianumero: 9845/2023"], "9845/2023"),
        (["Dnro 123/02.05.01/2026"], "123/02.05.01/2026"),
        (["Diarienummer 77/2026"], "77/2026"),
        (["9845/2023"], "9845/2023"),
        (["HEL 2026-004512"], "HEL 2026-004512"),
        (["Avustukset", "Valmistelija", "ESIDno-2026-12"], "ESIDno-2026-12"),
        (["Avustukset 4/2026"], None),
        (["x" * 61 + " ESIDno-2026-12"], None),
        (["rivi"] * 12 + ["ESIDno-2026-12"], None),
        ([], None),
    ],
)
def test_a_case_number_is_read_from_the_head_only(lines: list[str], number: str | None) -> None:
    assert numbering.case_number_in(lines) == number


# --- pages ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "body", [b"", b"  \n", b"\x00\x00", b"%PDF-1.7 x", "P\N{REPLACEMENT CHARACTER}yt\N{REPLACEMENT CHARACTER}".encode()]
)
def test_what_is_no_page_is_refused(body: bytes) -> None:
    with pytest.raises(ParseError):
        meetings.page_of(answer(Request(url=URL), body))


def test_a_page_without_content_or_under_maintenance_is_no_changed_layout() -> None:
    for markup in (
        "<html><body><p>Hetki</p></body></html>",
        "<html><body><p>Palvelussa on käyttökatko, yritä hetken kuluttua uudelleen.</p></body></html>",
    ):
        error = meetings.lacking(page_of(markup), "list")
        assert type(error) is ParseError


def test_a_page_with_other_content_is_a_changed_layout() -> None:
    error = meetings.lacking(page_of("<html><body><p>Tervetuloa uusille sivuillemme.</p></body></html>"), "list")

    assert isinstance(error, LayoutChanged)
    assert "no list" in str(error)


def test_a_pdf_is_known_by_its_first_bytes_before_its_label() -> None:
    asked = Request(url=URL)

    assert meetings.is_pdf(answer(asked, b"\n%PDF-1.7", media_type="text/html"))
    assert meetings.is_pdf(answer(asked, b"x", media_type="application/pdf"))
    assert not meetings.is_pdf(answer(asked, b" <html>", media_type="application/pdf"))
    assert not meetings.is_pdf(answer(asked, b"x", media_type="text/html"))


@pytest.mark.parametrize(
    ("markup", "whole", "to_the_end"),
    [
        ("<html><body>x</body></html>\n", True, True),
        ("<html><body>x</body>", True, False),
        ("<html><body>x<footer>y", True, False),
        ("<html><body>x", False, False),
        ("<p>x</p>", True, False),
        ("<p>x</p", False, False),
    ],
)
def test_half_a_page_is_not_whole(markup: str, *, whole: bool, to_the_end: bool) -> None:
    page = page_of(markup)

    assert (meetings.is_whole(page), meetings.is_to_the_end(page)) == (whole, to_the_end)


def test_a_page_that_never_has_an_end_is_whole_where_the_operator_says_so_but_lists_nothing_to_its_end() -> None:
    page = meetings.page_of(answer(Request(url=URL), "<html><body>x"), unclosed=True)

    assert (meetings.is_whole(page), meetings.is_to_the_end(page)) == (True, False)


def test_a_page_without_a_title_is_named_by_its_first_line() -> None:
    assert meetings.title_in(["  ", "Aluehallitus " + "x" * 300])[:13] == "Aluehallitus "
    assert len(meetings.title_in(["x" * 300])) == 200
    assert meetings.title_in([]) == ""


def test_a_fragment_without_words_is_refused() -> None:
    assert meetings.words(meetings.fragment("<td>Päätös <b>hyväksyttiin</b>", URL)) == "Päätös hyväksyttiin"
    for empty in ("", "<p> </p>"):
        with pytest.raises(ParseError):
            meetings.fragment(empty, URL)


def test_links_stay_on_the_site_and_outside_what_is_set_aside() -> None:
    root = root_of(
        '<html><body><a href="/a">a</a><a href="https://muu.fi/b">b</a><a>c</a><a href="mailto:x@esim.fi">d</a>'
        '<nav><a href="e">e</a></nav></body></html>'
    )
    nav = root.find(".//nav")

    assert [url for _, url in meetings.links(root, URL)] == [
        "https://kokoukset.esim.fi/a",
        "https://kokoukset.esim.fi/e",
    ]
    assert [url for _, url in meetings.links(root, URL, away=frozenset({nav}))] == ["https://kokoukset.esim.fi/a"]


def test_a_link_belongs_to_its_row() -> None:
    root = root_of("<html><body><table><tr><td><a href='/a'>a</a></td></tr></table><a href='/b'>b</a></body></html>")

    assert [meetings.row_of(link).tag for link in root.iter("a")] == ["tr", "a"]


def test_visible_lines_leave_out_what_is_ignored() -> None:
    root = root_of("<html><body><main><p>Päätös</p><p class='x'>Laskuri 12</p></main></body></html>")

    assert meetings.visible(root, [".x"]) == ["Päätös"]


def test_files_are_listed_once_in_their_order() -> None:
    first, second, again = (
        File(url="https://a.fi/1", title="Liite 1"),
        File(url="https://a.fi/2", title="Liite 2"),
        File(url="https://a.fi/1", title=""),
    )

    assert meetings.unique_files([first, second, again]) == (first, second)


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
def test_of_two_sightings_of_one_meeting_the_later_phase_stands(order: tuple[int, ...]) -> None:
    def sighting(phase: Phase | None, revision: str | None) -> Document:
        return Document(key="1", url=URL, title="x", form=Form.MEETING, phase=phase, revision=revision)

    seen = (sighting(None, None), sighting(Phase.AGENDA, "1"), sighting(None, "Pöytäkirja"))

    assert meetings.by_key(seen[place] for place in order) == (seen[2],)


def test_a_skeleton_is_blind_to_rows_and_stripes_but_not_to_boxes() -> None:
    def skeleton(inside: str) -> str:
        root = root_of(f"<html><body><table>{inside}</table></body></html>")
        return meetings.skeleton(root.iter("table"))

    row = '<tr class="data{}"><td>x</td></tr>'
    one = skeleton(row.format(0))

    assert skeleton(row.format(0) + row.format(1)) == one
    assert skeleton('<tr class="rivi"><td>x</td></tr>') != one
    assert skeleton('<tr class="data0"><td><div>x</div></td></tr>') != one
    assert meetings.skeleton([root_of("<html></html>")])


# --- feeds ---------------------------------------------------------------------------------------


def feed(*titles: str, head: str = '<?xml version="1.0" encoding="ISO-8859-1"?>') -> bytes:
    items = "".join(f"<item><title>{title}</title></item>" for title in titles)
    return f"{head}<rss><channel>{items}</channel></rss>".encode("cp1252")


def titles_of(body: bytes) -> list[str | None]:
    return [entry.findtext("title") for entry in meetings.entries_of(answer(Request(url=URL), body))]


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("Avustukset & tuet", "Avustukset & tuet"),
        ("Avustukset &amp; tuet", "Avustukset & tuet"),
        ("Aluehallitus &ndash; p&auml;&auml;t&ouml;s", "Aluehallitus – päätös"),
        ("&#228;lyk&#xe4;s", "älykäs"),
        ("Lasten &#150; ja", "Lasten – ja"),
        ("a&#0;b&#xd800;c&#5;", "a\N{REPLACEMENT CHARACTER}b\N{REPLACEMENT CHARACTER}c"),
        ("Lasten – ja nuorten", "Lasten – ja nuorten"),
        ("alle &lt; 5", "alle < 5"),
        ("a\x05\x00b", "ab"),
    ],
)
def test_a_sloppy_title_keeps_its_letters(written: str, title: str) -> None:
    assert titles_of(feed("ensimmäinen", written, "viimeinen")) == ["ensimmäinen", title, "viimeinen"]


@pytest.mark.parametrize(
    "head",
    [
        "",
        "\n ",
        '<?xml version="1.0" encoding="UTF-16"?>',
        '?<?xml version="1.0"?>',
        '<?xml version="1.0"?><?xml version="1.0" encoding="utf-16"?>',
    ],
)
def test_a_strange_declaration_gives_the_items_or_an_error(head: str) -> None:
    try:
        found = titles_of(feed("a", "b", head=head))
    except ParseError:
        return
    assert found == ["a", "b"]


@pytest.mark.parametrize(
    "body",
    [b"", b"<html><body>Haku</body></html>", feed("a")[:-5], b"</rss>", feed("a", "<![CDATA[b", "c")],
)
def test_a_feed_that_is_not_all_there_is_refused(body: bytes) -> None:
    with pytest.raises(ParseError):
        titles_of(body)


@given(st.binary(max_size=200))
def test_any_bytes_are_items_or_a_parse_error(junk: bytes) -> None:
    for body in (junk, junk + feed("a"), feed("a") + junk, junk + b"</rss>"):
        try:
            titles_of(body)
        except ParseError:
            continue
