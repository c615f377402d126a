"""The characters of a text as a reader sees them: no invisible ones, one kind of space, composed letters."""

from __future__ import annotations

import re
import unicodedata

_INVISIBLE = re.compile(
    "["
    "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f"  # controls that end no line
    "\u00ad"  # soft hyphen
    "\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f"  # zero width; direction marks turn text round in a mail
    "\ufeff"  # byte order mark in the middle of things
    "]"
)
_SURROGATE = re.compile("[\ud800-\udfff]")


def tidy(text: str) -> str:
    """`text` in NFC without invisible characters, every run of blanks one space, no blank lines.

    Lines are kept and are stripped. Lone surrogates become U+FFFD: they cannot be stored as UTF-8.
    """
    is_plain = text.replace("\n", "").isprintable()  # in one look: nothing invisible, no surrogate
    if not text.isascii():
        text = unicodedata.normalize("NFC", text if is_plain else _SURROGATE.sub("\ufffd", text))
    if not is_plain and _INVISIBLE.search(text):
        text = unicodedata.normalize("NFC", _INVISIBLE.sub("", text))
    return "\n".join(" ".join(words) for line in text.splitlines() if (words := line.split()))


def tidy_line(text: str) -> str:
    """`text` as `tidy` gives it, on one line."""
    return " ".join(tidy(text).split())
