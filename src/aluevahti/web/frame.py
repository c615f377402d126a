"""What every page shows around its content: the language, and links that keep it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from urllib.parse import quote, urlencode, urlsplit

from ruamel.yaml import YAML

from aluevahti.model import Language
from aluevahti.render.catalogue import Catalogue

OWN_NAMES = {Language.FI: "suomi", Language.SV: "svenska", Language.EN: "English"}
"""What each language calls itself."""


@lru_cache
def page_words(lang: Language) -> Catalogue:
    """The words that only the pages use; those that mails use too are in `render.catalogue`."""
    file = files("aluevahti.web") / "words" / f"{lang.value}.yaml"
    return Catalogue(lang, YAML(typ="safe", pure=False).load(file.read_text("utf-8")))


def negotiated(asked: str | None, accepted: str | None) -> Language:
    """The language of an answer.

    Args:
        asked: `?lang=`, which stands before everything else if it is one of ours.
        accepted: the Accept-Language header (RFC 9110, 12.5.4); the best of ours is taken, else Finnish.
    """
    if asked in set(Language):
        return Language(asked)
    best, best_weight = Language.FI, 0.0
    for part in (accepted or "").split(",")[:20]:
        tag, _, parameters = part.partition(";")
        code = tag.strip().lower().partition("-")[0]
        weight = _weight(parameters)
        if code in set(Language) and weight > best_weight:
            best, best_weight = Language(code), weight
    return best


def _weight(parameters: str) -> float:
    name, _, value = parameters.strip().partition("=")
    if not name:
        return 1.0
    try:
        return float(value) if name.strip() == "q" else 1.0
    except ValueError:
        return 0.0


def base_of(public_url: str) -> str:
    """The path that the site lives below, without a final slash; mostly nothing."""
    return quote(urlsplit(public_url).path.rstrip("/"), safe="/%")


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """The page that is asked for, as far as its frame needs it.

    Attributes:
        lang: its language.
        chosen: whether the language was asked for by the address; links then keep it.
        base: the path that the site lives below (`base_of`).
        path: the page's path on the site.
        query: what else the address asks for, without the language.
        as_of: when it was made, in words.
        contact: whom to write to.
        style: the style sheet's version.
    """

    lang: Language
    chosen: bool
    base: str
    path: str
    query: Sequence[tuple[str, str]] = ()
    as_of: str = ""
    contact: str = ""
    style: str = ""

    def to(self, path: str, query: Mapping[str, str | int | None] | None = None) -> str:
        """A link to a page of this site in the language of this one; parts of `query` without a value are left out."""
        pairs = [(key, str(value)) for key, value in (query or {}).items() if value not in {None, ""}]
        return self._link(path, [*pairs, ("lang", self.lang.value)] if self.chosen else pairs)

    def languages(self) -> list[tuple[str, str, str]]:
        """The three languages: code, name, and this same page in it."""
        return [
            (lang.value, name, self._link(self.path, [*self.query, ("lang", lang.value)]))
            for lang, name in OWN_NAMES.items()
        ]

    def _link(self, path: str, query: Sequence[tuple[str, str]]) -> str:
        return self.base + quote(path) + (f"?{urlencode(query)}" if query else "")
