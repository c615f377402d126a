"""What the operator hears: sources in trouble and out of it, mail that could not be sent; each with what to do."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from zoneinfo import ZoneInfo

from aluevahti.model import Change, ChangeKind, Delivery, Language
from aluevahti.render.catalogue import Catalogue, catalogue
from aluevahti.render.clean import REASON, TITLE, VALUE, clean
from aluevahti.render.view import NoticeView, OperatorView, link_to
from aluevahti.render.wording import clock_text, date_text, region_text

_STATES = {
    ChangeKind.SOURCE_FAILING: "failing",
    ChangeKind.SOURCE_SILENT: "silent",
    ChangeKind.SOURCE_RECOVERED: "recovered",
}
_TONES = {"failing": "closing", "silent": "closing", "forbidden": "changed", "recovered": "opened"}


def operator_view(
    changes: Sequence[Change],
    *,
    now: dt.datetime,
    zone: ZoneInfo,
    lang: Language = Language.FI,
    failed: Sequence[Delivery] = (),
    held: Sequence[Delivery] = (),
    paused: str | None = None,
) -> OperatorView:
    """One mail to the operator.

    Args:
        changes: source.* changes, oldest first.
        now: the moment (aware).
        zone: for dates and times.
        lang: the language.
        failed: mails that were given up.
        held: mails that may have arrived or not.
        paused: why the mail server refuses us; None: it does not.
    """
    words = catalogue(lang)
    local = now.astimezone(zone)
    notices = [_paused(paused, words)] if paused is not None else []
    notices += [_source(one, zone, words) for one in changes]
    notices += [_mail("failed", one, words) for one in failed] + [_mail("held", one, words) for one in held]
    return OperatorView(
        lang=lang,
        subject=_subject(changes, bool(failed or held or paused is not None), words),
        title=words("operator.title"),
        intro=words("operator.intro"),
        made=words("digest.made", date=date_text(local.date(), words), clock=clock_text(local.time(), words)),
        notices=tuple(notices),
    )


def _subject(changes: Sequence[Change], has_mail_trouble: bool, words: Catalogue) -> str:
    last = {one.source: _state(one) for one in changes}
    trouble = sum(state != "recovered" for state in last.values())
    parts = [words("operator.subject.mail")] if has_mail_trouble else []
    if trouble:
        parts.append(words.count("operator.subject.trouble", trouble))
    if len(last) > trouble:
        parts.append(words.count("operator.subject.recovered", len(last) - trouble))
    return f"{words('app.name')}: {', '.join(parts)}"


def _state(change: Change) -> str:
    if isinstance(change.after, Mapping) and change.after.get("state") == "forbidden":
        return "forbidden"
    return _STATES[change.kind]


def _source(change: Change, zone: ZoneInfo, words: Catalogue) -> NoticeView:
    state = _state(change)
    local = change.detected_at.astimezone(zone)
    error = clean(str(change.after.get("error") or ""), REASON) if isinstance(change.after, Mapping) else ""
    name = clean(change.source or change.title, TITLE)
    return NoticeView(
        title=name,
        state=words(f"operator.state.{state}"),
        tone=_TONES[state],
        reason=words("operator.reason", error=error) if error and state != "recovered" else "",
        advice=words(f"operator.advice.{state}", source=name),
        link=link_to(change.url),
        where=region_text(change.region, words),
        since=words("operator.since", date=date_text(local.date(), words), clock=clock_text(local.time(), words)),
    )


def _paused(reason: str, words: Catalogue) -> NoticeView:
    return NoticeView(
        title=words("operator.paused.title"),
        state="",
        tone="closing",
        reason=words("operator.paused.text", reason=clean(reason, REASON)),
        advice=words("operator.paused.advice"),
    )


def _mail(kind: str, delivery: Delivery, words: Catalogue) -> NoticeView:
    email = clean(delivery.recipient, VALUE)
    return NoticeView(
        title=words(f"operator.{kind}.title"),
        state="",
        tone="changed",
        reason=words(f"operator.{kind}.text", email=email, reason=clean(delivery.last_error, REASON)),
        advice=words(f"operator.{kind}.advice", email=email, id=delivery.id),
    )
