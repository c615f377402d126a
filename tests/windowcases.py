"""Small documents with the windows they announce, from tests/reading/cases/*.yaml."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from aluevahti.model import Language, Window

CASES = Path(__file__).parent / "reading" / "cases"


@dataclass(frozen=True)
class Case:
    """One document: its text (the first line is the title) and what is to be understood of it."""

    file: str
    name: str
    title: str
    body: str
    published_on: dt.date | None
    lang: Language
    told: dict[str, Any]

    @property
    def windows(self) -> list[str]:
        """The windows as `TYPE OPENS..CLOSES [TIME] [continuous]`."""
        return sorted(self.told["windows"])


def read_cases() -> Iterator[Case]:
    """Every case of every file, in order."""
    for path in sorted(CASES.glob("*.yaml")):
        for entry in YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8")):
            title, _, body = entry["text"].partition("\n")
            yield Case(
                file=path.stem,
                name=entry["name"],
                title=title,
                body=body,
                published_on=entry["published"],
                lang=Language(entry.get("lang", "fi")),
                told=entry,
            )


def shown(window: Window) -> str:
    """A window in the notation of the cases."""
    parts = [window.grant_type or "-", f"{window.opens or ''}..{window.closes or ''}"]
    if window.closes_time is not None:
        parts.append(window.closes_time.strftime("%H:%M"))
    return " ".join([*parts, *(["continuous"] if window.continuous else [])])
