"""Documents drawn for a person to label, in files that `make accuracy` reads once they are checked."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from accuracy import evaluate, load, main
from clirun import Run
from faultserver import Page, Site

CALL = 'Kainuun hyvinvointialueen toiminta-avustukset ovat haettavana 2.3.–31.3.2026 klo 16.00 asti: "hae" nyt.  '


@pytest.fixture
def watched(folder: Path, run: Run) -> Iterator[Path]:
    with Site() as site:
        entries = []
        for name, text in (("avustukset", CALL), ("vuoro", "Uimahallin vuorot jaetaan elokuussa.\tIlmoittaudu.")):
            site.pages[f"/{name}"] = Page(
                f'<html lang="fi"><head><title>{name}</title></head><body><main><h1>{name}</h1><p>{text}</p></main></body></html>'
            )
            entries.append(
                f"  - {{id: k-{name}, region: kainuu, platform: page, url: '{site.url(f'/{name}')}', allow_private_addresses: true}}\n"
            )
        text = "service: {contact: a@aluevahti.test}\ndefaults: {min_interval_per_host: 0s}\nsources:\n"
        (folder / "sources.yaml").write_text(text + "".join(entries))
        assert run("check").code == 0
        yield folder


def test_drawn_documents_are_files_to_check_and_count_only_once_they_are(run: Run, watched: Path) -> None:
    result = run("sample")

    assert (result.code, result.err) == (0, "")
    assert result.out == "2 documents to label in labelled.\n"
    files = sorted((watched / "labelled").iterdir())
    assert [file.suffix for file in files] == [".yaml", ".yaml"]
    assert load(watched / "labelled") == []

    for file in files:
        assert "# Check this file" in file.read_text()
        file.write_text(file.read_text().replace("checked: no\n", "checked: yes\n"))
    report = evaluate(load(watched / "labelled"))

    assert report.documents == 2
    assert report.scores["windows"].f1 == 1.0
    assert not report.wrong_closing_dates


def test_what_is_corrected_by_hand_is_what_counts(run: Run, watched: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run("sample", "--count", "1")
    (file,) = (watched / "labelled").iterdir()
    text = file.read_text().replace("checked: no", "checked: kyllä").replace("2026-03-31", "2026-04-30")
    file.write_text(text)

    assert main([]) == 0  # the operator's own documents have no floor

    shown = capsys.readouterr().out
    assert "own: labelled (1)" in shown
    assert "windows: kainuu-k-avustukset-" in shown


def test_documents_that_wait_for_a_person_are_counted(
    run: Run, watched: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run("sample", "-o", "muualla")

    main(["--own", "muualla"])

    assert "2 of the documents in muualla are not checked yet" in capsys.readouterr().out


def test_the_form_may_be_json_and_nothing_is_overwritten(run: Run, watched: Path) -> None:
    first, second = run("sample", "--format", "json"), run("sample", "--format", "json")

    value = json.loads(next((watched / "labelled").glob("*avustukset*.json")).read_text())
    assert value["gold"]["windows"][0]["closes"] == "2026-03-31"
    assert first.out.startswith("2 documents")
    assert second.out.startswith("0 documents")
    assert second.err == "2 were there already and were left alone.\n"


def test_the_text_survives_the_file(run: Run, watched: Path) -> None:
    run("sample")
    for file in (watched / "labelled").iterdir():
        file.write_text(file.read_text().replace("checked: no\n", "checked: yes\n"))

    bodies = {document["title"]: document["body"] for document in load(watched / "labelled")}

    assert 'klo 16.00 asti: "hae" nyt.' in bodies["avustukset"]
    assert "Uimahallin vuorot" in bodies["vuoro"]


def test_a_broken_file_is_named(folder: Path) -> None:
    (folder / "a.yaml").write_text("title: [\n")
    with pytest.raises(SystemExit, match=r"a\.yaml: "):
        load(folder)
    (folder / "a.yaml").write_text("title: x\n")
    with pytest.raises(SystemExit, match=r"a\.yaml: body, doc_kind, gold, id, lang, published, region is missing"):
        load(folder)


def test_without_documents_there_is_nothing_to_label(run: Run, configured: Path) -> None:
    result = run("sample", "--region", "lappi")

    assert result.out == "0 documents to label in labelled.\n"
    assert "No document of the last month" in result.err
