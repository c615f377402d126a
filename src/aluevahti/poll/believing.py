"""Whether what a poll brought home is to be believed: lists and pages that lost too much at once."""

from __future__ import annotations

import datetime as dt

from aluevahti.model import Form, KnownDocument
from aluevahti.poll.answers import Gathered
from aluevahti.poll.gathering import text_mark
from aluevahti.poll.ground import Ground
from aluevahti.rules import loss, reread, retention

SHRUNKEN = 0.25
"""A standing page that keeps less than this share of its text is rather broken than edited."""

LONG_ENOUGH = 400
"""Characters below which a page is too short to speak of shrinking."""

REBUILT_WITHIN = dt.timedelta(hours=6)
"""Within this time of a good check a list that is built anew and shows strangers only is rather rebuilt than busy."""

_DATED = "+dated"


def suspicion(gathered: Gathered, ground: Ground) -> tuple[str | None, str | None]:
    """Why a listing looks broken, and a mark of the face that it shows; None twice where it does not."""
    if ground.first or not gathered.looked or gathered.troubles:
        return None, None
    listed = [read for read in gathered.reads if read.position is not None]
    shown = _expected(ground, {read.known.id for read in listed if read.known is not None})
    matched = sum(read.known is not None and read.known in shown for read in listed)
    usual = ground.health.usual_items
    why = loss.mass_loss(shown, matched, len(listed), windowed=gathered.windowed, usual_items=usual)
    if why is not None:
        return why, loss.fingerprint([read.document for read in listed])
    had_days = sum(read.known is not None and reread.day_of(read.known.document) is not None for read in listed)
    if had_days > 1 and not gathered.dated and (ground.health.skeleton or "").endswith(_DATED):
        return "the list shows no day that can be read any more", "undated"
    if _is_rebuilt(gathered, ground) and usual >= loss.SMALL_LIST and matched * 10 < usual:
        return f"the list is built in another way and shows {matched} of its {usual} entries", "rebuilt"
    return _shrunken_page(gathered, ground)


def face_of(gathered: Gathered) -> str | None:
    """What is remembered of how a list looked: how it is built, and whether it gives most of its entries a day."""
    dated = _DATED if gathered.dated >= loss.SMALL_LIST and gathered.dated * 2 >= gathered.listed else ""
    return f"{gathered.skeleton or ''}{dated}" or None


def _is_rebuilt(gathered: Gathered, ground: Ground) -> bool:
    before, last = (ground.health.skeleton or "").removesuffix(_DATED), ground.health.last_success_at
    recent = last is not None and ground.now - last <= REBUILT_WITHIN
    return recent and bool(before) and gathered.skeleton not in {None, before}


def _expected(ground: Ground, listed: set[int]) -> tuple[KnownDocument, ...]:
    """What the list showed before, without what may have left it by law."""
    return tuple(
        known
        for known in loss.present(ground.known)
        if known.id in listed or not retention.may_leave(known, ground.now, zone=ground.zone)
    )


def _shrunken_page(gathered: Gathered, ground: Ground) -> tuple[str | None, str | None]:
    for read in gathered.reads:
        if read.known is None or read.document.form is not Form.PAGE or read.document.text is None:
            continue
        old = ground.text_of(read.known.id) or ""
        if len(old) >= LONG_ENOUGH and len(read.document.text) < len(old) * SHRUNKEN:
            kept = round(100 * len(read.document.text) / len(old))
            return f"the page kept only {kept} % of its text", text_mark(read.document.text)
    return None, None
