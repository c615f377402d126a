"""The report's own words: the same in three languages, all used, none missing."""

from __future__ import annotations

import re
import string
from pathlib import Path

import pytest

import aluevahti.render.report
from aluevahti.baseline import load, reported_national
from aluevahti.model import Language
from aluevahti.render.environment import packaged_templates
from aluevahti.render.report.words import decision_text, report_words
from aluevahti.render.wording import organ_text

FI, SV, EN = (report_words(lang) for lang in (Language.FI, Language.SV, Language.EN))
OWN = sorted(key for key in FI.texts if key.startswith("report."))
FREE = ("decision.",)  # only where the Finnish word needs a translation


def names_in(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_the_three_languages_have_the_same_texts() -> None:
    fi, sv, en = ({key for key in words.texts if not key.startswith(FREE)} for words in (FI, SV, EN))

    assert fi == sv == en
    assert {key for key in SV.texts if key.startswith(FREE)} == {key for key in EN.texts if key.startswith(FREE)}


@pytest.mark.parametrize("key", OWN)
def test_a_text_asks_for_the_same_values_in_every_language(key: str) -> None:
    texts = [words._find(key) for words in (FI, SV, EN)]

    assert all(isinstance(text, str) and text.strip() for text in texts)
    assert len({frozenset(names_in(text)) for text in texts}) == 1


def test_every_text_is_used() -> None:
    code = "".join(path.read_text("utf-8") for path in Path(aluevahti.render.report.__file__).parent.glob("*.py"))
    code += "".join(path.read_text("utf-8") for path in (packaged_templates() / "report").iterdir())
    named = set(re.findall(r"[\"'](report(?:\.[a-z_0-9]+)+)[\"']", code))
    groups = set(re.findall(r'f"(report(?:\.[a-z_]+)+)\.\{', code)) | set(
        re.findall(r'"(report(?:\.[a-z_]+)+)\." ~', code)
    )
    unused = []
    for key in OWN:
        stem = key.removesuffix(".one").removesuffix(".other")
        group = key.rpartition(".")[0]
        if not (stem in named or {group, stem.rpartition(".")[0]} & groups or suffixed(stem, code)):
            unused.append(key)
    assert unused == []


def suffixed(key: str, code: str) -> bool:
    """Whether a text is chosen by a rule for its ending: `confirmed_on` by `f"report.standing.{key}_on"`."""
    return f'f"{key.rpartition(".")[0]}.{{key}}_on"' in code and key.endswith("_on")


def test_every_national_count_has_a_label_and_a_note_where_the_baseline_has_one() -> None:
    for name, told in reported_national().items():
        for words in (FI, SV, EN):
            assert words.has(f"report.national.{name}")
            assert words.has(f"report.note.{name}") is (told["note"] is not None), (name, words.lang)
    names = {key.rpartition(".")[2] for key in OWN if key.startswith(("report.national.", "report.note."))}
    assert names == set(reported_national())


def test_every_decision_of_the_baseline_has_its_words_in_swedish_and_english() -> None:
    models = [update.value.value for update in load() if update.field == "grant_model" and update.value.value]
    whats = {decision["what"] for model in models for decision in model["decisions"]}

    for words in (SV, EN):
        assert {what for what in whats if decision_text(what, words) == what} == set()
        assert {key.removeprefix("decision.") for key in words.texts if key.startswith("decision.")} == whats


def test_bodies_that_readers_know_by_another_name_are_translated_and_others_are_left_alone() -> None:
    assert [organ_text("aluehallitus", words) for words in (FI, SV, EN)] == [
        "aluehallitus",
        "välfärdsområdesstyrelsen",
        "county board",
    ]
    assert organ_text("hyte-lautakunta", EN) == "hyte-lautakunta"


def test_every_grant_type_of_the_baseline_has_a_name() -> None:
    types = {one for update in load() if update.field == "grant_types" for one in update.value.value or ()}

    for words in (FI, SV, EN):
        assert all(words.has(f"grant_type.{slug}") for slug in types)
