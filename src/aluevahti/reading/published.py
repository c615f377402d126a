"""The day a page says it was published, from its dateline; None where it has none."""

from __future__ import annotations

import datetime as dt
import re
from typing import Final

from aluevahti.reading.page import Page
from aluevahti.reading.spans import as_date

_LINES: Final = 6
_DATE: Final = r"(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>20\d\d)"
# "10.3.2023" alone, "Tiedote 15.03.2023", "14.11.2025 08:14:53 EET | Tiedote", "Uutinen Julkaistu 16.2.2024 17.37".
_DATELINE: Final = re.compile(
    rf"^(?:(?:tiedote|uutinen|julkaistu|julkaisuajankohta|julkaisupäivä|pressmeddelande|meddelande|nyhet|publicerad|publicerat|kutsu|tiedotteet)\W*\s*){{0,3}}"
    rf"{_DATE}(?:\s*(?:,?\s*(?:klo|kl\.?|kello)?\s*\d{{1,2}}[.:]\d\d(?:[.:]\d\d)?.{{0,90}}|\|.{{0,60}}|\s*[–-]\s*(?:tiedote|uutinen).{{0,20}})?)$"
)
_NOTE: Final = re.compile(rf"^(?:julkaistu|publicerad|uutinen on päivätty|nyheten är daterad)\s*:?\s*{_DATE}\b")


def published_in(page: Page) -> dt.date | None:
    """The day of the page's dateline, told in one of its first lines."""
    for sentence in page.sentences[1 : _LINES + 1]:
        m = _DATELINE.match(sentence.lower) or _NOTE.match(sentence.lower)
        if m is not None:
            return as_date(int(m["year"]), int(m["month"]), int(m["day"]))
    return None
