"""A PDF gives its text, the same for the same document, and says plainly when it has none."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import sysconfig
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from aluevahti.errors import ParseError
from aluevahti.text import pdf, pdf_child
from aluevahti.text.pdf import text_of


def make_pdf(pages: Sequence[Sequence[str]], *, producer: str = "yksi", encrypt: str | None = None) -> bytes:
    """A PDF with these lines on its pages."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, encrypt=encrypt)
    canvas.setProducer(producer)
    for lines in pages:
        for number, line in enumerate(lines):
            canvas.drawString(60, 780 - 16 * number, line)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def minutes(page: int) -> list[str]:
    heads = ["Esimerkin hyvinvointialue", f"Pöytäkirja {page}/2026"]
    return [
        *heads,
        f"{page} § Asia {'ABCD'[page - 1]}",
        *[f"Kohta {letter}{'ABCD'[page - 1]}." for letter in "abcdefgh"],
        f"Sivu {page} (4)",
    ]


def test_running_lines_and_page_numbers_are_gone() -> None:
    kept = [
        [f"{page} § Asia {'ABCD'[page - 1]}", *[f"Kohta {letter}{'ABCD'[page - 1]}." for letter in "abcdefgh"]]
        for page in range(1, 5)
    ]

    assert text_of(make_pdf([minutes(page) for page in range(1, 5)])).splitlines() == [
        line for page in kept for line in page
    ]


def test_what_repeats_on_short_pages_is_not_taken_for_a_running_line() -> None:
    pages = [["Otsake", f"{number} § Asia", "Päätös: hyväksyttiin.", "Esitys", str(number)] for number in range(1, 5)]

    assert text_of(make_pdf(pages)).count("Päätös: hyväksyttiin.") == 4


def test_a_document_generated_anew_has_the_same_text() -> None:
    one, two = (make_pdf([minutes(1), minutes(2)], producer=name) for name in ("yksi", "kaksi"))

    assert one != two
    assert text_of(one) == text_of(two)


def test_lines_that_the_layout_broke_are_joined_and_words_are_made_whole() -> None:
    page = [
        "Aluehallitus päättää myöntää järjestöille avustuksia sosiaali- ja",
        "terveydenhuollon toimintaan vuonna 2026 hyvinvoinnin ja tervey-",
        "den edistämiseksi. Avustusten hakuaika on 1.4.2026 alkaen aina",
        "30.4.2026 klo 16.00 asti, ja hakemukset koskevat myös Etelä-",
        "Pohjanmaan aluetta ja linja-",
        "autoja sekä sosiaali-",
        "ja terveysjärjestöjä.",
        "Esittelijä",
        "Hallintojohtaja",
        "1. kohta",
        "2. kohta",
    ]

    assert text_of(make_pdf([page])).splitlines() == [
        (
            "Aluehallitus päättää myöntää järjestöille avustuksia sosiaali- ja terveydenhuollon toimintaan vuonna 2026 "
            "hyvinvoinnin ja terveyden edistämiseksi. Avustusten hakuaika on 1.4.2026 alkaen aina 30.4.2026 klo 16.00 asti, "
            "ja hakemukset koskevat myös Etelä-Pohjanmaan aluetta ja linja-autoja sekä sosiaali- ja terveysjärjestöjä."
        ),
        *("Esittelijä", "Hallintojohtaja", "1. kohta", "2. kohta"),
    ]


def test_a_day_that_the_layout_broke_off_its_month_is_one_again() -> None:
    lines = [
        "Järjestöavustukset 2026",
        "Hyvinvointialue ottaa hakemuksia vastaan 17. marraskuuta alkaen, ja mukaan ehtii 14.",
        "joulukuuta asti. Tarjolla on kaksi muotoa, joista toinen on toiminta-avustus järjestöille.",
        "Hakemus tehdään verkossa, ja siihen voi palata monta kertaa ennen sen lähettämistä.",
        "Lisätietoja antaa järjestökoordinaattori.",
    ]

    assert text_of(make_pdf([lines])).splitlines()[1] == f"{lines[1]} {lines[2]}"


RUNNING = "Hyvinvointialue tukee järjestöjen toimintaa, joka edistää asukkaiden hyvinvointia ja"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Avustukset ovat haettavissa koko ajan marraskuun alusta marraskuun", "24. päivään saakka."),
        ("Föreningarnas understöd kan sökas under tiden 16.2", "– 15.3.2026 på nätet."),
        ("Ansökningarna ska vara inne fredagen den 11 november 2022 senast kl.", "15. Bidragen betalas i maj."),
        ("Föreningar kan ansöka om verksamhetsunderstöd för sin verksamhet från Mellersta", "Österbotten."),
    ],
)
def test_what_belongs_together_is_on_one_line(before: str, after: str) -> None:
    lines = ["Avustukset.", RUNNING, before, after, RUNNING]

    assert f"{before} {after}" in text_of(make_pdf([lines])).splitlines()[1]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Toiminta-avustus 2.3.–31.3.2026", "Kumppanuusavustus 1.4.–30.4.2026"),
        ("Omaishoitajat ry", "Mielenterveysseura ry"),
        ("terveyttä sekä osallisuutta ja ehkäisee syrjäytymistä maakunnan kaikissa kunnissa.", "1. Hakuohje"),
        ("Päätös", "Aluehallitus hyväksyi ehdotuksen."),
    ],
)
def test_rows_and_headings_stay_lines_of_their_own(before: str, after: str) -> None:
    assert before in "\n".join(text_of(make_pdf([["Avustukset.", RUNNING, before, after]])).splitlines())
    assert after in text_of(make_pdf([["Avustukset.", RUNNING, before, after]])).splitlines()


@pytest.mark.parametrize(
    ("first", "second", "whole"),
    [
        ("Keusoten järjestöavustukset haettavissa helmikuun", "puoliväliin", True),
        ("§ 3 Missä mennään vuoden 2026", "avustushakemuksissa", True),
        ("Avustuslajit:", "toiminta-avustus", False),
        ("Avustuslajit", "toiminta-avustus", False),
        ("Haku on auki helmikuussa.", "toiminta-avustus", False),
    ],
)
def test_a_title_set_in_large_letters_is_one_line(first: str, second: str, *, whole: bool) -> None:
    body = "Hyvinvointialue tukee järjestöjen toimintaa, joka edistää asukkaiden hyvinvointia ja terveyttä."

    found = text_of(make_pdf([[first, second, body, body.upper()]])).splitlines()

    assert found[0] == (f"{first} {second}" if whole else first)


def test_ligatures_are_letters(tmp_path: Path) -> None:
    fonts = sorted(Path("/usr/share/fonts").rglob("DejaVuSans.ttf")) if Path("/usr/share/fonts").exists() else []
    if fonts:
        pdfmetrics.registerFont(TTFont("DejaVu", str(fonts[0])))
        buffer = io.BytesIO()
        canvas = Canvas(buffer)
        canvas.setFont("DejaVu", 12)
        canvas.drawString(60, 700, "o\ufb03ce \ufb01lmi")
        canvas.save()
        assert text_of(buffer.getvalue()) == "office filmi"
    assert "ﬁ".translate(pdf._LIGATURES) == "fi"


def test_a_scanned_pdf_says_that_it_has_no_text() -> None:
    from PIL import Image  # noqa: PLC0415

    buffer = io.BytesIO()
    canvas = Canvas(buffer)
    canvas.drawImage(ImageReader(Image.new("RGB", (80, 80), "grey")), 100, 400)
    canvas.save()

    with pytest.raises(ParseError, match=r"has no text.*\(https://e\.fi/a\.pdf\)"):
        text_of(buffer.getvalue(), "https://e.fi/a.pdf")


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (lambda body: b"<html>huoltokatko</html>", "no PDF"),
        (lambda body: b"", "no PDF"),
        (lambda body: b"%PDF-1.4\n" + b"\xff" * 2000, "cannot be opened"),
        (lambda body: make_pdf([["salainen"]], encrypt="avain"), "cannot be opened"),
    ],
)
def test_a_broken_pdf_is_refused_with_a_reason(spoil: Callable[[bytes], bytes], reason: str) -> None:
    with pytest.raises(ParseError, match=reason):
        text_of(spoil(make_pdf([["x"]])))


def test_the_reader_gives_a_text_for_each_page_and_a_reason_for_none(monkeypatch: pytest.MonkeyPatch) -> None:
    body = make_pdf([["yksi"], ["kaksi"]])

    assert [text.strip() for text in pdf_child.texts(body)] == ["yksi", "kaksi"]
    with pytest.raises(ValueError, match="Failed to load"):
        list(pdf_child.texts(b"%PDF-1.4"))
    monkeypatch.setattr(pdf_child, "MAX_CHARACTERS", 6)
    assert len(list(pdf_child.texts(body))) == 1


@pytest.mark.parametrize("share", [0.3, 0.6, 0.9])
def test_half_a_pdf_is_text_or_a_parse_error(share: float) -> None:
    body = make_pdf([minutes(page) for page in range(1, 5)])

    try:
        assert text_of(body[: int(len(body) * share)])
    except ParseError as error:
        assert error.reason  # noqa: PT017


def test_a_file_that_is_too_heavy_kills_nobody_but_its_reader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hungry = tmp_path / "hungry.py"
    hungry.write_text("import resource; resource.setrlimit(resource.RLIMIT_AS, (1 << 28, 1 << 28)); bytearray(1 << 30)")
    monkeypatch.setattr(pdf, "_CHILD", hungry)

    with pytest.raises(ParseError, match="more time or memory"):
        text_of(make_pdf([["x"]]))


def test_a_missing_library_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lacking = tmp_path / "lacking.py"
    lacking.write_text("import a_library_that_is_not_there")
    monkeypatch.setattr(pdf, "_CHILD", lacking)

    with pytest.raises(ParseError, match="a_library_that_is_not_there"):
        text_of(make_pdf([["x"]]))


def test_a_file_that_never_ends_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    endless = tmp_path / "endless.py"
    endless.write_text("import time; time.sleep(60)")
    monkeypatch.setattr(pdf, "_CHILD", endless)
    monkeypatch.setattr(pdf, "_TIMEOUT_SECONDS", 0.3)

    with pytest.raises(ParseError, match="within"):
        text_of(make_pdf([["x"]]))


def test_many_at_once_do_not_disturb_each_other() -> None:
    bodies = [make_pdf([[f"Asiakirja {number}"]]) for number in range(6)]

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(text_of, bodies)) == [f"Asiakirja {number}" for number in range(6)]


@pytest.mark.parametrize("name", ["executable", "_base_executable"])
def test_a_pdf_is_read_where_the_program_was_found_by_pythonpath(name: str, tmp_path: Path) -> None:
    """An interpreter without packages of its own, as after `pip install --target`."""
    (tmp_path / "paper.pdf").write_bytes(make_pdf([["Avustuksista päätettiin."]]))
    script = "import sys; from aluevahti.text.pdf import text_of; print(text_of(open(sys.argv[1], 'rb').read()))"
    path = os.pathsep.join((str(Path(pdf.__file__).parents[2]), sysconfig.get_path("purelib")))

    done = subprocess.run(
        [getattr(sys, name), "-c", script, str(tmp_path / "paper.pdf")],
        env={"PYTHONPATH": path, "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.stdout.strip(), done.stderr) == ("Avustuksista päätettiin.", "")
