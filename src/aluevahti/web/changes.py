"""What happened, newest first: filtered, a page at a time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from aluevahti.model import ChangeKind, Language, Theme
from aluevahti.regions import REGION_CODES, REGIONS
from aluevahti.render.catalogue import Catalogue, catalogue
from aluevahti.rules.digest import SOURCE_KINDS
from aluevahti.web.frame import page_words
from aluevahti.web.happened import Happened, by_day, happened
from aluevahti.web.site import Site

PAGE = 40
"""Changes on one page."""

LARGEST_ID = 2**63 - 1
"""The largest number that the database can count to: a larger one from an address is no id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is asked for; what is no region, theme, kind or number of ours counts as not asked.

    Attributes:
        everything: also documents that do not matter to NGOs.
        before: only changes older than the one of this number.
    """

    region: str | None = None
    theme: Theme | None = None
    kind: ChangeKind | None = None
    everything: bool = False
    before: int | None = None

    @classmethod
    def of(cls, query: Mapping[str, str]) -> Wanted:
        """What the address asks for."""
        region, theme, kind = query.get("region"), query.get("theme"), query.get("kind")
        return cls(
            region=region if region in REGION_CODES else None,
            theme=Theme(theme) if theme in set(Theme) else None,
            kind=ChangeKind(kind) if kind in set(ChangeKind) else None,
            everything=query.get("all") == "1",
            before=number_of(query.get("before")),
        )

    def query(self, before: int | None = None) -> dict[str, str | int | None]:
        """The same as an address asks for it, for another page."""
        return {
            "region": self.region,
            "theme": self.theme and self.theme.value,
            "kind": self.kind and self.kind.value,
            "all": "1" if self.everything else None,
            "before": before,
        }


def number_of(text: str | None) -> int | None:
    """A number that may be a row's; None for anything else."""
    if not text or not text.isascii() or not text.isdigit() or len(text) > 19:
        return None
    return min(int(text), LARGEST_ID)


@dataclass(frozen=True, slots=True)
class Choice:
    """One entry of a drop-down list."""

    value: str
    name: str
    is_chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangesView:
    """All that the page of changes shows."""

    days: list[tuple[str, list[Happened]]]
    regions: list[Choice]
    themes: list[Choice]
    kinds: list[Choice]
    everything: bool
    older: dict[str, str | int | None] | None
    newest: dict[str, str | int | None] | None


def changes(site: Site, lang: Language, wanted: Wanted) -> ChangesView:
    """A page of changes in one language."""
    kinds = {wanted.kind} if wanted.kind else set(ChangeKind) - SOURCE_KINDS
    relevant = not wanted.everything and wanted.kind not in SOURCE_KINDS
    found = site.store.latest_changes(
        PAGE + 1, before_id=wanted.before, region=wanted.region, theme=wanted.theme, kinds=kinds, relevant=relevant
    )
    shown = found[:PAGE]
    words = catalogue(lang)
    return ChangesView(
        days=by_day(happened(site, lang, shown)),
        regions=[Choice(one.code, one.place(lang.value), one.code == wanted.region) for one in REGIONS],
        themes=[Choice(one.value, words(f"theme.{one.value}"), one is wanted.theme) for one in Theme],
        kinds=[Choice(one.value, _kind(one, words, page_words(lang)), one is wanted.kind) for one in ChangeKind],
        everything=wanted.everything,
        older=wanted.query(shown[-1].id) if len(found) > PAGE else None,
        newest=wanted.query() if wanted.before is not None else None,
    )


def _kind(kind: ChangeKind, words: Catalogue, own: Catalogue) -> str:
    key = kind.value.replace(".", "_")
    return own(f"changes.{key}") if kind in SOURCE_KINDS else words(f"kind.{key}")
