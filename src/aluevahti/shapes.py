"""The JSON shapes that programs read: values of the model as plain dicts, in one fixed order of keys.

The command line prints them and the web site serves them; nothing here prints. Moments come out in
the service's time zone with their offset, dates as ISO, clock times as HH:MM, the unknown as null.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from aluevahti.model import (
    Change,
    Decision,
    Delivery,
    Document,
    Evidence,
    Json,
    KnownDocument,
    Meeting,
    PastValue,
    Proposal,
    Reading,
    Source,
    SourceHealth,
    SourceState,
    StatusValue,
    Subscriber,
)
from aluevahti.rules.bounds import as_json
from aluevahti.rules.season import Expectation


def moment(at: dt.datetime | None, zone: dt.tzinfo) -> str | None:
    """An aware moment as ISO 8601 to the second, with the offset that `zone` has then."""
    return None if at is None else at.astimezone(zone).isoformat(timespec="seconds")


def local(at: dt.datetime | None, zone: dt.tzinfo) -> str:
    """An aware moment for people: date and minute in `zone`; nothing where there is none."""
    return "" if at is None else f"{at.astimezone(zone):%Y-%m-%d %H:%M}"


def day(on: dt.date | None) -> str | None:
    """A date as ISO 8601."""
    return None if on is None else on.isoformat()


def change_json(change: Change, zone: dt.tzinfo) -> dict[str, Json]:
    """One thing that changed, as `changes --json` and the web site tell it."""
    return {
        "id": change.id,
        "detected_at": moment(change.detected_at, zone),
        "kind": change.kind.value,
        "region": change.region,
        "source": change.source,
        "themes": [theme.value for theme in change.themes],
        "relevant": change.relevant,
        "title": change.title,
        "url": change.url,
        "document": change.document,
        "organ": change.organ,
        "meeting_date": day(change.meeting_on),
        "section": change.section,
        "before": change.before,
        "after": change.after,
        "evidence": _change_evidence(change.evidence),
        "sure": change.sure,
    }


def _change_evidence(evidence: Evidence | None) -> dict[str, Json] | None:
    if evidence is None:
        return None
    return {"quote": evidence.quote, "url": evidence.url, "snapshot": evidence.snapshot}


def reading_json(reading: Reading) -> dict[str, Json]:
    """What is understood of one document, as `extract --json` tells it."""
    return {
        "doc_kind": reading.doc_kind.value,
        "lang": reading.lang.value,
        "region": reading.region,
        "is_relevant": reading.is_relevant,
        "themes": [theme.value for theme in reading.themes],
        "change": None if reading.change is None else reading.change.value,
        "windows": [{**as_json(window), "quote": window.quote} for window in reading.windows],
        "grant_types": list(reading.grant_types),
        "amount_eur": reading.amount_eur,
        "meeting": _meeting_json(reading.meeting),
        "decision": _decision_json(reading.decision),
    }


def _meeting_json(meeting: Meeting | None) -> dict[str, Json] | None:
    if meeting is None:
        return None
    return {"organ": meeting.organ, "date": day(meeting.held_on), "section": meeting.section}


def _decision_json(decision: Decision | None) -> dict[str, Json] | None:
    if decision is None:
        return None
    return {
        "what": decision.what,
        "by": decision.by,
        "on": day(decision.decided_on),
        "outcome": None if decision.outcome is None else decision.outcome.value,
    }


def status_json(
    as_of: dt.datetime,
    regions: Mapping[str, Mapping[str, StatusValue]],
    history: Mapping[str, Mapping[str, Sequence[PastValue]]],
    national: Json,
    zone: dt.tzinfo,
) -> dict[str, Json]:
    """The known status, as `status --json` tells it.

    Args:
        as_of: the moment that this is the status of.
        regions: region -> field -> the value that stands; in the order that they are to come out in.
        history: region -> field -> what stood before, oldest first.
        national: the national counts, ready for JSON.
        zone: the service's time zone.
    """
    return {
        "as_of": moment(as_of, zone),
        "regions": {
            region: {
                field: {
                    **_value_json(value),
                    "history": [_past_json(past, zone) for past in history.get(region, {}).get(field, ())],
                }
                for field, value in fields.items()
            }
            for region, fields in regions.items()
        },
        "national": national,
    }


def _value_json(value: StatusValue) -> dict[str, Json]:
    evidence: dict[str, Json] = {"quote": value.evidence.quote, "url": value.evidence.url}
    if value.evidence.reference is not None:
        evidence["reference"] = value.evidence.reference
    return {"value": value.value, "state": value.state.value, "since": day(value.since), "evidence": evidence}


def _past_json(past: PastValue, zone: dt.tzinfo) -> dict[str, Json]:
    return {**_value_json(past.value), "replaced_at": moment(past.replaced_at, zone)}


def expectation_json(expected: Expectation) -> dict[str, Json]:
    """A call that is to be expected: `weeks` in which it opened in `years`, which begin and end on these days now."""
    return {
        "grant_type": expected.grant_type,
        "season": expected.season.value,
        "weeks": list(expected.weeks),
        "begins": day(expected.begins_on),
        "ends": day(expected.ends_on),
        "years": list(expected.years),
    }


def listed_json(document: Document) -> dict[str, Json]:
    """A document as its platform tells of it, whether it is known already or not."""
    return {
        "key": document.key,
        "title": document.title,
        "url": document.url,
        "form": document.form.value,
        "phase": None if document.phase is None else document.phase.value,
        "organ": document.organ,
        "meeting_date": day(document.meeting_on),
        "section": document.section,
        "case_number": document.case_number,
        "published": day(document.published_on),
    }


def document_json(known: KnownDocument, zone: dt.tzinfo, same_matter: Sequence[KnownDocument] = ()) -> dict[str, Json]:
    """A known document, as `documents --json` tells it; `same_matter`: the other handlings of its case, oldest first."""
    return {
        "id": known.id,
        "region": known.region,
        "source": known.source,
        **listed_json(known.document),
        "first_seen_at": moment(known.first_seen_at, zone),
        "last_seen_at": moment(known.last_seen_at, zone),
        "removed_at": moment(known.removed_at, zone),
        "twin_of": known.twin_of,
        "understood": None if known.reading is None else reading_json(known.reading),
        "same_matter": [_handling_json(one) for one in same_matter],
    }


def _handling_json(known: KnownDocument) -> dict[str, Json]:
    document = known.document
    decision = None if known.reading is None else known.reading.decision
    return {
        "id": known.id,
        "organ": document.organ,
        "meeting_date": day(document.meeting_on),
        "section": document.section,
        "phase": None if document.phase is None else document.phase.value,
        "outcome": None if decision is None or decision.outcome is None else decision.outcome.value,
        "title": document.title,
        "url": document.url,
    }


def source_json(source: Source, health: SourceHealth, zone: dt.tzinfo) -> dict[str, Json]:
    """A source and how it is doing, as `sources --json` tells it."""
    return {
        "id": source.id,
        "region": source.region,
        "platform": source.platform,
        "url": source.url,
        "state": state_of(source, health).value,
        "error": health.error,
        "last_attempt": moment(health.last_attempt_at, zone),
        "last_success": moment(health.last_success_at, zone),
        "last_change": moment(health.last_change_at, zone),
        "failures": health.bad_checks,
        "next_check": moment(health.next_poll_at, zone) if source.enabled else None,
        "permission": source.permission,
    }


def state_of(source: Source, health: SourceHealth) -> SourceState:
    """How a source is doing; one that is switched off is disabled whatever came of it before."""
    return health.state if source.enabled else SourceState.DISABLED


def subscriber_json(subscriber: Subscriber, zone: dt.tzinfo) -> dict[str, Json]:
    """A reader and what she asked for; without the token, which is a key to the subscription."""
    return {
        "id": subscriber.id,
        "email": subscriber.email,
        "state": subscriber.state.value,
        "lang": subscriber.lang.value,
        "every": subscriber.rhythm.value,
        "regions": list(subscriber.regions),
        "themes": [theme.value for theme in subscriber.themes],
        "words": list(subscriber.words),
        "all_documents": subscriber.all_documents,
        "created_at": moment(subscriber.created_at, zone),
        "confirmed_at": moment(subscriber.confirmed_at, zone),
    }


def delivery_json(delivery: Delivery, zone: dt.tzinfo) -> dict[str, Json]:
    """A mail in the outbox; its content stays there."""
    return {
        "id": delivery.id,
        "kind": delivery.kind,
        "period": delivery.period,
        "recipient": delivery.recipient,
        "message_id": delivery.message_id,
        "state": delivery.state.value,
        "attempts": delivery.attempts,
        "created_at": moment(delivery.created_at, zone),
        "next_try_at": moment(delivery.next_try_at, zone),
        "sent_at": moment(delivery.sent_at, zone),
        "error": delivery.last_error,
    }


def proposal_json(proposal: Proposal, zone: dt.tzinfo) -> dict[str, Json]:
    """A status value that waits for a person, as `review list --json` tells it."""
    return {
        "id": proposal.id,
        "region": proposal.region,
        "field": proposal.field,
        **_value_json(proposal.value),
        "proposed_at": moment(proposal.proposed_at, zone),
        "accepted": proposal.accepted,
        "decided_at": moment(proposal.decided_at, zone),
        "note": proposal.note,
    }
