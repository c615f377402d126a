"""Vocabularies: entries that can match, words and phrases found in place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aluevahti.reading.lexicon import WORD, Cue, Lexicon, Words, lowered, places, tokens, vocabulary, words_in


def cues(lexicon: Lexicon, text: str) -> list[Cue]:
    return list(lexicon.cues(tokens(text)))


def test_a_star_stands_for_any_ending_or_beginning() -> None:
    lexicon = Lexicon({"call": ["hakuaik*", "*haku", "*tilaisuu*", "auki"]})
    assert lexicon.groups("hakuaikaa") == {"call"}
    assert lexicon.groups("avustushaku") == {"call"}
    assert lexicon.groups("infotilaisuuteen") == {"call"}
    assert not lexicon.groups("aukio")
    assert not lexicon.groups("hakuja")


def test_a_clitic_hides_no_word() -> None:
    lexicon = Lexicon({"opens": ["alkaa"], "call": ["haetaan", "hakua"]})
    assert lexicon.groups("alkaakin") == {"opens"}
    assert lexicon.groups("haetaankin") == {"call"}
    assert lexicon.groups("hakuakaan") == {"call"}
    assert not lexicon.groups("kulkenutkin")


def test_a_phrase_is_found_whole_and_the_longest_counts() -> None:
    lexicon = Lexicon({"past": ["oli", "oli auki"], "call": ["haku* oli"]})
    assert cues(lexicon, "haku oli auki") == [Cue("call", 0, 1), Cue("past", 1, 2)]
    assert cues(lexicon, "haku on auki") == []
    assert cues(lexicon, "haku") == []


def test_the_letters_inside_a_word_are_told_beside_what_the_word_is() -> None:
    lexicon = Lexicon({"call": ["haku", "haku auki"], "body": ["lautakunta"]}, parts={"of a body": ["lautakun"]})
    assert cues(lexicon, "haku auki") == [Cue("call", 0, 1)]
    assert lexicon.groups("lautakunta") == {"body", "of a body"}
    assert lexicon.groups("lautakuntakin") == {"body", "of a body"}
    assert lexicon.groups("sote-lautakunnat") == {"of a body"}
    assert not lexicon.groups("lautanen")


@pytest.mark.parametrize("entry", ["Haku", "ha*ku", "*", "", "haku *"])
def test_an_entry_that_can_never_match_is_refused(entry: str) -> None:
    with pytest.raises(ValueError, match="can never match"):
        Lexicon({"call": [entry]})


def test_a_phrase_may_name_several_words_for_one_place() -> None:
    closes = vocabulary("windows")["closes"]

    assert {"menee kiinni", "menevät lukkoon", "meni umpeen"} <= set(closes)
    assert not [entry for entry in closes if "/" in str(entry)]
    assert "Europe/Helsinki" in str(vocabulary("places"))


def test_hyphenated_words_are_one_word() -> None:
    assert [t.text for t in tokens("toiminta-avustus, stea-rahoitus ja 1-vuotinen")] == [
        "toiminta-avustus", "stea-rahoitus", "ja", "1-vuotinen",
    ]  # fmt: skip


@given(st.text(alphabet="aåB1-‐_. \n", max_size=40))
def test_a_word_stands_where_its_token_says(text: str) -> None:
    found = tokens(text)
    assert [(t.text, t.start, t.end) for t in found] == [(m[0], *m.span()) for m in WORD.finditer(text)]
    assert [t.text for t in found] == words_in(text)


@given(st.lists(st.text(alphabet="aåB1-_. ", max_size=9), max_size=6))
def test_words_of_stretches_stand_where_they_were_found(stretches: list[str]) -> None:
    text, places_of = "", []
    for stretch in stretches:
        text += "a1 "  # what stands between two stretches has none of their words
        places_of.append((len(text), len(text) + len(stretch)))
        text += stretch
    words = Words(text, places_of)
    expected = tuple(token for begin, end in places_of for token in tokens(text, begin, end))
    assert words.tokens() == expected
    assert words.texts == [token.text for token in expected]
    assert words.starts == [token.start for token in expected]
    assert [words.end(n) for n in range(len(expected))] == [token.end for token in expected]


def test_places_are_told_in_order() -> None:
    assert places("haku haku ansökan", ["ansök", "haku", "puuttuu"]) == [0, 5, 10]
    assert places("haku haku ansökan", ["ansök", "haku"], 1, 14) == [5]
    assert places("rätt till stöd, rätt så", ["rätt s", "rätt t"], 0, 21) == [0]


@given(
    st.text(alphabet="abc", max_size=60),
    st.sets(st.text(alphabet="abc", min_size=1, max_size=6), max_size=9),
    st.integers(0, 20),
    st.none() | st.integers(0, 60),
)
def test_needles_that_begin_alike_are_found_as_each_alone_is(
    text: str, needles: set[str], start: int, end: int | None
) -> None:
    stop = len(text) if end is None else end
    alone = {at for at in range(start, stop) for needle in needles if text[at:stop].startswith(needle)}
    assert set(places(text, needles, start, end)) == alone


@given(st.text(max_size=300))
def test_lower_case_keeps_every_offset(text: str) -> None:
    assert len(lowered(text)) == len(text)


def test_lower_case_keeps_offsets_beyond_a_letter_that_grows() -> None:
    assert lowered("İHAKU").endswith("haku")
    assert len(lowered("İHAKU")) == 5


@pytest.mark.parametrize("name", ["windows", "amounts", "grants", "calendar"])
def test_no_word_stands_twice_in_a_group(name: str) -> None:
    def groups(value: object, path: str) -> list[tuple[str, list[object]]]:
        if isinstance(value, dict):
            return [g for key, inner in value.items() for g in groups(inner, f"{path}.{key}")]
        return [(path, value)] if isinstance(value, list) else []

    twice = {
        path: sorted({str(w) for w in words if words.count(w) > 1})
        for path, words in groups(vocabulary(name), name)
        if len({str(w) for w in words}) < len(words)
    }
    assert not twice


def test_every_word_for_an_endless_or_ended_call_has_a_hint() -> None:
    words = vocabulary("windows")
    without = [e for group in ("continuous", "over") for e in words[group] if not any(h in e for h in words["hints"])]
    assert not without


def test_every_word_for_a_call_has_a_stem() -> None:
    words = vocabulary("windows")
    entries = [str(e) for e in words["topics"]["call"] + words["topics"]["application"]]
    plain = {"mukaan ehtii", "ehtii mukaan", "pyytää avustu*", "avustuksia jaossa"}
    assert not [e for e in entries if e not in plain and not any(stem in e for stem in words["call_stems"])]
