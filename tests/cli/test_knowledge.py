"""What the state tells: changes, documents and status, for programs and for people."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from aluevahti.cli.output import clean
from aluevahti.model import (
    Change,
    ChangeKind,
    Evidence,
    Form,
    KnownWindow,
    StatusState,
    StatusUpdate,
    StatusValue,
    Theme,
    Window,
)
from aluevahti.regions import REGION_CODES
from aluevahti.storage import Store
from clirun import Run
from outcomes import NOW, document, outcome, update

OPENED = Change(
    kind=ChangeKind.WINDOW_OPENED,
    region="kanta-hame",
    source="kanta-hame-news",
    detected_at=dt.datetime(2026, 3, 2, 7, 10, tzinfo=dt.UTC),
    title="Järjestöavustukset haettavissa",
    url="https://omahame.example/w/haku",
    relevant=True,
    themes=(Theme.GRANTS,),
    after={
        "grant_type": "toiminta-avustus",
        "opens": "2026-03-02",
        "closes": "2026-03-31",
        "closes_time": "12:00",
        "continuous": False,
    },
    evidence=Evidence(quote="Haku on avoinna 2.–31.3.2026 klo 12 asti.", url="https://omahame.example/w/haku"),
)
MINUTES = Change(
    kind=ChangeKind.DOCUMENT_NEW,
    region="lappi",
    source="lappi-minutes",
    detected_at=dt.datetime(2026, 7, 1, 4, 0, tzinfo=dt.UTC),
    title="Avustusten myöntäminen",
    url="https://lapha.example/12",
    relevant=False,
    themes=(Theme.STRUCTURES,),
    organ="Aluehallitus",
    meeting_on=dt.date(2026, 6, 30),
    section=12,
)
STRATEGY = StatusUpdate(
    region="lappi",
    field="strategy",
    value=StatusValue(
        value={"status": "draft", "approved_by": None},
        state=StatusState.BASELINE,
        since=dt.date(2023, 1, 1),
        evidence=Evidence(quote="Strategia on luonnos.", url=None, reference="s. 40"),
    ),
)
APPROVED = StatusUpdate(
    region="lappi",
    field="strategy",
    value=StatusValue(
        value={"status": "approved", "approved_by": "aluevaltuusto"},
        state=StatusState.AUTO,
        since=dt.date(2026, 2, 27),
        evidence=Evidence(quote="Aluevaltuusto hyväksyi strategian.", url="https://lapha.example/11"),
    ),
)


@pytest.fixture
def state(configured: Path) -> Path:
    """A database in which two things have changed."""
    with Store.open(f"sqlite:///{configured}/state.db", now=NOW, baseline=lambda: (STRATEGY,)) as store:
        store.record_poll(
            outcome(
                "kanta-hame-news",
                region="kanta-hame",
                documents=(
                    update(
                        "haku",
                        "Haku on avoinna 2.–31.3.2026 klo 12 asti.",
                        known=document("haku", title="Järjestöavustukset haettavissa", form=Form.NEWS),
                    ),
                ),
                changes=(OPENED,),
            )
        )
        store.record_poll(outcome("lappi-minutes", region="lappi", changes=(MINUTES,), status=(APPROVED,)))
    return configured


def test_a_call_that_used_to_open_at_this_time_is_told_with_the_status_of_its_region(run: Run, state: Path) -> None:
    last_year = Window(grant_type="toiminta-avustus", opens=dt.date(2025, 3, 3), closes=dt.date(2025, 3, 31))
    window = KnownWindow(region="lappi", window=last_year, source=None, url=None, title="", closed_told=True)
    with Store.open(f"sqlite:///{state}/state.db", now=NOW) as store:
        store.record_poll(outcome("lappi-minutes", region="lappi", windows=(window,)))

    told = run("--now", "2026-03-02", "status", "lappi").out

    assert "Operating grant (toiminta-avustus): expected – the call opened in week 10 of 2025." in told
    assert "expected" not in run("--now", "2026-07-01", "status", "lappi").out
    assert "expected" not in run("--now", "2026-03-02", "status", "kainuu").out


def test_a_change_has_the_shape_that_programs_rely_on(run: Run, state: Path) -> None:
    result = run("changes", "--json")

    first, second = result.lines
    assert (result.code, result.err) == (0, "")
    assert list(first) == [
        *("id", "detected_at", "kind", "region", "source", "themes", "relevant", "title", "url", "document", "organ"),
        *("meeting_date", "section", "before", "after", "evidence", "sure"),
    ]
    assert first["id"] == 1
    assert first["detected_at"] == "2026-03-02T09:10:00+02:00"
    assert (first["kind"], first["region"], first["source"]) == ("window.opened", "kanta-hame", "kanta-hame-news")
    assert (first["themes"], first["relevant"], first["sure"]) == (["avustukset"], True, True)
    assert first["after"] == OPENED.after
    assert set(first["evidence"]) == {"quote", "url", "snapshot"}
    assert second["detected_at"] == "2026-07-01T07:00:00+03:00"
    assert (second["organ"], second["meeting_date"], second["section"]) == ("Aluehallitus", "2026-06-30", 12)
    assert second["evidence"] is None


@pytest.mark.parametrize(
    ("options", "ids"),
    [
        ([], [1, 2]),
        (["--region", "lappi"], [2]),
        (["--theme", "avustukset"], [1]),
        (["--kind", "document.new"], [2]),
        (["--since", "2026-03-02T09:10:01"], [2]),
        (["--since", "2026-03-02T07:10:00Z"], [1, 2]),
        (["--since", "2026-07-02"], []),
    ],
)
def test_changes_are_chosen_by_time_region_theme_and_kind(
    run: Run, state: Path, options: list[str], ids: list[int]
) -> None:
    result = run("changes", "--json", *options)

    assert [change["id"] for change in result.lines] == ids


def test_people_read_changes_with_quote_and_address(run: Run, state: Path) -> None:
    result = run("changes", "--region", "kanta-hame")

    assert result.out == (
        "2026-03-02 09:10  window.opened    kanta-hame\n"
        "    Järjestöavustukset haettavissa\n"
        "    grant_type toiminta-avustus, opens 2026-03-02, closes 2026-03-31, closes_time 12:00\n"
        "    “Haku on avoinna 2.–31.3.2026 klo 12 asti.”\n"
        "    https://omahame.example/w/haku\n"
    )
    assert run("changes", "--since", "2030-01-01").out == "Nothing has changed.\n"


def test_documents_are_told_one_a_line_and_found_by_their_words(run: Run, state: Path) -> None:
    (known,) = run("documents", "--json").lines

    assert (known["region"], known["source"], known["key"]) == ("kanta-hame", "kanta-hame-news", "haku")
    assert known["first_seen_at"] == "2026-03-02T09:00:00+02:00"
    assert known["understood"] is None
    assert len(run("documents", "--json", "--search", "avoinna").lines) == 1
    assert run("documents", "--json", "--search", "suljettu").lines == []
    assert run("documents", "--json", "--region", "lappi").lines == []
    assert run("documents", "--search", "suljettu").out == "No document has all these words.\n"
    table = run("documents").out.splitlines()
    assert table[0].split() == ["ID", "REGION", "DATE", "WHAT", "TITLE", "CASE", "SAME", "MATTER", "ADDRESS"]
    assert "Järjestöavustukset haettavissa" in table[1]


def test_the_status_shows_every_value_with_evidence_and_history(run: Run, state: Path) -> None:
    told = run("--now", "2026-03-02T09:00", "status", "--json").json

    assert set(told) == {"as_of", "regions", "national"}
    assert told["as_of"] == "2026-03-02T09:00:00+02:00"
    assert list(told["regions"]) == list(REGION_CODES)
    strategy = told["regions"]["lappi"]["strategy"]
    assert strategy["value"] == {"status": "approved", "approved_by": "aluevaltuusto"}
    assert (strategy["state"], strategy["since"]) == ("auto", "2026-02-27")
    assert strategy["evidence"]["quote"] == "Aluevaltuusto hyväksyi strategian."
    assert strategy["evidence"]["url"] == "https://lapha.example/11"
    (before,) = strategy["history"]
    assert (before["value"]["status"], before["state"]) == ("draft", "baseline")
    assert before["evidence"]["reference"] == "s. 40"
    assert list(run("status", "lappi", "--json").json["regions"]) == ["lappi"]


def test_the_status_is_told_to_people_with_the_sentence_and_the_link(run: Run, state: Path) -> None:
    told = run("status", "lappi").out.splitlines()

    assert told[0] == "Wellbeing services county of Lapland (lappi)"
    start = told.index("  Strategy")
    assert told[start + 1 : start + 6] == [
        "      Approved (county council)",
        "      [read in a document, as of 27 February 2026]",
        "      “Aluevaltuusto hyväksyi strategian.”",
        "      https://lapha.example/11",
        "      before: Draft [as of January 2023, not confirmed since]",
    ]
    assert any(line.startswith("  Not known: ") for line in told)
    assert "The country, beside the figures of the January 2023 report" in run("status").out.splitlines()


def test_characters_of_a_page_cannot_play_with_the_terminal() -> None:
    assert clean("Haku\x1b[2J\u202eauki\x07\n\tä–€") == "Haku�[2J�auki�\n\tä–€"
    assert clean("850\u202f000\u00a0€") == "850\u202f000\u00a0€"


def test_documents_of_one_matter_name_each_other(run: Run, folder: Path) -> None:
    run("init")
    with Store.open(f"sqlite:///{folder / 'state.db'}", now=NOW) as store:
        for place, (organ, held_on, section) in enumerate(
            [
                ("Hyvinvointilautakunta", "2026-02-12", 4),
                ("Aluehallitus", "2026-03-02", 57),
                ("Aluevaltuusto", None, None),
            ]
        ):
            known = document(
                f"i{place}",
                title="Järjestöavustusten periaatteet",
                form=Form.ITEM,
                organ=organ,
                meeting_on=None if held_on is None else dt.date.fromisoformat(held_on),
                section=section,
                case_number="LAPHADno-2026-31" if section else None,
            )
            store.record_poll(outcome(f"s{place}", documents=(update(known=known),)))

    first, second, other = run("documents", "--json", "--region", "lappi").lines
    table = run("documents", "--region", "lappi").out

    assert [(one["organ"], one["meeting_date"], one["section"]) for one in first["same_matter"]] == [
        ("Aluehallitus", "2026-03-02", 57)
    ]
    assert [one["id"] for one in second["same_matter"]] == [first["id"]]
    assert other["same_matter"] == []
    assert "Aluehallitus 2026-03-02 § 57" in table
    assert "Hyvinvointilautakunta 2026-02-12 § 4" in table
