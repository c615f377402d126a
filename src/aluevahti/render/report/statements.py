"""One fact of a region's status in words, with what it rests on."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from aluevahti.model import Json, PastValue, Proposal, StatusState, StatusValue
from aluevahti.render.catalogue import Catalogue
from aluevahti.render.clean import QUOTE, VALUE, clean
from aluevahti.render.report.periods import period_of
from aluevahti.render.report.situation import Mark, Situation, baseline_value, what_stood
from aluevahti.render.report.view import Statement
from aluevahti.render.report.words import decision_text, sentence
from aluevahti.render.view import link_to
from aluevahti.render.wording import (
    date_text,
    field_text,
    grant_type_text,
    organ_text,
    partial_date_text,
    value_text,
    window_name,
)

_LISTED: Final = frozenset({"organs", "grant_windows"})
"""Fields whose every line is an entry of its own."""


def statement(
    field: str, value: StatusValue, past: Sequence[PastValue], situation: Situation, words: Catalogue
) -> Statement:
    """A fact, what it rests on, and what it was on the day that was asked for."""
    before = what_stood(value, past, situation.since)
    was = lines_of(field, before.value.value, words) if before.value is not None else ()
    reference = value.evidence.reference if value.state is StatusState.BASELINE else None
    return Statement(
        field=field,
        label=field_text(field, words),
        lines=lines_of(field, value.value, words, from_report=baseline_value(value, past)),
        standing=standing(value, words),
        tone=_TONES[value.state],
        quote=clean(value.evidence.quote, QUOTE),
        link=link_to(value.evidence.url),
        reference=clean(reference, VALUE),
        mark=before.mark.value,
        before="; ".join(was) if before.mark is Mark.CHANGED else "",
        listed=field in _LISTED,
        value=value.value,
        since=None if value.since is None else value.since.isoformat(),
        state=value.state.value,
    )


def proposal_statement(proposal: Proposal, words: Catalogue) -> Statement:
    """A value that waits for a person."""
    value, evidence = proposal.value, proposal.value.evidence
    return Statement(
        field=proposal.field,
        label=field_text(proposal.field, words),
        lines=lines_of(proposal.field, value.value, words),
        standing=words("report.to_check_note"),
        tone="proposed",
        quote=clean(evidence.quote, QUOTE),
        link=link_to(evidence.url),
        listed=proposal.field in _LISTED,
        value=value.value,
        since=None if value.since is None else value.since.isoformat(),
        state=StatusState.PROPOSED.value,
    )


# --- what a fact rests on ------------------------------------------------------------------------

_TONES: Final = {
    StatusState.BASELINE: "baseline",
    StatusState.AUTO: "read",
    StatusState.CONFIRMED: "confirmed",
    StatusState.PROPOSED: "proposed",
    StatusState.DISPUTED: "disputed",
}


def standing(value: StatusValue, words: Catalogue) -> str:
    """What a value rests on, in words; a baseline value says that nothing has confirmed it."""
    if value.state is StatusState.BASELINE:
        return words("entry.baseline")
    if value.state is StatusState.DISPUTED:
        return words("report.standing.disputed")
    key = "confirmed" if value.state is StatusState.CONFIRMED else "read"
    day = value.as_of or value.since
    return words(f"report.standing.{key}_on", date=date_text(day, words)) if day else words(f"report.standing.{key}")


# --- facts in words ------------------------------------------------------------------------------


def lines_of(field: str, value: Json, words: Catalogue, *, from_report: Json = None) -> tuple[str, ...]:
    """A field's value in words, one line for each thing it tells.

    Args:
        field: the status field.
        value: its value; None gives no line.
        words: the language.
        from_report: what the January 2023 report said of a field that has been read since: entries that still come
            from there are told as such.
    """
    if field == "grant_windows" and value == []:
        return (words("report.window.none"),)  # it had some, and they were withdrawn
    if value is None or value in ([], {}):
        return ()
    teller = _TELLERS.get(field)
    try:
        lines = teller(value, words, from_report) if teller is not None else (value_text(field, value, words),)
    except (AttributeError, KeyError, TypeError, ValueError):
        lines = (clean(str(value), VALUE),)  # a value of another shape is shown as it is rather than not at all
    return tuple(sentence(line) for line in lines if line)


def _plain(value: Json, words: Catalogue, _report: Json) -> tuple[str, ...]:
    return (value_text("", value, words),)


def _service_strategy(value: Json, words: Catalogue, report: Json) -> tuple[str, ...]:
    if value.get("status") != "included":
        return _plain(value, words, report)
    day = value.get("approved_on")
    if not day:
        return (words("report.value.included"),)
    return (words("report.value.included_on", date=partial_date_text(day, words)),)


def _takes_part(value: Json, words: Catalogue, _report: Json) -> tuple[str, ...]:
    return (words("report.value.takes_part" if value else "report.value.not_in"),)


def _grant_model(value: Json, words: Catalogue, report: Json) -> tuple[str, ...]:
    status = value.get("status")
    key = f"report.value.model.{status}"
    head = words(key) if words.has(key) else clean(str(status or ""), VALUE)
    decisions = value.get("decisions") or []
    old = report.get("decisions") or [] if isinstance(report, Mapping) else []
    lines = [_decision(one, words) + _from_report(one in old, words) for one in decisions]
    if not decisions:
        head += f"; {words('report.value.no_decisions')}" if head else ""
    return (head, *lines)


def _decision(value: Mapping[str, Json], words: Catalogue) -> str:
    what = decision_text(clean(str(value.get("what") or ""), VALUE), words)
    by = organ_text(clean(str(value.get("by") or ""), VALUE), words)
    day = partial_date_text(str(value["on"]), words) if value.get("on") else ""
    if not day:
        return f"{what} ({by})" if what and by else what or by
    if what and by:
        return words("report.value.decision", date=day, what=what, by=by)
    return (
        words("report.value.decision_what", date=day, what=what)
        if what
        else (words("report.value.decision_by", date=day, by=by) if by else day)
    )


def _organs(value: Json, words: Catalogue, report: Json) -> tuple[str, ...]:
    old = report if isinstance(report, list) else []
    return tuple(_organ(one, words) + _from_report(one in old, words) for one in value)


def _organ(value: Mapping[str, Json], words: Catalogue) -> str:
    name = organ_text(clean(str(value.get("name") or ""), VALUE), words)
    roles = [words(f"role.{role}") if words.has(f"role.{role}") else str(role) for role in value.get("roles") or []]
    return words("report.value.organ", name=name, roles=", ".join(roles)) if roles else name


def _grant_types(value: Json, words: Catalogue, report: Json) -> tuple[str, ...]:
    old = report if isinstance(report, list) else []
    return (", ".join(grant_type_text(one, words) + _from_report(one in old, words) for one in value),)


def _grant_windows(value: Json, words: Catalogue, _report: Json) -> tuple[str, ...]:
    return tuple(f"{window_name(one, words)}: {period_of(one, words)}" for one in value)


def _from_report(old: bool, words: Catalogue) -> str:
    return f" ({words('report.standing.part')})" if old else ""


_TELLERS: Final[Mapping[str, Callable[[Json, Catalogue, Json], tuple[str, ...]]]] = {
    "strategy": _plain,
    "service_strategy": _service_strategy,
    "participation_programme": _plain,
    "wellbeing_plan": _plain,
    "sitra_phase2": _takes_part,
    "grant_model": _grant_model,
    "organs": _organs,
    "grant_types": _grant_types,
    "grant_windows": _grant_windows,
}
