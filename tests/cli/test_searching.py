"""The search finds inflected words, and says who looked them up."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from aluevahti.poll.indexing import KEY
from aluevahti.storage import Store
from aluevahti.text.lemmas import lemmatiser
from clirun import Run
from faultserver import Page, Site
from outcomes import NOW

PAGES = {
    "/fi": ("fi", "Toiminta", "Aluehallitus päätti järjestöavustuksista. Säteen varrella satoi."),
    "/sv": ("sv", "Verksamhet", "Styrelsen beslutade om bidragen till föreningarna i Kajanaland."),
}


@pytest.fixture
def searchable(folder: Path, run: Run) -> Iterator[Path]:
    """A folder whose database knows two pages."""
    with Site() as site:
        for path, (lang, title, text) in PAGES.items():
            site.pages[path] = Page(
                f'<html lang="{lang}"><head><title>{title}</title></head><body><main><h1>{title}</h1><p>{text}</p></main></body></html>'
            )
        entries = "".join(
            f"  - {{id: {path[1:]}, region: kainuu, platform: page, url: '{site.url(path)}', allow_private_addresses: true, min_interval_per_host: 0s}}\n"
            for path in PAGES
        )
        (folder / "sources.yaml").write_text(f"service: {{contact: a@aluevahti.test}}\nsources:\n{entries}")
        assert run("check").code == 0
        yield folder


def found(run: Run, words: str) -> list[str]:
    return sorted(line["source"] for line in run("documents", "--search", words, "--json").lines)


def test_inflected_words_are_found_in_both_languages(run: Run, searchable: Path) -> None:
    if not lemmatiser().knows_compounds:
        if os.environ.get("CI") == "true":
            pytest.fail("Voikko and its Finnish dictionary are not installed (libvoikko1, voikko-fi)")
        pytest.skip("Voikko is not installed")

    assert found(run, "avustukset") == ["fi"]
    assert found(run, "järjestöavustus päättää") == ["fi"]
    assert found(run, "säde") == ["fi"]
    assert found(run, "sade") == []
    assert found(run, "bidrag förening") == ["sv"]


def test_swedish_forms_and_exact_words_are_found_whatever_is_installed(run: Run, searchable: Path) -> None:
    assert found(run, "bidraget") == ["sv"]
    assert found(run, "järjestöavustuksista") == ["fi"]
    assert found(run, "järjestöavus*") == ["fi"]
    assert found(run, "avaruus") == []


def test_an_index_that_another_lemmatiser_made_is_told_and_made_anew(run: Run, searchable: Path) -> None:
    url = f"sqlite:///{searchable}/state.db"
    with Store.open(url, now=NOW) as store:
        assert store.meta(KEY) == lemmatiser().name
        store.set_meta(KEY, "Snowball 1.0")

    assert "the index was made with Snowball 1.0; run `aluevahti db reindex`" in run("doctor").out
    result = run("db", "reindex")

    assert (result.code, result.out) == (0, f"Indexed 2 documents with {lemmatiser().name}.\n")
    assert "db reindex" not in run("doctor").out
    assert found(run, "bidraget") == ["sv"]
