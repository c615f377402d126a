"""The words of the three languages, read from `words/*.yaml`.

A key that is missing, or a value that a text asks for and does not get, is an error: a reader must never
see a hole. A test holds the three files against each other.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from typing import Any

from ruamel.yaml import YAML

from aluevahti.model import Language


class Catalogue:
    """All texts of one language, by dotted key."""

    def __init__(self, lang: Language, words: Mapping[str, Any]) -> None:
        """`words`: nested maps of texts, as the file has them."""
        self.lang = lang
        self._words = words

    def __call__(self, key: str, **values: object) -> str:
        """The text `key`, its `{names}` filled in.

        Raises:
            KeyError: there is no such text, or a value for it is missing.
        """
        found = self._find(key)
        if not isinstance(found, str):
            raise KeyError(f"{key} is not one text in {self.lang.value}.yaml")
        return found.format_map(values) if values or "{" in found else found

    def count(self, key: str, n: int, **values: object) -> str:
        """The text `key` in the form that fits the number `n`, with `{n}` filled in."""
        return self(f"{key}.{'one' if n == 1 else 'other'}", n=n, **values)

    def has(self, key: str) -> bool:
        """Whether there is a text of that key: slugs and words of documents may be unknown."""
        try:
            return isinstance(self._find(key), str)
        except KeyError:
            return False

    @property
    def texts(self) -> frozenset[str]:
        """Every text's key."""
        return frozenset(_flat(self._words))

    def _find(self, key: str) -> Any:
        found: Any = self._words
        for part in key.split("."):
            if not isinstance(found, Mapping) or part not in found:
                raise KeyError(f"{key} is missing in {self.lang.value}.yaml")
            found = found[part]
        return found


def _flat(words: Mapping[str, Any], before: str = "") -> list[str]:
    keys: list[str] = []
    for name, value in words.items():
        keys += _flat(value, f"{before}{name}.") if isinstance(value, Mapping) else [f"{before}{name}"]
    return keys


@lru_cache
def catalogue(lang: Language) -> Catalogue:
    """The words of one language."""
    file = files("aluevahti.render") / "words" / f"{lang.value}.yaml"
    return Catalogue(lang, YAML(typ="safe", pure=False).load(file.read_text("utf-8")))
