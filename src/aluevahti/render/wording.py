"""Dates, clock times, periods, sums and status values in words, as the three languages write them.

Finnish and Swedish follow the usage of Finland: 2.3.2026, klo 16.00, kl. 16.00, 2.–31.3.2026, 2–31.3.2026.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping

from aluevahti.model import Json, Language
from aluevahti.regions import by_code
from aluevahti.render.catalogue import Catalogue
from aluevahti.render.clean import VALUE, clean

_PARTIAL = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?|-(early|spring|summer|autumn|end))?")
_NBSP = "\N{NO-BREAK SPACE}"


# --- days and hours ------------------------------------------------------------------------------


def date_text(day: dt.date, words: Catalogue) -> str:
    """`2.3.2026`, `2 March 2026`."""
    if words.lang is Language.EN:
        return f"{day.day} {_month(day.month, words)} {day.year}"
    return f"{day.day}.{day.month}.{day.year}"


def day_text(day: dt.date, words: Catalogue, today: dt.date) -> str:
    """A day as it is told in the same year: `9.3.` in Finnish, `9.3` in Swedish, `9 March`; else with its year."""
    if day.year != today.year:
        return date_text(day, words)
    if words.lang is Language.EN:
        return f"{day.day} {_month(day.month, words)}"
    return f"{day.day}.{day.month}" + ("." if words.lang is Language.FI else "")


def clock_text(time: dt.time, words: Catalogue) -> str:
    """`klo 16.00`, `kl. 16.00`, `at 4 pm`; in English noon and midnight in words, as 12 pm is read both ways."""
    if words.lang is not Language.EN:
        mark = "klo" if words.lang is Language.FI else "kl."
        return f"{mark} {time.hour}.{time.minute:02}"
    if (time.hour, time.minute) in {(0, 0), (12, 0)}:
        return "at noon" if time.hour else "at midnight"
    half = "am" if time.hour < 12 else "pm"
    minutes = f".{time.minute:02}" if time.minute else ""
    return f"at {(time.hour - 1) % 12 + 1}{minutes} {half}"


def moment_text(day: dt.date, time: dt.time | None, words: Catalogue) -> str:
    """A day, and the clock time where there is one: `31.3.2026 klo 16.00`."""
    return date_text(day, words) if time is None else f"{date_text(day, words)} {clock_text(time, words)}"


def period_text(opens: dt.date, closes: dt.date, words: Catalogue) -> str:
    """From a day to a day, without saying month or year twice: `2.–31.3.2026`, `2–31 March 2026`."""
    if opens == closes:
        return date_text(opens, words)
    if words.lang is Language.EN:
        return _english_period(opens, closes, words)
    dot = "." if words.lang is Language.FI else ""
    if opens.year != closes.year:
        return f"{date_text(opens, words)}–{date_text(closes, words)}"
    start = f"{opens.day}{dot}" if opens.month == closes.month else f"{opens.day}.{opens.month}{dot}"
    return f"{start}–{date_text(closes, words)}"


def _english_period(opens: dt.date, closes: dt.date, words: Catalogue) -> str:
    if opens.year != closes.year:
        return f"{date_text(opens, words)} – {date_text(closes, words)}"
    if opens.month != closes.month:
        return f"{opens.day} {_month(opens.month, words)} – {date_text(closes, words)}"
    return f"{opens.day}–{date_text(closes, words)}"


def days_text(days: int, words: Catalogue) -> str:
    """How far a day is from today: `7 päivän kuluttua`, `i morgon`, `3 days ago`."""
    if days == 0:
        return words("days.today")
    if abs(days) == 1:
        return words("days.tomorrow" if days > 0 else "days.yesterday")
    return words.count("days.ahead" if days > 0 else "days.ago", abs(days))


def partial_date_text(text: str, words: Catalogue) -> str:
    """A date that may be known only to its month, season or year (`2022-06`, `2023-spring`); else the text itself."""
    found = _PARTIAL.fullmatch(text.strip())
    if found is None:
        return clean(text, VALUE)
    year, month, day, season = found.groups()
    if season:
        return words(f"value.{season}", year=year)
    try:
        if day:
            return date_text(dt.date(int(year), int(month), int(day)), words)
        return words("value.month", number=int(month), month=_month(int(month), words), year=year) if month else year
    except (ValueError, KeyError):
        return clean(text, VALUE)


def _month(number: int, words: Catalogue) -> str:
    return words(f"month.{number}")


# --- names ---------------------------------------------------------------------------------------


def region_text(code: str, words: Catalogue) -> str:
    """A region's short name in the reader's language; a code that is no region's stands for itself."""
    try:
        return by_code(code).place(words.lang.value)
    except KeyError:
        return code


def grant_type_text(slug: str, words: Catalogue) -> str:
    """A grant type's name; outside Finnish with the Finnish name beside it, by which it is to be found."""
    if not words.has(f"grant_type.{slug}"):
        return clean(slug, VALUE)
    name = words(f"grant_type.{slug}")
    return f"{name} ({slug})" if words.lang is Language.EN else name


def organ_text(name: str, words: Catalogue) -> str:
    """A body's name: translated where every reader knows it by another name, else as the region writes it."""
    return words(f"organ.{name}") if words.has(f"organ.{name}") else name


def euro_text(amount: float, words: Catalogue) -> str:
    """`850 000 €`, `€850,000`."""
    whole = f"{amount:,.0f}" if float(amount).is_integer() else f"{amount:,.2f}"
    if words.lang is Language.EN:
        return f"€{whole}"
    return whole.replace(".", "·").replace(",", _NBSP).replace("·", ",") + f"{_NBSP}€"


def and_list(names: list[str], words: Catalogue, most: int = 3) -> str:
    """A few names, and how many more there are."""
    if len(names) <= most + 1:
        return ", ".join(names)
    return words.count("digest.and_others", len(names) - most, names=", ".join(names[:most]))


# --- status values -------------------------------------------------------------------------------

_MONEY = frozenset({"grant_total_eur", "grant_granted_eur"})
_FLAGS = {
    "in_rules": "in_rules",
    "defined_in_rules": "in_rules",
    "includes_service_strategy": "includes_service_strategy",
}


def field_text(field: str, words: Catalogue) -> str:
    """What a status field is called."""
    return words(f"field.{field}") if words.has(f"field.{field}") else clean(field, VALUE)


def value_text(field: str, value: Json, words: Catalogue) -> str:
    """A status field's value in words; "" for one that is not known."""
    if value is None or value in ([], {}):
        return ""
    if isinstance(value, bool):
        return words("value.yes" if value else "value.no")
    if isinstance(value, (int, float)):
        return euro_text(value, words) if field in _MONEY else str(value)
    if isinstance(value, str):
        return _word(value, words)
    if isinstance(value, (list, tuple)):
        return ", ".join(filter(None, (_entry(field, one, words) for one in value)))
    return _record(value, words) if isinstance(value, Mapping) else clean(str(value), VALUE)


def _word(value: str, words: Catalogue) -> str:
    return words(f"value.{value}") if words.has(f"value.{value}") else clean(value, VALUE)


def _entry(field: str, value: Json, words: Catalogue) -> str:
    if field == "grant_types" and isinstance(value, str):
        return grant_type_text(value, words)
    if field == "grant_windows" and isinstance(value, Mapping):
        slug = value.get("grant_type")
        named = f"{grant_type_text(slug, words)}: " if isinstance(slug, str) and slug else ""
        return named + window_text(value, words)
    return value_text("", value, words)


def _record(value: Mapping[str, Json], words: Catalogue) -> str:
    """`hyväksytty 12.12.2022 (aluevaltuusto)`, `Järjestöneuvosto: suunnitteilla`: who or what, its state and day, the rest."""
    name = " ".join(clean(str(value[key]), VALUE) for key in ("name", "body", "what") if value.get(key))
    status = _word(str(value["status"]), words) if value.get("status") else ""
    roles = value.get("roles")
    if isinstance(roles, (list, tuple)) and roles:
        name += f" ({', '.join(_role(str(one), words) for one in roles)})"
    head = f"{name}: {status}" if name and status else name or status
    days = [partial_date_text(str(value[key]), words) for key in ("approved_on", "on") if value.get(key)]
    deciders = [organ_text(clean(str(value[key]), VALUE), words) for key in ("approved_by", "by") if value.get(key)]
    brackets = f"({', '.join(deciders)})" if deciders else ""
    rest = [_detail(key, one, words) for key, one in value.items() if key not in _SHOWN and one]
    return ", ".join(filter(None, (" ".join(filter(None, (head, *days, brackets))), *rest)))


_SHOWN = frozenset({"status", "name", "body", "what", "roles", "kind", "approved_on", "on", "approved_by", "by"})


def _role(role: str, words: Catalogue) -> str:
    return words(f"role.{role}") if words.has(f"role.{role}") else clean(role, VALUE)


def _detail(key: str, value: Json, words: Catalogue) -> str:
    if key == "target":
        return words("value.target", when=partial_date_text(str(value), words))
    if key == "period":
        return words("value.period", period=clean(str(value), VALUE).replace("-", "–"))
    if key in _FLAGS:
        return words(f"value.{_FLAGS[key]}")
    if key == "decisions" and isinstance(value, (list, tuple)):
        return "; ".join(value_text("", one, words) for one in value)
    return value_text("", value, words)


# --- windows -------------------------------------------------------------------------------------


def window_text(value: Mapping[str, Json], words: Catalogue) -> str:
    """An application period in one phrase: `haku 2.–31.3.2026 klo 12.00`, `fortlöpande ansökan`."""
    opens, closes, time = day_of(value, "opens"), day_of(value, "closes"), time_of(value)
    if value.get("continuous"):
        if closes is not None:
            return words("window.continuous_until", closes=moment_text(closes, time, words))
        if opens is not None:
            return words("window.continuous_from", opens=date_text(opens, words))
        return words("window.continuous")
    if opens is not None and closes is not None:
        clock = "" if time is None else f" {clock_text(time, words)}"
        return words("window.period", period=period_text(opens, closes, words) + clock)
    if closes is not None:
        return words("window.closes_only", closes=moment_text(closes, time, words))
    if opens is not None:
        return words("window.opens_only", opens=date_text(opens, words))
    return _rough_window_text(value, words)


def _rough_window_text(value: Mapping[str, Json], words: Catalogue) -> str:
    """A period of which no day is known, but perhaps the months, the season or the year."""
    ends = [end for end in (str(value.get(key)) for key in ("opens", "closes")) if _PARTIAL.fullmatch(end)]
    when = "–".join(partial_date_text(one, words) for one in dict.fromkeys(ends))
    return words("window.roughly", when=when) if when else words("window.unknown")


def window_name(value: Mapping[str, Json], words: Catalogue) -> str:
    """What is applied for, as the beginning of a line."""
    slug = value.get("grant_type")
    name = grant_type_text(slug, words) if isinstance(slug, str) and slug else words("window.any_type")
    return name[:1].upper() + name[1:]


def day_of(value: Mapping[str, Json], key: str) -> dt.date | None:
    """A day of a window as changes carry it; None where there is none."""
    text = value.get(key)
    try:
        return dt.date.fromisoformat(text) if isinstance(text, str) else None
    except ValueError:
        return None


def time_of(value: Mapping[str, Json]) -> dt.time | None:
    """The clock time at which a window closes; None where there is none."""
    text = value.get("closes_time")
    try:
        return dt.time.fromisoformat(text) if isinstance(text, str) else None
    except ValueError:
        return None
