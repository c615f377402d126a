"""The characters of a text as a reader sees them: no invisible ones, one kind of space, composed letters."""

from __future__ import annotations

import re
import unicodedata

_INVISIBLE = dict.fromkeys(
    [
        0x00AD,  # soft hyphen
        0x061C,  # bidi mark
        *range(0x200B, 0x2010),  # zero-width space, joiners, direction marks
        *range(0x202A, 0x202F),  # bidi embeddings and overrides: they turn text round in a mail
        *range(0x2060, 0x2065),
        *range(0x2066, 0x2070),  # bidi isolates
        0xFEFF,  # byte order mark in the middle of things
        *range(9),
        0x0B,
        *range(0x0E, 0x20),
        *range(0x7F, 0x85),
        *range(0x86, 0xA0),  # C1 controls, NEL apart
    ]
)
_SURROGATE = re.compile("[\ud800-\udfff]")
_BLANK = re.compile(r"[^\S\n]+")
_AROUND_NEWLINE = re.compile(r" ?\n\s*")


def tidy(text: str) -> str:
    """`text` in NFC without invisible characters, every run of blanks one space, no blank lines.

    Lines are kept and are stripped. Lone surrogates become U+FFFD: they cannot be stored as UTF-8.
    """
    if not text.isascii():
        text = unicodedata.normalize("NFC", _SURROGATE.sub("\ufffd", text))
    text = _BLANK.sub(" ", text.translate(_INVISIBLE).replace("\x0c", "\n").replace("\r", "\n").replace("\x85", "\n"))
    return _AROUND_NEWLINE.sub("\n", text).strip()


def tidy_line(text: str) -> str:
    """`text` as `tidy` gives it, on one line."""
    return " ".join(tidy(text).split())
