"""What the head of a page of minutes is made of in patterns: a day, the words for the paper, the number of the item."""

from __future__ import annotations

import datetime as dt
import re
from typing import Final

from aluevahti.reading.spans import as_date

DATE: Final = r"(?P<day>\d{1,2})[.-]\s?(?P<month>\d{1,2})[.-]\s?(?P<year>\d{4})"
AGENDA: Final = r"(?:lisä)?esityslista|lisälista|asialista|kokouskutsu|föredragningslista|tilläggslista|kallelse"
PAPER: Final = rf"(?P<agenda>{AGENDA})|pöytäkirja(?:note)?|protokoll(?:sutdrag)?"
FIRST_FIGURE: Final = re.compile(r"[§\d]")
PAPER_WORDS: Final = re.compile(
    rf"\b(?:{AGENDA}|pöytäkirja\w*|protokoll\w*|kokous|möte|sammanträde|pykälä|asianro|asia|paragraf|ärende|klo|kello|kl|nro|nr|den|tarkastettu|justerat)\b"
)
AGENDA_WORD: Final = re.compile(rf"\b(?:{AGENDA})\b")
ABOUT_ANOTHER: Final = re.compile(  # `Oikaisuvaatimus lautakunnan päätökseen 24.10.2025 § 220`
    r"\b(?:päätöksee?n|päätöksestä|päätöstä|avustuspäätö\w+|oikaisu\w*|hankintaoikaisu\w*|valitu\w+|beslutet|omprövning\w*|rättelse\w*|besvär\w*)\b"
)
SECTION: Final = re.compile(
    r"^(?:(?:§|pykälä|paragraf)\s*:?\s*(?P<after>\d{1,4})(?:/20\d\d)?(?!\s*(?:mom|:))|(?P<before>\d{1,4})(?:/20\d\d)?\s*§(?!:))(?=\s|$|[.:,])"
)
_DIGEST: Final = re.compile(
    r"^(?:(?:.{3,80}, )?(?:päätöskooste|päätöstiedote|päätösluettelo|beslutsmeddelande|beslutslista)|\S+ päätöksiä|.{0,60} päätöksiä \d|.{3,60}s beslut \d)"
)


def is_digest(title: str) -> bool:
    """Whether a title (lower case) announces a list of a meeting's decisions."""
    return _DIGEST.match(title) is not None


def number_of(told: dict[str, str | None]) -> str | None:
    """The number of the item among the parts that a pattern found."""
    return told.get("section") or told.get("before") or told.get("after")


def day_of(told: dict[str, str | None]) -> dt.date | None:
    """The day among the parts that a pattern found."""
    year, month, day = (told.get(part) or told.get(f"{part}2") for part in ("year", "month", "day"))
    return as_date(int(year), int(month), int(day)) if year and month and day else None
