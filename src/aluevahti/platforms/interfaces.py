"""What a site's interface for programs answers: JSON that is whole and in one piece, or nothing."""

from __future__ import annotations

import json

from aluevahti.errors import ParseError
from aluevahti.model import Json, Snapshot
from aluevahti.text.charset import decode, looks_broken


def json_of(snapshot: Snapshot, *, otherwise: str) -> Json:
    """The value that an answer holds.

    Raises:
        ParseError: its letters are broken; or it is no JSON, which is told in the words of `otherwise`.
    """
    text = decode(snapshot.body, snapshot.charset, snapshot.media_type)
    if looks_broken(text):
        raise ParseError(snapshot.url, "the letters of the answer are broken")
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ParseError(snapshot.url, otherwise) from error
