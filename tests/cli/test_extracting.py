"""What is understood of documents given by hand."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from clirun import Run
from faultserver import Page, Site

SENTENCE = "Kainuun hyvinvointialueen toiminta-avustusten haku on avoinna 2.3.–31.3.2026 klo 12.00 asti."
HTML = f"""<!doctype html><html lang="fi"><head><title>Haku avoinna</title>
<meta property="article:published_time" content="2026-03-01T08:00:00+02:00"></head>
<body><main><h1>Järjestöavustukset haettavissa</h1><p>{SENTENCE}</p></main></body></html>"""
UNDATED = """<!doctype html><html><body><main><h1>Organisationsunderstöd</h1>
<p>Ansökningstiden för organisationsunderstöd är 2–31.3. Ansökan lämnas in elektroniskt.</p></main></body></html>"""
KEYS = [
    *("doc_kind", "lang", "region", "is_relevant", "themes", "change", "windows", "grant_types", "amount_eur"),
    *("meeting", "decision"),
]


def pdf(text: str) -> bytes:
    buffer = io.BytesIO()
    page = Canvas(buffer)
    for number, line in enumerate(text.split(". ")):
        page.drawString(50, 800 - 20 * number, line)
    page.save()
    return buffer.getvalue()


def test_each_document_is_one_object_a_line_in_the_order_given(run: Run, folder: Path) -> None:
    (folder / "a.html").write_text(HTML)
    (folder / "b.txt").write_bytes(f"Järjestöavustukset haettavissa\n\n{SENTENCE}\n".encode("windows-1252"))
    (folder / "c.pdf").write_bytes(pdf("Järjestöavustukset haettavissa. " + SENTENCE.replace("–", "-")))
    (folder / "d").write_text("Hallitus päätti kokouspaikasta.")

    result = run("extract", "--json", "d", "c.pdf", "b.txt", "a.html")

    assert (result.code, result.err) == (0, "")
    other, *calls = result.lines
    assert [list(each) for each in result.lines] == [KEYS] * 4
    assert other["windows"] == []
    assert other["is_relevant"] is False
    for call in calls:
        assert (call["doc_kind"], call["region"], call["lang"]) == ("grant_call", "kainuu", "fi")
        (window,) = call["windows"]
        assert list(window) == ["grant_type", "opens", "closes", "closes_time", "continuous", "quote"]
        assert (window["opens"], window["closes"], window["closes_time"]) == ("2026-03-02", "2026-03-31", "12:00")
        assert "31.3.2026 klo 12.00" in window["quote"]


def test_what_is_not_in_the_document_can_be_said(run: Run, folder: Path) -> None:
    (folder / "a.html").write_text(UNDATED)

    said = run("extract", "--json", "a.html", "--region", "pohjanmaa", "--published", "2026-02-25", "--lang", "sv")

    (document,) = said.lines
    assert (document["region"], document["lang"]) == ("pohjanmaa", "sv")
    assert [(window["opens"], window["closes"]) for window in document["windows"]] == [("2026-03-02", "2026-03-31")]


def test_people_get_it_as_text(run: Run, folder: Path) -> None:
    (folder / "a.html").write_text(HTML)

    told = run("extract", "a.html").out

    assert "window       toiminta-avustus: 2026-03-02–2026-03-31 12:00" in told
    assert f"“{SENTENCE}”" in told


def test_nothing_is_stored_and_no_configuration_is_needed(run: Run, folder: Path) -> None:
    (folder / "a.html").write_text(HTML)

    assert run("extract", "a.html").code == 0
    assert [path.name for path in folder.iterdir()] == ["a.html"]


def test_an_address_is_fetched_with_the_limits_of_the_configuration(run: Run, configured: Path) -> None:
    config = configured / "sources.yaml"
    config.write_text(config.read_text() + "defaults: {allow_private_addresses: true, min_interval_per_host: 0s}\n")
    with Site() as site:
        site.pages["/haku"] = Page(HTML)
        found = run("extract", "--json", site.url("/haku"), site.url("/none"))

    call, gone = found.lines
    assert found.code == 1
    assert call["region"] == "kainuu"
    assert "404" in gone["error"]
    assert found.err.startswith(f"aluevahti: {site.url('/none')}: ")


def test_without_permission_no_private_address_is_asked(run: Run, configured: Path) -> None:
    with Site() as site:
        site.pages["/haku"] = Page(HTML)
        refused = run("extract", site.url("/haku"))

        assert (refused.code, refused.out) == (1, "")
        assert site.hits("/haku") == 0


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (
            ["no.html", "neither.pdf"],
            "aluevahti: no.html: there is no such file\naluevahti: neither.pdf: there is no such file\n",
        ),
        (["a.html", "--lang", "en"], "aluevahti: --lang: 'en' is unknown; known are fi, sv\n"),
        (["a.html", "--published", "1.3."], "aluevahti: --published: '1.3.' is not a date; write 2026-03-01\n"),
        (["a.html", "--region", "lapi"], "aluevahti: --region: 'lapi' is unknown; did you mean 'lappi'?\n"),
    ],
)
def test_a_wrong_call_reads_nothing(run: Run, folder: Path, arguments: list[str], line: str) -> None:
    (folder / "a.html").write_text(HTML)

    result = run("extract", *arguments)

    assert (result.code, result.out, result.err) == (2, "", line)


def test_what_is_no_document_is_named_and_the_others_are_read(run: Run, folder: Path) -> None:
    (folder / "a.html").write_text(HTML)
    (folder / "empty.txt").write_text("")
    (folder / "broken.pdf").write_bytes(b"%PDF-1.4 and no more")

    result = run("extract", "--json", "broken.pdf", "empty.txt", "a.html")

    broken, empty, call = result.lines
    assert result.code == 1
    assert list(broken) == list(empty) == ["error"]
    assert call["doc_kind"] == "grant_call"
    assert result.err.count("\n") == 2


def test_a_file_that_lacks_its_end_was_written_so(run: Run, folder: Path) -> None:
    (folder / "a.html").write_text(HTML.replace("</main></body></html>", ""))

    result = run("extract", "--json", "a.html")

    assert (result.code, result.err) == (0, "")
    assert [window["closes"] for window in result.json["windows"]] == ["2026-03-31"]


def test_a_folder_is_named_as_one(run: Run, folder: Path) -> None:
    (folder / "ohjeet").mkdir()

    result = run("extract", "ohjeet")

    assert (result.code, result.err) == (2, "aluevahti: ohjeet: is a folder; name the documents in it\n")


def test_a_document_may_come_through_a_pipe(folder: Path) -> None:
    command = [sys.executable, "-m", "aluevahti", "extract", "--json", "/dev/stdin"]

    done = subprocess.run(command, input=SENTENCE, capture_output=True, text=True, cwd=folder, check=False)

    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["windows"][0]["closes"] == "2026-03-31"


def test_what_nobody_could_read_is_not_read(run: Run, folder: Path) -> None:
    (folder / "long.txt").write_text("Avustus " * 400_000)

    result = run("extract", "long.txt", "/dev/zero")

    assert result.code == 1
    assert "the text is longer than any that a person reads (3,200,000 characters)" in result.err
    assert "/dev/zero: the file is larger than 20971520 bytes" in result.err


def test_a_text_that_names_no_region_says_what_would_help(run: Run, folder: Path) -> None:
    (folder / "a.txt").write_text("Järjestöavustukset haettavana\n\nHaku on auki 2.3.–31.3.2026.\n")

    done = run("extract", "a.txt", "--published", "2026-02-20")

    assert done.code == 0
    assert "--region" in done.err
    assert "2026-03-31" in run("extract", "a.txt", "--published", "2026-02-20", "--region", "kainuu").out
