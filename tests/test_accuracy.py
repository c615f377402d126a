"""The floors of understanding hold on the labelled documents, and the measure itself can fail."""

from __future__ import annotations

import pytest

from accuracy import HELD_OUT, LABELLED, Report, evaluate, load, main, table
from aluevahti.model import DocKind, Language, Reading
from aluevahti.reading import read


@pytest.fixture(scope="module")
def everything() -> Report:
    return evaluate([*load(LABELLED), *load(HELD_OUT)])


def test_every_floor_is_reached_on_all_labelled_documents(everything: Report) -> None:
    assert everything.under_floors() == [], table({"all": everything})


def test_every_floor_is_reached_on_the_documents_held_out() -> None:
    report = evaluate(load(HELD_OUT))

    assert report.under_floors() == [], table({"held-out": report})


def test_a_third_of_our_own_documents_is_held_out() -> None:
    written = [d for d in load(LABELLED) if int(d["id"]) >= 200]

    assert len(load(HELD_OUT)) * 3 >= len(written) + len(load(HELD_OUT))


def test_every_region_has_labelled_documents(everything: Report) -> None:
    documents = [*load(LABELLED), *load(HELD_OUT)]

    assert len({d["region"] for d in documents} - {None}) == 22
    assert {d["lang"] for d in documents} == {"fi", "sv"}
    assert everything.documents == len(documents)


def test_every_quote_stands_in_its_document() -> None:
    for document in [*load(LABELLED), *load(HELD_OUT)]:
        reading = read(document["title"], document["body"])
        text = " ".join(f"{document['title']} {document['body']}".split())
        quotes = [reading.quote, *(w.quote for w in reading.windows), *(f.quote for f in reading.facts)]
        for quote in quotes:
            assert " ".join(quote.split()) in text, document["id"]


def test_a_reader_that_understands_nothing_is_under_every_floor() -> None:
    nothing = Reading(doc_kind=DocKind.GRANT_CALL, lang=Language.SV, region="kainuu", is_relevant=True)
    report = evaluate(load(LABELLED), lambda _: nothing)

    low = " ".join(report.under_floors())
    for name in ("windows", "relevance", "doc_kind", "decision date", "meeting date", "region", "false alarms"):
        assert name in low


def test_the_program_names_its_misses_and_answers_for_the_floors(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 0

    shown = capsys.readouterr().out
    assert "precision" in shown
    assert "Misses in labelled:" in shown
    assert "Every floor is reached." in shown
