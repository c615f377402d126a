"""How the simulated regions say things: grants in every case, days and ranges of days in every shape, sums.

The same seed says the same. A wording is chosen from phrases.yaml; what it states is known to the caller.
"""

from __future__ import annotations

import datetime as dt
import random  # noqa: TID251 - a year is drawn from its seed
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from aluevahti.regions import by_code
from monthnames import FI_STEMS, SV_MONTHS

MONTHS = {"fi": FI_STEMS, "sv": SV_MONTHS}
WEEKDAYS = {
    "fi": ["maanantaina", "tiistaina", "keskiviikkona", "torstaina", "perjantaina", "lauantaina", "sunnuntaina"],
    "sv": ["måndagen", "tisdagen", "onsdagen", "torsdagen", "fredagen", "lördagen", "söndagen"],
}
SWEDISH = {
    "toiminta-avustus": "verksamhets",
    "kumppanuusavustus": "partnerskaps",
    "hankeavustus": "projekt",
    "kerta-avustus": "engångs",
    "jarjestoavustus": "organisations",
}
TIMES = (None, None, dt.time(12), dt.time(15), dt.time(15, 45), dt.time(16), dt.time(16, 15), dt.time(23, 59))
ANY = "jarjestoavustus"
SOON = dt.timedelta(days=120)
"""A day without its year is meant to be the next one: nobody leaves the year out of a day further away."""


@cache
def phrases() -> Mapping[str, Any]:
    """The alternatives of phrases.yaml, by language and slot."""
    loaded: Mapping[str, Any] = YAML(typ="safe", pure=True).load(Path(__file__).with_name("phrases.yaml"))
    return loaded


@dataclass(frozen=True, slots=True)
class Organ:
    """A body that decides, in the forms that phrases need, and its name as a decision is told with."""

    fi: str
    genitive: str
    sv: str

    def name(self, lang: str) -> str:
        return self.fi if lang == "fi" else self.sv


COUNCIL = Organ("aluevaltuusto", "aluevaltuuston", "välfärdsområdesfullmäktige")
BOARD = Organ("aluehallitus", "aluehallituksen", "välfärdsområdesstyrelsen")
CITY_COUNCIL = Organ("kaupunginvaltuusto", "kaupunginvaltuuston", "stadsfullmäktige")
CITY_BOARD = Organ("kaupunginhallitus", "kaupunginhallituksen", "stadsstyrelsen")
COMMITTEES = (
    Organ("hyvinvointilautakunta", "hyvinvointilautakunnan", "välfärdsnämnden"),
    Organ("osallisuuslautakunta", "osallisuuslautakunnan", "delaktighetsnämnden"),
    Organ("yhdyspintalautakunta", "yhdyspintalautakunnan", "nämnden för samverkan"),
    Organ("tulevaisuuslautakunta", "tulevaisuuslautakunnan", "framtidsnämnden"),
)


@dataclass(frozen=True, slots=True)
class Span:
    """An application period as it is in truth."""

    opens: dt.date
    closes: dt.date
    time: dt.time | None


class Voice:
    """Says what is asked of it in one language, for one region, on one day."""

    def __init__(self, rng: random.Random, lang: str, region: str, day: dt.date) -> None:
        self.rng, self.lang, self.day = rng, lang, day
        self.known = by_code(region)

    def say(self, slot: str, **values: object) -> str:
        """One of a slot's alternatives, filled in; a slot within another one is named `a.b`."""
        found: Any = phrases()[self.lang]
        for part in slot.split("."):
            found = found[part]
        return self.fill(self.rng.choice(found), **values)

    def fill(self, text: str, **values: object) -> str:
        """A wording filled in with the region's name and what is given."""
        name = self.known.name(self.lang)
        genitive = name.removesuffix("kaupunki") + "kaupungin" if name.endswith("kaupunki") else name + "en"
        if self.lang == "sv":
            genitive = name + "s"
        return text.format(**{"alueen": genitive, "Alue": name, **values}).replace(
            "..", "."
        )  # a day ends in a dot of its own

    # --- days ------------------------------------------------------------------------------------

    def on(self, day: dt.date) -> str:
        """A day, in one of the usual shapes; the year is left out only where the next such day is meant."""
        near = self.day < day < self.day + SOON
        past = self.day - dt.timedelta(days=60) < day <= self.day
        shapes = self._day_shapes(day, near=near or (past and day.year == self.day.year))
        return self.rng.choice(shapes)

    def _day_shapes(self, day: dt.date, *, near: bool) -> list[str]:
        month = MONTHS[self.lang][day.month - 1]
        weekday = WEEKDAYS[self.lang][day.weekday()]
        if self.lang == "fi":
            short, words = f"{day.day}.{day.month}.", f"{day.day}. {month}kuuta"
            full = [f"{short}{day.year}", f"{words} {day.year}", f"{weekday} {short}{day.year}"]
            return [*full, short, words, f"{weekday} {short}", f"{weekday} {words}"] if near else full
        short, words = f"{day.day}.{day.month}", f"{day.day} {month}"
        full = [f"{short}.{day.year}", f"den {words} {day.year}", f"{weekday} den {words} {day.year}"]
        return [*full, f"den {words}", f"{weekday} den {words}"] if near else full

    def span(self, span: Span) -> str:
        """A range of days in one of the usual shapes."""
        one, two = span.opens, span.closes
        near = self.day - dt.timedelta(days=20) < one and two < self.day + SOON
        return self.rng.choice(
            self._swedish_span(one, two) if self.lang == "sv" else self._finnish_span(one, two, near=near)
        )

    def _finnish_span(self, one: dt.date, two: dt.date, *, near: bool) -> list[str]:
        first, last = f"{one.day}.{one.month}.", f"{two.day}.{two.month}."
        m1, m2 = (f"{MONTHS['fi'][day.month - 1]}kuuta" for day in (one, two))
        if one.year != two.year:
            return [
                f"{first}{one.year}–{last}{two.year}", f"{first}{one.year} – {last}{two.year}",
                f"{first}{one.year}-{last}{two.year}", f"{first}–{last}{two.year}",
                f"{one.day}. {m1} {one.year} – {two.day}. {m2} {two.year}",
            ]  # fmt: skip
        shapes = [
            f"{first}–{last}{two.year}", f"{first}-{last}{two.year}", f"{first} – {last}{two.year}",
            f"{first}{one.year}–{last}{two.year}", f"{one.day}. {m1} – {two.day}. {m2} {two.year}",
            f"{first}−{last}{two.year}", f"{one.day}. {m1}–{two.day}. {m2} {two.year}",
        ]  # fmt: skip
        if one.month == two.month:
            shapes += [
                f"{one.day}.–{last}{two.year}",
                f"{one.day}.-{last}{two.year}",
                f"{one.day}.–{two.day}. {m2} {two.year}",
            ]
        if near:
            shapes += [f"{first}–{last}", f"{one.day}. {m1} – {two.day}. {m2}"]
        return shapes

    def _swedish_span(self, one: dt.date, two: dt.date) -> list[str]:
        m1, m2 = (MONTHS["sv"][day.month - 1] for day in (one, two))
        if one.year != two.year:
            return [
                f"{one.day}.{one.month}.{one.year}–{two.day}.{two.month}.{two.year}",
                f"{one.day} {m1} {one.year}–{two.day} {m2} {two.year}",
            ]
        shapes = [
            f"{one.day}.{one.month}–{two.day}.{two.month}.{two.year}",
            f"{one.day}.{one.month}.{one.year}–{two.day}.{two.month}.{two.year}",
            f"{one.day} {m1}–{two.day} {m2} {two.year}",
            f"från den {one.day} {m1} till den {two.day} {m2} {two.year}",
        ]
        return (
            [*shapes, f"{one.day}–{two.day}.{two.month}.{two.year}", f"{one.day}–{two.day} {m2} {two.year}"]
            if one.month == two.month
            else shapes
        )

    def clock(self, time: dt.time | None, ending: str = "") -> str:
        """A clock time with a space before it and a word behind it; nothing where there is none."""
        if time is None:
            return ""
        if self.lang == "sv":
            shapes = [f"kl. {time:%H.%M}", f"kl. {time:%H:%M}", *([f"kl. {time.hour}"] if not time.minute else [])]
        else:
            shapes = [f"klo {time:%H.%M}", f"klo {time:%H:%M}", f"kello {time:%H.%M}"]
            shapes += [f"klo {time.hour}"] if not time.minute else []
        return f" {self.rng.choice(shapes)}{ending}"

    # --- grants and sums -------------------------------------------------------------------------

    def grants(self, types: Sequence[str]) -> dict[str, str]:
        """The grants in every form that phrases ask for, small and with a capital."""
        forms = self._finnish_forms(types) if self.lang == "fi" else self._swedish_forms(types)
        return forms | {key[0].upper() + key[1:]: value[0].upper() + value[1:] for key, value in forms.items()}

    def _finnish_forms(self, types: Sequence[str]) -> dict[str, str]:
        names = ["järjestöavustus"] if ANY in types else list(types)
        shorten = len(names) > 1 and self.rng.random() < 0.5
        endings = {
            "avustukset": "ukset", "avustusten": "usten", "avustuksia": "uksia", "avustuksiin": "uksiin",
            "avustuksissa": "uksissa", "avustuksilla": "uksilla", "avustusta": "usta",
        }  # fmt: skip
        return {
            form: self._joined([name.removesuffix("us") for name in names], ending, shorten)
            for form, ending in endings.items()
        }

    def _joined(self, stems: Sequence[str], ending: str, shorten: bool) -> str:
        words = [stem + ending for stem in stems]
        if shorten:
            words[:-1] = [stem.removesuffix("avust").removesuffix("-") + "-" for stem in stems[:-1]]
        return (
            words[0]
            if len(words) == 1
            else f"{', '.join(words[:-1])} {'ja' if self.lang == 'fi' else 'och'} {words[-1]}"
        )

    def _swedish_forms(self, types: Sequence[str]) -> dict[str, str]:
        head = self.rng.choice(["bidrag", "understöd"])
        stems = [SWEDISH[name] for name in types]
        words = [stem + head for stem in stems]
        words[:-1] = [stem + "-" for stem in stems[:-1]]
        plain = words[0] if len(words) == 1 else f"{', '.join(words[:-1])} och {words[-1]}"
        return {"avustukset": plain}

    def money(self, euros: int) -> str:
        """A sum in one of the usual shapes."""
        spaced = f"{euros:,}".replace(",", self.rng.choice([" ", "\u00a0"]))
        if self.lang == "sv":
            return f"{spaced} euro"
        shapes = [f"{spaced} euroa", f"{spaced} €"]
        if euros % 100_000 == 0 and euros >= 1_000_000:
            shapes.append(f"{euros / 1_000_000:.1f}".replace(".", ",").removesuffix(",0") + " miljoonaa euroa")
        return self.rng.choice(shapes)

    def organ(self, organ: Organ) -> dict[str, str]:
        """A body in the forms that phrases ask for."""
        name = organ.name(self.lang)
        return {
            "elin": name,
            "Elin": name[0].upper() + name[1:],
            "elimen": organ.genitive if self.lang == "fi" else name,
        }
