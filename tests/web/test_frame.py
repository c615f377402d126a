"""Languages and links: the reader's own choice first, then the browser's, and words for every language."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aluevahti.model import Language
from aluevahti.web.frame import Frame, base_of, negotiated, page_words


@pytest.mark.parametrize(
    ("asked", "accepted", "expected"),
    [
        (None, None, "fi"),
        ("sv", "en", "sv"),
        ("xx", "en", "en"),
        ("", "en", "en"),
        (None, "sv-FI,sv;q=0.9,fi;q=0.8,en;q=0.7", "sv"),
        (None, "en;q=0.5, FI;q=0.8", "fi"),
        (None, "de, en;q=0.3", "en"),
        (None, "de", "fi"),
        (None, "en;q=0", "fi"),
        (None, "en;q=zwei, sv;q=0.1", "sv"),
        (None, "en;level=1", "en"),
    ],
)
def test_the_language_is_the_one_asked_for_else_the_browsers(
    asked: str | None, accepted: str | None, expected: str
) -> None:
    assert negotiated(asked, accepted) == expected


@given(st.text(max_size=300), st.text(max_size=300))
def test_any_header_gives_a_language(asked: str, accepted: str) -> None:
    assert negotiated(asked, accepted) in Language


def placeholders(lang: Language) -> dict[str, set[str]]:
    words = page_words(lang)
    return {
        key: {name for _, name, _, _ in string.Formatter().parse(str(words._find(key))) if name} for key in words.texts
    }


@pytest.mark.parametrize("lang", [Language.SV, Language.EN])
def test_the_languages_have_the_same_words_with_the_same_places_in_them(lang: Language) -> None:
    assert placeholders(lang) == placeholders(Language.FI)


@pytest.mark.parametrize("lang", list(Language))
def test_no_word_is_left_in_another_language(lang: Language) -> None:
    others = [page_words(other) for other in Language if other is not lang]
    own = page_words(lang)
    same = {key for key in own.texts if any(own._find(key) == other._find(key) for other in others)}

    assert same == set()


def test_links_stand_below_the_public_path_and_are_quoted() -> None:
    frame = Frame(lang=Language.SV, chosen=True, base=base_of("https://example.org/vähän vahti/"), path="/changes")

    assert frame.to("/regions/lappi") == "/v%C3%A4h%C3%A4n%20vahti/regions/lappi?lang=sv"
    assert frame.to("/changes", {"region": "lappi", "theme": None, "before": 7}).endswith(
        "/changes?region=lappi&before=7&lang=sv"
    )


def test_a_language_that_was_not_chosen_stays_the_browsers_business() -> None:
    frame = Frame(lang=Language.SV, chosen=False, base="", path="/", query=[("region", "x&y")])

    assert frame.to("/") == "/"
    assert next(address for _, _, address in frame.languages()) == "/?region=x%26y&lang=fi"
