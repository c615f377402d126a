"""The words of the report in one language: those of the mails, and the report's own."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from typing import Any

from ruamel.yaml import YAML

from aluevahti.model import Language
from aluevahti.render.catalogue import Catalogue


@lru_cache
def report_words(lang: Language) -> Catalogue:
    """All words of one language that the report may use."""
    words = _read(f"{lang.value}.yaml")
    for group, texts in _read(f"report.{lang.value}.yaml").items():
        words[group] = {**words.get(group, {}), **texts}
    return Catalogue(lang, words)


def _read(name: str) -> dict[str, Any]:
    content: Mapping[str, Any] = YAML(typ="safe", pure=False).load(
        (files("aluevahti.render") / "words" / name).read_text("utf-8")
    )
    return dict(content)


def decision_text(what: str, words: Catalogue) -> str:
    """What was decided, in the reader's language where the words are known, else in the document's."""
    return words(f"decision.{what}") if words.has(f"decision.{what}") else what


def sentence(text: str) -> str:
    """`text` with a capital letter at its beginning."""
    return text[:1].upper() + text[1:]
