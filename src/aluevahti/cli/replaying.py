"""The command that runs what was recorded through the rules of today, before they are switched on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from aluevahti import shapes
from aluevahti.cli.app import JsonOption, RegionOption, app, known_region, one_of, parts
from aluevahti.cli.knowledge import in_words, say_change
from aluevahti.cli.output import counted, say, say_json
from aluevahti.model import Change, Json, KnownWindow, StatusValue, Subscriber, SubscriptionState
from aluevahti.rules.bounds import as_json as window_json

if TYPE_CHECKING:
    import datetime as dt

    from aluevahti.compose import Composition
    from aluevahti.poll.comparing import Differences
    from aluevahti.poll.recorded import History


@app.command()
def replay(
    context: typer.Context,
    region: RegionOption = None,
    since: Annotated[
        str | None, typer.Option(metavar="TIME", help="Only what was told at this time or later, 2026-03-01.")
    ] = None,
    subscriber: Annotated[
        str | None, typer.Option(metavar="EMAIL", help="Only this reader's digests, confirmed or not.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Run the stored pages through today's rules, and show what would have been told otherwise. Stores nothing.

    Trouble with sources and removed documents are not replayed; what a person confirmed stays as it is.
    """
    from aluevahti.baseline import load
    from aluevahti.poll.comparing import differences
    from aluevahti.poll.recorded import history_of
    from aluevahti.poll.replaying import Rules
    from aluevahti.poll.replaying import replay as run

    own = parts(context)
    code, from_at = known_region(region), None if since is None else own.moment(since, "--since")
    readers = _readers(own, subscriber)
    settings = own.poll_settings_of(own.config)
    rules = Rules(zone=own.zone, lookback=settings.lookback, manual_review=settings.manual_review)
    history = history_of(own.store, own.config.sources, region=code, since=from_at, until=own.clock())
    baseline = [update for update in load() if code in {None, update.region}]
    replayed = run(history, own.config.sources, baseline, rules, own.clock())
    found = differences(
        history, replayed, statuses=own.store.statuses(), windows=own.store.windows(), subscribers=readers,
        region=code, since=from_at,
    )  # fmt: skip
    if as_json:
        say_json(_json(found, history, own.zone))
    else:
        _say(found, history, own.zone)


def _readers(own: Composition, email: str | None) -> Sequence[Subscriber]:
    everybody = own.store.subscribers()
    if email is None:
        return [one for one in everybody if one.state is SubscriptionState.CONFIRMED]
    one_of(email.casefold(), [one.email.casefold() for one in everybody], "--subscriber")
    return [one for one in everybody if one.email.casefold() == email.casefold()]


# --- for programs --------------------------------------------------------------------------------


def _json(found: Differences, history: History, zone: dt.tzinfo) -> dict[str, Json]:
    return {
        "replayed": {
            "documents": len(history.rows),
            "versions": history.versions,
            "answers": history.answers,
            "forgotten": history.forgotten,
            "unwatched": history.unwatched,
        },
        "changes": _sides(found.changes_only_recorded, found.changes_only_today, zone),
        "windows": {
            "only_recorded": [_window(one) for one in found.windows_only_recorded],
            "only_today": [_window(one) for one in found.windows_only_today],
        },
        "status": [
            {"region": one.region, "field": one.field, "recorded": _value(one.recorded), "today": _value(one.today)}
            for one in found.status
        ],
        "digests": [
            {"subscriber": one.subscriber.email, **_sides(one.only_recorded, one.only_today, zone)}
            for one in found.digests
        ],
        "pages": [
            {
                "source": one.source,
                "url": one.url,
                "fetched_at": shapes.moment(one.fetched_at, zone),
                "what": one.what,
            }
            for one in found.misread
        ],
    }


def _sides(recorded: Sequence[Change], today: Sequence[Change], zone: dt.tzinfo) -> dict[str, Json]:
    return {
        "only_recorded": [shapes.change_json(change, zone) for change in recorded],
        "only_today": [shapes.change_json(change, zone) for change in today],
    }


def _window(known: KnownWindow) -> dict[str, Json]:
    return {
        "region": known.region,
        **window_json(known.window),
        "sure": known.window.sure,
        "cancelled": known.cancelled,
        "url": known.url,
        "quote": known.window.quote or None,
    }


def _value(value: StatusValue | None) -> dict[str, Json] | None:
    if value is None:
        return None
    return {"value": value.value, "state": value.state.value, "since": shapes.day(value.since)}


# --- for people ----------------------------------------------------------------------------------


def _say(found: Differences, history: History, zone: dt.tzinfo) -> None:
    about = (
        f"{counted(len(history.rows), 'document')}, {counted(history.versions, 'text')}, "
        f"{counted(history.answers, 'stored page')} read anew"
    )
    forgotten = f"; {counted(history.forgotten, 'text')} no longer kept" if history.forgotten else ""
    unwatched = f"; {counted(history.unwatched, 'document')} of sources that are gone" if history.unwatched else ""
    say(f"Replayed {about}{forgotten}{unwatched}.")
    if found.none:
        say("Today's rules come to the same in everything.")
        return
    _say_changes("Told then, and not by today's rules", found.changes_only_recorded, zone)
    _say_changes("Told by today's rules, and not then", found.changes_only_today, zone)
    _say_lines("Windows that today's rules do not know", [_window_line(one) for one in found.windows_only_recorded])
    _say_lines("Windows that only today's rules know", [_window_line(one) for one in found.windows_only_today])
    fields = [
        f"{one.region} {one.field}: {_value_line(one.recorded)} -> {_value_line(one.today)}" for one in found.status
    ]
    _say_lines("Status values that would be others", fields)
    digests = [
        f"{one.subscriber.email}: {len(one.only_recorded)} told only then, {len(one.only_today)} only today"
        for one in found.digests
    ]
    _say_lines("Digests that would differ", digests)
    _say_lines("Stored pages that are read otherwise", [f"{one.source} {one.url}: {one.what}" for one in found.misread])


def _say_changes(heading: str, changes: Sequence[Change], zone: dt.tzinfo) -> None:
    if changes:
        say(f"\n{heading} ({len(changes)})")
        for change in changes:
            say_change(change, zone)


def _say_lines(heading: str, lines: Sequence[str]) -> None:
    if lines:
        say("\n".join((f"\n{heading} ({len(lines)})", *(f"  {line}" for line in lines))))


def _window_line(known: KnownWindow) -> str:
    rest = "".join((" (unsure)" if not known.window.sure else "", " (withdrawn)" if known.cancelled else ""))
    return f"{known.region} {in_words(window_json(known.window))}{rest}"


def _value_line(value: StatusValue | None) -> str:
    return "nothing" if value is None else f"{in_words(value.value)} ({value.state.value})"
