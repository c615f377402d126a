"""What a source sent becomes a golden case as it is, without what tells of a person."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import goldencases
from aluevahti.cli.evidence import redacted
from clirun import Run
from faultserver import Page, Site

CONFIG = """\
service: {{contact: seuranta@aluevahti.test}}
defaults: {{min_interval_per_host: 0s, allow_private_addresses: true}}
sources:
  - id: kainuu-news
    region: kainuu
    platform: listing
    url: "{url}/uutiset"
    item: article
    ignore: [.clock, "/Luettu [0-9]+ kertaa/"]
  - {{id: lappi-grants, region: lappi, platform: page, url: "{url}/rikki"}}
"""
LIST = """<!doctype html><html lang="fi"><body><main>
<article><time datetime="2026-03-01">1.3.2026</time><h2><a href="/uutiset/haku">Järjestöavustukset haettavissa</a></h2></article>
<article><time datetime="2026-02-27">27.2.2026</time><h2><a href="/uutiset/muu">Uusi terveysasema</a></h2></article>
</main></body></html>"""
NEWS = """<!doctype html><html lang="fi"><body><main><h1>Järjestöavustukset haettavissa</h1>
<p>Haku on avoinna 2.3.–31.3.2026. Lisätietoja: Maija Mallikas, maija.mallikas@kainuu.example, p. 044 123 4567.</p>
</main></body></html>"""


@pytest.fixture
def bundle(run: Run, folder: Path) -> Path:
    with Site() as site:
        site.pages["/uutiset"] = Page(LIST)
        site.pages["/uutiset/haku"] = Page(NEWS)
        site.pages["/uutiset/muu"] = Page(NEWS.replace("Järjestöavustukset haettavissa", "Uusi terveysasema"))
        site.pages["/rikki"] = Page("<html><body><h1>Huoltokatko</h1></body></html>")
        (folder / "sources.yaml").write_text(CONFIG.format(url=site.url("").rstrip("/")))
        result = run("--now", "2026-03-02T09:00", "sources", "test", "--all", "--evidence", "evidence")
    assert result.code == 1
    assert result.err.startswith("Wrote evidence to evidence.")
    return folder / "evidence"


def test_a_bundle_is_a_golden_case_as_it_is(bundle: Path) -> None:
    for platform, name in (("listing", "kainuu-news"), ("page", "lappi-grants")):
        case = goldencases.load(bundle / platform / name)

        assert case.source.platform == platform
        assert goldencases.outcome(case) == json.loads(case.expected.read_text())


def test_a_bundle_holds_every_answer_and_says_what_it_shows(bundle: Path) -> None:
    case = goldencases.load(bundle / "listing" / "kainuu-news")
    broken = goldencases.load(bundle / "page" / "lappi-grants")

    assert [snapshot.purpose for _, snapshot in case.snapshots] == ["listing", "document", "document"]
    assert case.source.item == "article"
    assert case.source.ignore == (".clock", "/Luettu [0-9]+ kertaa/")
    assert "reads: 2 documents" in (case.folder / "source.yaml").read_text()
    assert "error" in broken.expected.read_text()


def test_a_pdf_without_a_type_of_its_own_stays_at_home_too(run: Run, folder: Path) -> None:
    with Site() as site:
        site.pages["/uutiset"] = Page(b"%PDF-1.4\n% maija.mallikas", content_type="application/octet-stream")
        site.pages["/rikki"] = Page(LIST)
        (folder / "sources.yaml").write_text(CONFIG.format(url=site.url("").rstrip("/")))
        run("sources", "test", "kainuu-news", "--evidence", "evidence")

    case = folder / "evidence" / "listing" / "kainuu-news"
    assert sorted(path.name for path in case.iterdir()) == ["expected.json", "source.yaml"]
    assert "1 PDF was left out" in (case / "source.yaml").read_text()


def test_addresses_and_numbers_of_persons_stay_at_home(bundle: Path) -> None:
    everything = b"".join(path.read_bytes() for path in bundle.rglob("*") if path.is_file())

    assert b"maija.mallikas@" not in everything
    assert b"123 4567" not in everything
    assert b"nimi@example.org" in everything


def test_evidence_is_never_overwritten(run: Run, bundle: Path) -> None:
    shutil.rmtree(bundle / "page")

    again = run("sources", "test", "--all", "--evidence", "evidence")

    assert again.code == 2
    assert again.err == "aluevahti: evidence/listing/kainuu-news: is there already\n"


@pytest.mark.parametrize(
    "kept",
    [
        "Haku on avoinna 2.3.–31.3.2026 klo 12.00 asti, dnro KAIHDno-2026-123, § 44.",
        "Summa on 850 000 euroa, 02 2026, sivu 1/12, id=0401234567, puhelinaika 9–11.",
        '<a href="/download/noname/%7B0A40-50 123 4567%7D/44">Pöytäkirja</a>',
        "09.03.2023 09:00",
    ],
)
def test_what_only_looks_like_a_number_of_a_person_stays(kept: str) -> None:
    assert redacted(kept.encode()) == kept.encode()


@pytest.mark.parametrize(
    "personal",
    ["etu.suku@pirha.fi", "etu.suku(at)pirha.fi", "050 123 4567", "+358 40 123 4567", "040-123 4567", "010190-123A"],
)
@pytest.mark.parametrize("charset", ["windows-1252", "utf-8", "utf-16", "utf-16-le", "utf-16-be"])
def test_what_tells_of_a_person_is_replaced(personal: str, charset: str) -> None:
    text = f"Lisätietoja: {personal}. Säästöt jäävät."

    kept = redacted(text.encode(charset)).decode(charset)

    assert personal not in kept
    assert kept.startswith("Lisätietoja: ")
    assert kept.endswith(". Säästöt jäävät.")


def test_letters_spaced_out_against_copying_hide_no_address() -> None:
    assert b"e t u" not in redacted(b"P u h. e t u . s u k u @ p i r h a . f i  kiitos")


@given(st.binary(max_size=300), st.booleans())
def test_any_bytes_are_redacted_without_a_fault(body: bytes, wide: bool) -> None:
    letters = body.decode("latin-1").encode("utf-16-le") if wide else body
    address = " etu@pirha.fi".encode("utf-16-le" if wide else "ascii")

    assert address[1:] not in redacted(letters + address)


@pytest.mark.parametrize("end", ["", "ä", "\ud800", "\udc00\ud800"])
def test_wide_text_without_persons_stays_byte_for_byte(end: str) -> None:
    body = f"<p>Aluehallitus {end}</p>{end}".encode("utf-16-le", "surrogatepass")

    assert redacted(body) == body
    assert redacted(body[:-1]) == body[:-1]
