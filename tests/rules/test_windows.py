"""An application window's life, told once at each turn."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from aluevahti.model import CallChange, ChangeKind, KnownWindow, Window
from aluevahti.rules.closing import clock_events
from aluevahti.rules.samecall import Telling
from aluevahti.rules.windows import Folded, fold_windows
from factories import NOW, a_known_window, a_window, at, day


def telling(**fields: object) -> Telling:
    given = {
        "region": "kainuu",
        "source": "kainuu-news",
        "title": "Avustukset haettavana",
        "url": "https://a.fi/1",
        "key": "1",
        "document": 1,
        "told_on": day("2026-03-01"),
        "change": CallChange.NEW,
        "themes": (),
    }
    return Telling(**{**given, **fields})  # type: ignore[arg-type]


def fold(known: list[KnownWindow], window: Window, now: dt.datetime = NOW, **fields: object) -> Folded:
    return fold_windows(known, [window], telling(**fields), now)


def test_a_window_is_told_when_it_is_first_known() -> None:
    folded = fold([], a_window("2026-03-10", "2026-03-31"))

    assert [change.kind for change in folded.changes] == [ChangeKind.WINDOW_OPENED]
    assert {"opens": "2026-03-10", "closes": "2026-03-31"}.items() <= folded.changes[0].after.items()
    assert folded.changes[0].before is None


def test_the_same_window_in_another_document_is_only_a_proof() -> None:
    known = [a_known_window(a_window("2026-03-10", "2026-03-31"), proofs=("https://a.fi/1",))]

    folded = fold(known, a_window("2026-03-10", "2026-03-31"), url="https://b.fi/sv", document=2)

    assert folded.changes == ()
    assert folded.windows[0].proofs == ("https://a.fi/1", "https://b.fi/sv")


def test_a_telling_that_names_only_the_end_is_the_same_window_and_completes_it() -> None:
    known = [a_known_window(a_window(None, "2026-03-31"))]

    folded = fold(known, a_window("2026-03-10", "2026-03-31", closes_time=dt.time(16)), document=2)

    assert folded.changes == ()
    assert (day("2026-03-10"), dt.time(16)) == (folded.windows[0].window.opens, folded.windows[0].window.closes_time)


def test_an_extension_is_one_change_with_before_and_after() -> None:
    known = [a_known_window(a_window("2026-02-01", "2026-03-05"))]

    folded = fold(known, a_window(None, "2026-03-20"), change=CallChange.EXTENDED, document=2)

    assert [change.kind for change in folded.changes] == [ChangeKind.WINDOW_CHANGED]
    assert folded.changes[0].before["closes"] == "2026-03-05"
    assert (folded.changes[0].after["opens"], folded.changes[0].after["closes"]) == ("2026-02-01", "2026-03-20")


def test_a_window_that_a_new_document_changes_is_known_by_that_document() -> None:
    known = [a_known_window(a_window("2026-02-01", "2026-03-05"), document=None, document_key="1")]

    extended = fold(known, a_window(None, "2026-03-20"), change=CallChange.EXTENDED, document=None, key="2")

    assert (extended.windows[0].document, extended.windows[0].document_key) == (None, "2")


def test_a_page_that_still_shows_the_old_deadline_changes_nothing() -> None:
    known = [a_known_window(a_window("2026-02-01", "2026-03-05"))]
    extended = fold(known, a_window(None, "2026-03-20"), change=CallChange.EXTENDED, document=2)

    stale = fold(list(extended.state), a_window("2026-02-01", "2026-03-05"), document=3, told_on=None)

    assert stale.changes == ()


def test_an_older_document_does_not_undo_newer_bounds() -> None:
    known = [a_known_window(a_window("2026-02-01", "2026-03-20"), told_on=day("2026-02-20"))]

    folded = fold(known, a_window("2026-02-01", "2026-03-05"), document=3, told_on=day("2026-01-15"))

    assert ChangeKind.WINDOW_CHANGED not in {change.kind for change in folded.changes}


def test_a_page_that_puts_other_days_in_the_place_of_a_call_to_come_moves_that_call() -> None:
    coming = a_known_window(a_window("2026-03-10", "2026-03-31"), document=1)
    later = a_window("2026-04-07", "2026-05-08")

    moved = fold([coming], later)

    assert kinds(moved) == [ChangeKind.WINDOW_CHANGED]
    assert [(one.window.opens, one.window.closes) for one in moved.state] == [(later.opens, later.closes)]
    for news in (  # another round, told beside it: what is running ends as it was told
        fold_windows([coming], [later, coming.window], telling(), NOW),
        fold([coming], later, document=2),
        fold([coming], replace(later, grant_type="kerta-avustus")),
        fold([coming], later, at("2026-03-15 12:00")),
    ):
        assert kinds(news) == [ChangeKind.WINDOW_OPENED]
    sooner = fold([coming], a_window(None, "2026-03-08"), at("2026-03-02 12:00"))
    assert [(one.window.opens, one.window.closes) for one in sooner.state] == [(None, day("2026-03-08"))]


def test_a_call_without_an_end_that_is_given_one_is_the_same_call() -> None:
    endless = a_known_window(Window(grant_type="kerta-avustus", opens=None, closes=None, continuous=True), document=1)
    ended = a_window(None, "2026-04-30", grant_type="kerta-avustus")

    folded = fold([endless], ended)

    assert kinds(folded) == [ChangeKind.WINDOW_CHANGED]
    assert [one.window.continuous for one in folded.state] == [False]
    assert kinds(fold_windows([endless], [endless.window, ended], telling(), NOW)) == [ChangeKind.WINDOW_OPENED]
    assert kinds(fold([endless], replace(ended, grant_type="hankeavustus"))) == [ChangeKind.WINDOW_OPENED]


def kinds(folded: Folded) -> list[ChangeKind]:
    return [change.kind for change in folded.changes]


def test_minutes_of_before_an_extension_that_was_told_first_open_no_second_window() -> None:
    named = {"grant_type": "toiminta-avustus"}
    told: dict[str, Any] = {"document": 3, "told_on": day("2026-01-15")}
    whole = a_known_window(a_window("2026-02-01", "2026-03-20", **named), told_on=day("2026-02-20"))
    end_only = replace(whole, window=a_window(None, "2026-03-20", **named))
    old = a_window("2026-02-01", "2026-03-10", **named)

    for known in (whole, end_only):
        assert (kinds(fold([known], old, **told)), len(fold([known], old, **told).state)) == ([], 1)
    assert kinds(fold([end_only], replace(old, grant_type="kerta-avustus"), **told)) == [ChangeKind.WINDOW_OPENED]
    later = a_window("2026-03-25", "2026-04-10", **named)
    assert kinds(fold([end_only], later, **told)) == [ChangeKind.WINDOW_OPENED]


def test_an_older_document_about_one_of_several_grants_is_not_taken_for_an_old_version() -> None:
    known = [a_known_window(a_window("2026-03-01", "2026-03-31", grant_type=None), told_on=day("2026-02-20"))]

    folded = fold(known, a_window("2026-03-01", "2026-03-15", grant_type="kerta-avustus"), told_on=day("2026-02-10"))

    assert kinds(folded) == [ChangeKind.WINDOW_OPENED]


def test_an_older_document_about_several_other_grants_is_not_taken_for_an_old_version() -> None:
    known = a_known_window(a_window("2026-03-15", "2026-04-30", grant_type="hankeavustus"), told_on=day("2026-02-28"))
    older = a_window("2026-03-02", "2026-04-30", grant_type=None)  # the types share it, so it names none
    told: dict[str, Any] = {"document": 3, "told_on": day("2026-02-10")}

    assert kinds(fold([known], older, types=("toiminta-avustus", "yleisavustus"), **told)) == [ChangeKind.WINDOW_OPENED]
    for types in ((), ("hankeavustus", "yleisavustus")):
        assert kinds(fold([known], older, types=types, **told)) == []


def test_minutes_of_before_an_early_end_do_not_put_the_end_off_again() -> None:
    known = [a_known_window(a_window("2026-02-01", "2026-03-31"), told_on=day("2026-01-20"))]
    ended = fold(known, a_window("2026-02-01", "2026-03-06"), document=2, told_on=day("2026-02-28"))
    minutes: dict[str, Any] = {"document": 3, "told_on": day("2026-02-25")}

    assert kinds(ended) == [ChangeKind.WINDOW_CHANGED]
    for now in (NOW, at("2026-03-08 09:00")):  # while it is open, and when it is over
        assert kinds(fold(list(ended.state), a_window("2026-02-01", "2026-03-31"), now, **minutes)) == []


def test_an_agenda_of_a_meeting_to_come_is_no_newer_than_the_day_it_is_read() -> None:
    proposed = fold([], a_window("2026-03-10", "2026-03-31"), sure=False, told_on=day("2026-03-20"))

    decided = fold(list(proposed.state), a_window("2026-03-10", "2026-04-05"), document=2, told_on=day("2026-03-03"))

    assert (kinds(decided), len(decided.state)) == ([ChangeKind.WINDOW_CHANGED], 1)


def test_next_years_round_on_the_same_page_is_a_new_window() -> None:
    known = [a_known_window(a_window("2025-03-01", "2025-03-31"))]

    folded = fold(known, a_window("2026-03-01", "2026-03-31"), document=1)

    assert [change.kind for change in folded.changes] == [ChangeKind.WINDOW_OPENED]


def test_a_window_that_is_over_when_it_is_found_is_known_silently() -> None:
    folded = fold([], a_window("2026-01-01", "2026-01-31"))

    assert folded.changes == ()
    assert folded.windows[0].first_told_at is None


def test_a_call_told_long_ago_without_its_end_is_known_silently() -> None:
    opened = a_window("2025-10-01", None)

    assert kinds(fold([], opened, told_on=day("2025-09-20"))) == []
    assert kinds(fold([], opened, told_on=day("2026-02-28"))) == [ChangeKind.WINDOW_OPENED]
    assert kinds(fold([], a_window("2026-04-01", None), told_on=day("2025-09-20"))) == [ChangeKind.WINDOW_OPENED]


def test_windows_of_different_types_are_different_windows() -> None:
    known = [a_known_window(a_window("2026-03-01", "2026-03-31", grant_type="toiminta-avustus"))]

    folded = fold(known, a_window("2026-03-01", "2026-05-31", grant_type="kumppanuusavustus"), document=2)

    assert [change.kind for change in folded.changes] == [ChangeKind.WINDOW_OPENED]


def test_a_withdrawn_call_is_told_and_stays_silent_afterwards() -> None:
    known = [a_known_window(a_window("2026-03-01", "2026-03-16"))]
    folded = fold_windows(known, [], telling(change=CallChange.CANCELLED, document=2), NOW)

    assert [(change.kind, change.after) for change in folded.changes] == [(ChangeKind.WINDOW_CHANGED, None)]
    assert clock_events(folded.state, at("2026-03-16 09:00")).changes == ()


def a_withdrawn_call(**fields: object) -> list[KnownWindow]:
    known = [a_known_window(a_window("2026-03-01", "2026-03-16"), told_on=day("2026-02-20"))]
    given = {"change": CallChange.CANCELLED, "document": 2, "told_on": day("2026-03-01"), **fields}
    return list(fold_windows(known, [], telling(**given), NOW).state)


def test_what_was_told_before_a_withdrawal_does_not_open_the_call_again() -> None:
    call, ends = a_window("2026-03-01", "2026-03-16"), a_window(None, "2026-03-16")

    for window in (call, ends):
        assert kinds(fold(a_withdrawn_call(), window, document=3, told_on=day("2026-02-28"))) == []  # minutes, late
        assert kinds(fold(a_withdrawn_call(), window, document=3, told_on=day("2026-03-01"))) == []  # of the same day
        assert kinds(fold(a_withdrawn_call(), window, document=3, told_on=None)) == []  # a page that still shows it
    undated = a_withdrawn_call(told_on=None)  # by a page: known from today on
    assert kinds(fold(undated, call, document=3, told_on=day("2026-02-28"))) == []


def test_a_withdrawn_call_that_is_called_for_anew_is_told_again() -> None:
    call = a_window("2026-03-01", "2026-03-16")
    again = CallChange.REOPENED

    assert kinds(fold(a_withdrawn_call(), call, document=3, told_on=day("2026-03-02"))) == [ChangeKind.WINDOW_OPENED]
    for day_of_it in (day("2026-03-01"), None):
        folded = fold(a_withdrawn_call(), call, document=3, told_on=day_of_it, change=again)
        assert kinds(folded) == [ChangeKind.WINDOW_OPENED]
    other = a_window("2026-03-12", "2026-03-30")
    folded = fold(a_withdrawn_call(), other, document=3, told_on=day("2026-02-28"))
    assert kinds(folded) == [ChangeKind.WINDOW_OPENED]


def test_an_undated_page_that_withdrew_its_call_may_call_for_it_again_once() -> None:
    call = a_window("2026-03-09", "2026-03-31", quote="Haku on auki 9.–31.3.2026.")
    page: dict[str, Any] = {"told_on": None, "document": 4, "url": "https://a.fi/sivu"}
    gone = telling(change=CallChange.CANCELLED, quote="Haku on peruttu.", **page)
    state = fold_windows(fold([], call, **page).state, [], gone, NOW).state

    assert [(one.url, one.document, one.window.quote) for one in state] == [
        ("https://a.fi/sivu", 4, "Haku on peruttu.")
    ]
    assert kinds(fold(list(state), call, **{**page, "document": 5})) == []  # another page that still shows it
    again = fold(list(state), call, **page)
    assert kinds(again) == [ChangeKind.WINDOW_OPENED]
    in_turns = fold_windows(again.state, [], gone, NOW)
    assert [(one.kind, one.after) for one in in_turns.changes] == [(ChangeKind.WINDOW_CHANGED, None)]
    assert kinds(fold(list(in_turns.state), call, **page)) == []


def test_an_undated_page_that_still_shows_a_call_that_others_withdrew_does_not_open_it() -> None:
    call = of_types("2026-03-10", "2026-03-31", "toiminta-avustus")
    page: dict[str, Any] = {"told_on": None, "document": 4}
    news: dict[str, Any] = {"change": CallChange.CANCELLED, "told_on": day("2026-03-05"), "document": 2}
    gone = telling(**news, text="Haku 10.–31.3.2026 perutaan.")

    before = fold_windows([], [call], telling(**page), NOW, withdrawals=lambda: [gone])
    after = fold_windows(fold([], call, **page).state, [], gone, NOW)
    proposed = [a_known_window(replace(call, sure=False), document=4, cancelled=True)]

    for state in (before.state, after.state):
        assert kinds(fold(list(state), call, **page)) == []
    assert kinds(fold(proposed, call, **page, sure=False)) == []


def test_a_withdrawal_touches_no_call_that_was_announced_after_it() -> None:
    known = [a_known_window(a_window("2026-03-05", "2026-03-30"), 1, told_on=day("2026-03-02"))]

    assert withdraw(known, told_on=day("2026-03-01")) == []
    assert withdraw(known, told_on=day("2026-03-02")) == [1]
    assert withdraw(known, told_on=None) == [1]


def withdraw(known: list[KnownWindow], **fields: object) -> list[int | None]:
    """The rows of the windows that a withdrawal meant."""
    folded = fold_windows(known, [], telling(change=CallChange.CANCELLED, document=9, **fields), NOW)
    return [one.id for one in folded.windows if one.cancelled]


def test_a_withdrawal_means_the_window_whose_days_or_type_it_names() -> None:
    spring, summer = a_window("2026-04-06", "2026-05-10"), a_window("2026-04-17", "2026-05-28")
    typed = replace(spring, grant_type="hankeavustus")

    both = [a_known_window(spring, 1, document=1), a_known_window(summer, 2, document=2)]
    assert withdraw(both, text="Haku on peruttu. Haun piti olla avoinna 6.4.-10.5.2026.") == [1]
    assert withdraw(both, text="Ansökan 17 april – 28 maj ställs in.") == [2]
    assert withdraw(both, text="Haku on peruttu.") == []
    assert withdraw([a_known_window(typed, 1), both[1]], types=("toiminta-avustus",)) == [2]
    assert withdraw([a_known_window(typed, 1)], types=("toiminta-avustus",)) == []


def test_a_withdrawal_means_the_announced_call_rather_than_one_that_was_only_proposed() -> None:
    proposed = a_window("2026-04-17", "2026-05-28", sure=False)

    assert withdraw([a_known_window(proposed, 1), a_known_window(a_window("2026-04-06", "2026-05-10"), 2)]) == [2]


def test_a_withdrawal_of_one_of_several_grants_leaves_the_others_open() -> None:
    known = a_known_window(of_types("2026-03-01", "2026-03-16", "kumppanuusavustus", "toiminta-avustus"), id=7)
    gone = telling(change=CallChange.CANCELLED, types=("toiminta-avustus",), quote="Haku on peruttu.", **TOLD_OF)

    folded = fold_windows([known], [], gone, NOW)

    assert [(one.before["grant_type"], one.after, one.window) for one in folded.changes] == [
        ("toiminta-avustus", None, None)
    ]
    assert [(one.id, one.window.grant_type, one.cancelled) for one in folded.windows] == [
        (7, "kumppanuusavustus", False),
        (None, "toiminta-avustus", True),
    ]
    reminded = clock_events(folded.state, at("2026-03-16 09:00")).changes
    assert [one.after["grant_type"] for one in reminded] == ["kumppanuusavustus"]
    for whole in ((), ("jarjestoavustus",), ("kumppanuusavustus", "toiminta-avustus")):
        folded = fold_windows([known], [], replace(gone, types=whole), NOW)
        assert [(one.id, one.cancelled) for one in folded.state] == [(7, True)]


WITHDRAWS: dict[str, Any] = {"change": CallChange.CANCELLED, "document": 9, "told_on": day("2026-03-01")}


def test_a_withdrawal_that_tells_of_another_call_leaves_that_one_open() -> None:
    once, running = (
        of_types("2026-04-01", "2026-04-30", "kerta-avustus"),
        of_types(None, "2026-03-31", "toiminta-avustus"),
    )
    apart = [a_known_window(once, 1, document=1), a_known_window(running, 2, document=2)]
    whole = of_types("2026-03-01", "2026-03-31", "kerta-avustus", "toiminta-avustus")

    def withdrawn(known: list[KnownWindow], **fields: Any) -> list[str | None]:
        types = ("kerta-avustus", "toiminta-avustus")
        told = telling(**{**WITHDRAWS, "types": types, "withdrawn": ("kerta-avustus",), **fields})
        folded = fold_windows(known, [running], told, NOW)
        assert all(one.after is None for one in folded.changes)
        return [one.before["grant_type"] for one in folded.changes]

    assert withdrawn(apart) == ["kerta-avustus"]
    assert withdrawn([a_known_window(whole)]) == ["kerta-avustus"]
    assert withdrawn(apart[1:]) == []
    assert withdrawn(apart, withdrawn=()) == []  # which call it withdraws is not said
    assert withdrawn(apart, change=CallChange.NEW, document=1) == ["kerta-avustus"]  # the page that told of the call
    assert withdrawn(apart, change=CallChange.NEW, document=3) == []
    assert withdrawn(apart, change=CallChange.NEW, document=3, of_known_call=True) == ["kerta-avustus"]  # it is news
    for beside in (CallChange.EXTENDED, CallChange.REOPENED, None):
        news = {"change": beside, "document": 3, "of_known_call": True}
        assert withdrawn(apart, **news) == ["kerta-avustus"]
        assert withdrawn(apart, **news, turned_down=True) == []
        assert withdrawn(apart, **news, sure=False) == []  # only proposed
    assert withdrawn(apart, withdrawn=("kerta-avustus", "toiminta-avustus")) == ["kerta-avustus"]


def test_a_withdrawal_of_several_grants_by_name_is_told_of_each_window() -> None:
    known = [
        a_known_window(of_types("2026-03-01", f"2026-03-{last}", name), row)
        for row, last, name in ((1, 16, "kerta-avustus"), (2, 31, "toiminta-avustus"), (3, 31, "kumppanuusavustus"))
    ]
    both = ("kerta-avustus", "toiminta-avustus")

    assert withdraw(known, types=both, withdrawn=both) == [1, 2]
    assert withdraw([*known, replace(known[0], id=4, document=4)], types=both, withdrawn=both) == [2]


def test_a_withdrawal_that_states_days_for_the_same_grant_withdraws_none_by_name() -> None:
    running = a_known_window(of_types("2026-02-20", "2026-03-20", "toiminta-avustus"), told_on=day("2026-02-20"))
    later = of_types("2026-04-06", "2026-04-24", "toiminta-avustus")
    named: dict[str, Any] = {"types": ("toiminta-avustus",), "withdrawn": ("toiminta-avustus",), "of_known_call": True}

    told = fold_windows([running], [later], telling(**WITHDRAWS, **named), NOW)
    again = telling(**{**WITHDRAWS, "told_on": day("2026-03-02"), "document": 10}, **named)

    assert kinds(told) == [ChangeKind.WINDOW_OPENED]
    assert fold_windows(told.state, [later], again, NOW).changes == ()


def test_a_withdrawal_that_is_told_again_withdraws_no_other_round() -> None:
    rounds = [
        a_known_window(of_types("2026-03-09", "2026-03-31", "toiminta-avustus"), 1, document=1),
        a_known_window(of_types("2026-09-01", "2026-09-30", "toiminta-avustus"), 2, document=2),
    ]
    gone = telling(**WITHDRAWS, types=("toiminta-avustus",), text="Haku 9.–31.3.2026 on peruttu.")
    folded = fold_windows(rounds, [], gone, NOW)

    assert [one.cancelled for one in folded.state] == [True, False]
    for text in (gone.text, "Haku on peruttu."):
        release = replace(gone, document=10, told_on=day("2026-03-02"), text=text)
        assert fold_windows(folded.state, [], release, NOW).changes == ()
    autumn = replace(gone, document=11, text="Haku 1.–30.9.2026 on peruttu.")
    assert [one.cancelled for one in fold_windows(folded.state, [], autumn, NOW).state] == [True, True]


def test_minutes_whose_agenda_told_of_a_call_do_not_call_for_it_again_once_it_is_withdrawn() -> None:
    call = of_types("2026-03-20", "2026-04-16", "toiminta-avustus")
    agenda: dict[str, Any] = {"url": "https://a.fi/item", "document": 5, "told_on": day("2026-03-12")}
    announced = fold([], call)
    proved = fold(list(announced.state), call, **agenda)
    gone = fold_windows(proved.state, [], telling(**{**WITHDRAWS, "told_on": day("2026-03-10")}), NOW)

    assert fold(list(gone.state), call, **agenda).changes == ()
    assert kinds(fold(list(gone.state), call, **{**agenda, "url": "https://a.fi/new"})) == [ChangeKind.WINDOW_OPENED]


def test_a_call_that_was_withdrawn_is_not_called_for_by_the_next_text_that_withdraws_it() -> None:
    call = of_types("2026-03-01", "2026-03-16", "toiminta-avustus")
    release: dict[str, Any] = {**WITHDRAWS, "told_on": day("2026-03-02"), "types": ("toiminta-avustus",)}

    folded = fold_windows(a_withdrawn_call(), [call], telling(**release, withdrawn=("toiminta-avustus",)), NOW)

    assert folded.changes == ()


def test_a_withdrawal_that_could_mean_several_windows_touches_none() -> None:
    known = [
        a_known_window(a_window("2026-03-01", "2026-03-16", grant_type="toiminta-avustus"), row=1),
        a_known_window(a_window("2026-03-01", "2026-04-16", grant_type="kerta-avustus"), row=2),
    ]

    assert fold_windows(known, [], telling(change=CallChange.CANCELLED, document=9), NOW).changes == ()


def test_a_proposal_is_told_as_unsure() -> None:
    folded = fold([], a_window("2026-04-01", "2026-04-30"), sure=False)

    assert [change.sure for change in folded.changes] == [False]


def test_a_proposal_that_is_decided_is_told_once_and_proved_by_the_decision() -> None:
    window = a_window("2026-03-10", "2026-03-31", quote="Ehdotetaan, että haku on auki 10.–31.3.2026.")
    decided = replace(window, closes_time=dt.time(12), quote="Haku on auki 10.–31.3.2026 klo 12 asti.")
    proposed = fold([], window, sure=False)
    known = replace(proposed.state[0], id=7)

    folded = fold([known], decided, url="https://a.fi/2", document=2, title="Pöytäkirja", told_on=day("2026-03-02"))
    again = fold(list(folded.state), decided, url="https://a.fi/3", document=3)

    (change,) = folded.changes
    assert (change.kind, change.sure, change.window) == (ChangeKind.WINDOW_CHANGED, True, 7)
    assert (change.before["closes_time"], change.after["closes_time"]) == (None, "12:00")
    (stored,) = folded.state
    assert stored.window == decided
    assert (stored.title, stored.url, stored.document) == ("Pöytäkirja", "https://a.fi/2", 2)
    assert stored.told_on == day("2026-03-02")
    assert stored.proofs == ("https://a.fi/1", "https://a.fi/2")
    assert again.changes == ()


def test_a_proposal_that_is_told_again_as_a_proposal_or_decided_after_its_end_is_nothing_to_tell() -> None:
    window = a_window("2026-03-10", "2026-03-31")
    known = list(fold([], window, sure=False).state)

    assert fold(known, window, sure=False, url="https://a.fi/2").changes == ()
    late = fold(known, window, at("2026-04-02 12:00"), url="https://a.fi/2")
    assert (late.changes, late.state[0].window.sure) == ((), True)


def test_a_proposal_that_was_turned_down_is_told_no_more_and_others_stand() -> None:
    window = a_window("2026-03-10", "2026-03-31")
    proposed = a_known_window(replace(window, sure=False), 1, document=1)
    other = a_known_window(replace(window, sure=False, grant_type="kerta-avustus"), 2, document=2)
    decided = a_known_window(replace(window, grant_type="hankeavustus"), 3, document=1)

    folded = fold_windows([proposed, other, decided], [], telling(turned_down=True, change=None), NOW)

    assert folded.changes == ()
    assert [one.cancelled for one in folded.state] == [True, False, False]
    assert folded.windows == (replace(proposed, cancelled=True),)
    assert clock_events(folded.windows, at("2026-03-30 12:00")).changes == ()


def test_what_was_turned_down_and_then_decided_or_announced_is_told() -> None:
    window = a_window("2026-03-10", "2026-03-31")
    dropped = a_known_window(replace(window, sure=False), cancelled=True, told_on=day("2026-03-01"))
    sure = [ChangeKind.WINDOW_OPENED]
    unsure: dict[str, Any] = {"sure": False, "document": 3}

    assert kinds(fold([dropped], window, document=3, told_on=None)) == sure  # the page says that it is open
    assert kinds(fold([dropped], window, document=3, told_on=day("2026-03-01"))) == sure
    assert kinds(fold([dropped], window, document=3, told_on=day("2026-02-20"))) == []
    assert kinds(fold([dropped], window, told_on=day("2026-03-15"), **unsure)) == sure  # on the next agenda
    assert kinds(fold([dropped], window, told_on=day("2026-03-01"), **unsure)) == []


def test_a_window_told_three_days_before_its_end_is_not_told_again_as_closing_the_same_day() -> None:
    folded = fold([], a_window("2026-02-01", "2026-03-05"))

    assert clock_events(folded.windows, NOW).changes == ()


dates = st.dates(day("2026-01-01"), day("2026-12-31"))


@given(
    opens=st.none() | dates,
    length=st.integers(0, 90),
    type_=st.sampled_from([None, "toiminta-avustus", "jarjestoavustus"]),
    now=st.datetimes(dt.datetime(2025, 12, 1), dt.datetime(2027, 1, 31), timezones=st.just(dt.UTC)),
)
def test_telling_a_window_again_never_changes_anything(
    opens: dt.date | None, length: int, type_: str | None, now: dt.datetime
) -> None:
    closes = (opens or day("2026-06-01")) + dt.timedelta(days=length)
    window = Window(grant_type=type_, opens=opens, closes=closes, quote="x")
    once = fold_windows([], [window], telling(), now)

    for document in (1, 2, None):
        again = fold_windows(once.state, [window], telling(document=document, url=f"https://c.fi/{document}"), now)
        assert again.changes == ()
        assert len(again.state) == len(once.state)


TOLD_OF: dict[str, Any] = {"document": 2, "url": "https://b.fi/2"}


def of_types(opens: str | None, closes: str | None, *types: str, **fields: Any) -> Window:
    """A window for several types, as one that names only itself."""
    sole = types[0] if len(types) == 1 else None
    return a_window(opens, closes, grant_type=sole, types=types if len(types) > 1 else (), **fields)


def standing(folded: Folded) -> list[tuple[tuple[str, ...], str]]:
    return sorted((one.window.types or (str(one.window.grant_type),), str(one.window.closes)) for one in folded.state)


def test_a_call_for_other_grants_of_the_same_days_is_a_call_of_its_own() -> None:
    known = [a_known_window(of_types("2026-03-01", "2026-03-31", "kerta-avustus"))]
    both = of_types("2026-03-01", "2026-03-31", "kumppanuusavustus", "toiminta-avustus")

    assert kinds(fold(known, both, **TOLD_OF)) == [ChangeKind.WINDOW_OPENED]
    assert kinds(fold([a_known_window(both)], known[0].window, **TOLD_OF)) == [ChangeKind.WINDOW_OPENED]


def test_other_grants_that_open_on_the_same_day_do_not_change_a_known_call() -> None:
    known = [a_known_window(of_types("2026-03-01", "2026-03-31", "kerta-avustus"))]

    folded = fold(known, of_types("2026-03-01", "2026-04-15", "kumppanuusavustus", "toiminta-avustus"), **TOLD_OF)

    assert kinds(folded) == [ChangeKind.WINDOW_OPENED]
    assert folded.state[0] == known[0]


def test_one_of_several_grants_is_no_second_call_and_leaves_the_others_in_it() -> None:
    known = [a_known_window(of_types("2026-03-01", "2026-03-31", "kumppanuusavustus", "toiminta-avustus"))]

    one = fold(known, of_types("2026-03-01", "2026-03-31", "toiminta-avustus"), **TOLD_OF)
    other = fold(list(one.state), of_types("2026-03-01", "2026-03-31", "kumppanuusavustus"), **TOLD_OF)

    assert (kinds(one), kinds(other), len(other.state)) == ([], [], 1)


def test_more_time_for_one_of_several_grants_leaves_the_end_of_the_others() -> None:
    known = [a_known_window(of_types("2026-03-01", "2026-03-31", "kumppanuusavustus", "toiminta-avustus"), id=7)]

    folded = fold(known, of_types(None, "2026-04-15", "toiminta-avustus"), change=CallChange.EXTENDED, **TOLD_OF)

    assert standing(folded) == [(("kumppanuusavustus",), "2026-03-31"), (("toiminta-avustus",), "2026-04-15")]
    assert kinds(folded) == [ChangeKind.WINDOW_CHANGED]
    assert folded.changes[0].window is None  # a window of its own from now on: the end of the other is not its end
    assert folded.changes[0].after["grant_type"] == "toiminta-avustus"
    assert {one.id for one in folded.windows} == {7, None}


def test_more_time_for_two_grants_that_are_known_apart_is_told_of_both() -> None:
    known = [
        a_known_window(of_types("2026-03-01", "2026-03-31", "kumppanuusavustus"), id=1),
        a_known_window(of_types("2026-03-01", "2026-03-15", "toiminta-avustus"), id=2),
    ]
    more = of_types(None, "2026-04-15", "kumppanuusavustus", "toiminta-avustus")

    folded = fold(known, more, change=CallChange.EXTENDED, **TOLD_OF)

    assert [change.window for change in folded.changes] == [1, 2]
    assert standing(folded) == [(("kumppanuusavustus",), "2026-04-15"), (("toiminta-avustus",), "2026-04-15")]
    again = fold(list(folded.state), more, change=CallChange.EXTENDED, **TOLD_OF)
    assert (again.changes, len(again.state)) == ((), 2)


def test_more_time_for_grants_that_are_known_in_several_windows_is_told_of_each_window() -> None:
    known = [
        a_known_window(of_types("2026-03-01", "2026-03-15", "toiminta-avustus"), id=1),
        a_known_window(of_types("2026-03-01", "2026-03-31", "kerta-avustus", "kumppanuusavustus"), id=2),
    ]
    more = of_types(None, "2026-04-15", "kerta-avustus", "kumppanuusavustus", "toiminta-avustus")

    folded = fold(known, more, change=CallChange.EXTENDED, **TOLD_OF)

    assert sorted(change.window or 0 for change in folded.changes) == [1, 2]
    assert standing(folded) == [
        (("kerta-avustus", "kumppanuusavustus"), "2026-04-15"),
        (("toiminta-avustus",), "2026-04-15"),
    ]
    again = fold(list(folded.state), more, change=CallChange.EXTENDED, **TOLD_OF)
    assert (again.changes, len(again.state)) == ((), 2)


def test_more_time_for_grants_at_large_is_told_of_the_calls_that_do_not_end_then_already() -> None:
    known = [
        a_known_window(of_types("2026-03-01", "2026-03-31", "toiminta-avustus"), id=1),
        a_known_window(of_types("2026-03-01", "2026-03-31", "kohdeavustus"), id=2),
        a_known_window(of_types("2026-02-01", "2026-04-15", "kumppanuusavustus"), id=3),
    ]
    more = a_window(None, "2026-04-15", grant_type=None)

    for state, extended in ((known, [1, 2]), ([known[0], known[2]], [1])):
        folded = fold(state, more, change=CallChange.EXTENDED, **TOLD_OF)
        assert sorted(change.window or 0 for change in folded.changes) == extended
        assert {one.window.closes for one in folded.state} == {day("2026-04-15")}

        again = fold(list(folded.state), more, change=CallChange.EXTENDED, **TOLD_OF)
        assert (again.changes, len(again.state)) == ((), len(state))


def test_more_time_for_grants_at_large_moves_no_call_that_is_long_over() -> None:
    known = [
        a_known_window(of_types("2026-01-01", "2026-01-31", "hankeavustus"), id=1),
        a_known_window(of_types("2026-02-01", "2026-04-15", "kumppanuusavustus"), id=2),
    ]

    folded = fold(known, a_window(None, "2026-04-15", grant_type=None), change=CallChange.EXTENDED, **TOLD_OF)

    assert folded.changes == ()


def test_more_time_for_grants_at_large_that_was_told_before_moves_no_other_call() -> None:
    of_old = of_types("2026-03-01", "2026-03-20", "kumppanuusavustus")
    known = [
        a_known_window(of_types("2026-03-01", "2026-03-31", "toiminta-avustus"), id=1),
        a_known_window(of_types("2026-03-01", "2026-04-15", "kumppanuusavustus"), id=2, earlier=(of_old,)),
    ]

    folded = fold(known, a_window(None, "2026-04-15", grant_type=None), change=CallChange.EXTENDED, **TOLD_OF)

    assert folded.changes == ()
    assert standing(folded) == [(("kumppanuusavustus",), "2026-04-15"), (("toiminta-avustus",), "2026-03-31")]


def test_a_grant_that_joins_the_window_of_a_known_one_is_told_as_open() -> None:
    known = a_known_window(of_types("2026-03-01", "2026-03-31", "toiminta-avustus"), id=1)
    both = of_types("2026-03-01", "2026-03-31", "kumppanuusavustus", "toiminta-avustus")
    longer = replace(both, opens=None, closes=day("2026-04-15"))

    joined = fold([known], both, **TOLD_OF)
    extended = fold([known], longer, change=CallChange.EXTENDED, **TOLD_OF)

    assert [(one.kind, one.after["grant_type"]) for one in joined.changes] == [
        (ChangeKind.WINDOW_OPENED, "kumppanuusavustus")
    ]
    assert sorted((one.kind, one.after["grant_type"]) for one in extended.changes) == [
        (ChangeKind.WINDOW_CHANGED, "toiminta-avustus"),
        (ChangeKind.WINDOW_OPENED, "kumppanuusavustus"),
    ]
    assert fold(list(joined.state), both, **TOLD_OF).changes == ()
    assert fold(list(extended.state), longer, change=CallChange.EXTENDED, **TOLD_OF).changes == ()


def test_a_grant_that_is_called_for_about_then_on_other_days_is_not_taken_for_one_that_joins_another() -> None:
    known = [
        a_known_window(of_types("2026-03-01", "2026-03-31", "toiminta-avustus"), id=1),
        a_known_window(of_types("2026-04-07", "2026-04-30", "kumppanuusavustus"), id=2),
    ]
    both = of_types("2026-03-01", "2026-03-31", "kumppanuusavustus", "toiminta-avustus")
    last_autumn = replace(known[1], window=of_types("2025-09-01", "2025-09-30", "kumppanuusavustus"))

    assert fold(known, both, **TOLD_OF).changes == ()
    assert kinds(fold([known[0], last_autumn], both, **TOLD_OF)) == [ChangeKind.WINDOW_OPENED]


def test_a_call_that_was_withdrawn_before_it_was_known_is_known_as_withdrawn() -> None:
    call = of_types("2026-03-10", "2026-03-31", "toiminta-avustus")

    def gone(**fields: Any) -> Telling:
        told = {"change": CallChange.CANCELLED, "told_on": day("2026-03-05"), "text": "Haku 10.–31.3.2026 perutaan."}
        return telling(**{**told, **fields})

    def after(withdrawal: Telling, **fields: Any) -> Folded:
        return fold_windows([], [call], telling(**fields), NOW, withdrawals=lambda: [withdrawal])

    folded = after(gone())
    assert (folded.changes, folded.state[0].cancelled, folded.state[0].told_on) == ((), True, day("2026-03-05"))
    assert kinds(after(gone(), told_on=day("2026-03-06"))) == [ChangeKind.WINDOW_OPENED]
    assert kinds(after(gone(types=("kerta-avustus",)))) == [ChangeKind.WINDOW_OPENED]
    beside = gone(types=("kerta-avustus", "toiminta-avustus"), withdrawn=("kerta-avustus",))
    assert kinds(after(beside)) == [ChangeKind.WINDOW_OPENED]
    assert kinds(after(gone(text="Haku perutaan."))) == [ChangeKind.WINDOW_OPENED]
    assert kinds(after(gone(told_on=None))) == [ChangeKind.WINDOW_OPENED]


def test_new_days_are_those_of_the_nearest_call_and_not_of_the_last_one() -> None:
    running = a_known_window(of_types("2026-02-01", "2026-03-31", "toiminta-avustus"), id=1)
    coming = a_known_window(of_types("2026-03-09", "2026-03-20", "toiminta-avustus"), id=2)
    autumn = a_known_window(of_types("2026-09-01", "2026-09-30", "toiminta-avustus"), id=3)

    def changed(
        known: list[KnownWindow], opens: str | None, closes: str, change: CallChange | None
    ) -> list[int | None]:
        window = of_types(opens, closes, "toiminta-avustus")
        return [one.window for one in fold(known, window, change=change, of_known_call=True, **TOLD_OF).changes]

    assert changed([running, autumn], None, "2026-04-10", CallChange.EXTENDED) == [1]
    assert changed([running, autumn], None, "2026-03-20", None) == [1]
    assert changed([coming, autumn], "2026-04-06", "2026-04-24", None) == [2]


def test_more_time_for_one_grant_is_that_of_the_open_call_and_not_of_the_one_to_come() -> None:
    open_now = a_known_window(of_types("2026-02-01", "2026-03-31", "kumppanuusavustus", "toiminta-avustus"), id=1)
    autumn = a_known_window(of_types("2026-09-01", "2026-09-30", "toiminta-avustus"), id=2)
    told: dict[str, Any] = {"change": CallChange.EXTENDED, "of_known_call": True, **TOLD_OF}

    folded = fold([open_now, autumn], of_types(None, "2026-04-15", "toiminta-avustus"), **told)

    assert standing(folded) == [
        (("kumppanuusavustus",), "2026-03-31"),
        (("toiminta-avustus",), "2026-04-15"),
        (("toiminta-avustus",), "2026-09-30"),
    ]
    apart = [replace(open_now, window=of_types("2026-02-01", "2026-03-31", name), id=row)
             for row, name in ((1, "kumppanuusavustus"), (2, "toiminta-avustus"))]  # fmt: skip
    both = replace(autumn, window=of_types("2026-09-01", "2026-09-30", "kumppanuusavustus", "toiminta-avustus"), id=3)
    folded = fold([*apart, both], of_types(None, "2026-04-15", "kumppanuusavustus", "toiminta-avustus"), **told)
    assert sorted(change.window or 0 for change in folded.changes) == [1, 2]


def test_a_call_that_is_put_off_takes_the_nearest_days_and_the_next_round_is_a_call_of_its_own() -> None:
    known = [a_known_window(of_types("2026-03-09", "2026-03-20", "toiminta-avustus"), id=1)]
    moved = of_types("2026-04-06", "2026-04-24", "toiminta-avustus")
    autumn = of_types("2026-09-01", "2026-09-30", "toiminta-avustus")

    for read in ([moved, autumn], [autumn, moved]):
        folded = fold_windows(known, read, telling(change=None, of_known_call=True, **TOLD_OF), NOW)
        assert [(one.window, one.after["opens"]) for one in sorted(folded.changes, key=lambda one: one.kind)] == [
            (1, "2026-04-06"),
            (None, "2026-09-01"),
        ]
        assert sorted(kinds(folded)) == [ChangeKind.WINDOW_CHANGED, ChangeKind.WINDOW_OPENED]


def test_more_time_for_a_call_that_nobody_told_of_is_not_taken_from_a_round_much_later() -> None:
    autumn = a_known_window(of_types("2026-09-01", "2026-09-30", "toiminta-avustus"), id=1)
    sooner = a_known_window(of_types("2026-04-13", "2026-05-08", "toiminta-avustus"), id=2)
    more: dict[str, Any] = {"change": CallChange.EXTENDED, "of_known_call": True, **TOLD_OF}

    assert kinds(fold([autumn], of_types(None, "2026-03-20", "toiminta-avustus"), **more)) == [ChangeKind.WINDOW_OPENED]
    brought_forward = fold([sooner], of_types("2026-03-09", "2026-04-03", "toiminta-avustus"), **more)
    assert kinds(brought_forward) == [ChangeKind.WINDOW_CHANGED]


def test_minutes_of_another_round_in_which_something_is_put_off_leave_the_coming_call_as_it_is() -> None:
    known = [a_known_window(of_types("2026-03-09", "2026-03-20", "toiminta-avustus"), id=1)]

    def told(opens: str | None, closes: str | None, **fields: Any) -> list[ChangeKind]:
        window = of_types(opens, closes, "toiminta-avustus")
        return kinds(fold(known, window, change=None, of_known_call=True, **fields, **TOLD_OF))

    for days in (("2026-09-01", "2026-09-30"), ("2026-09-01", None), (None, "2026-09-30")):
        assert told(*days, in_passing=True) == [ChangeKind.WINDOW_OPENED]
    assert told("2026-09-01", "2026-09-30") == [ChangeKind.WINDOW_CHANGED]  # the news: the call waits for autumn
    assert told("2026-04-06", "2026-04-24", in_passing=True) == [ChangeKind.WINDOW_CHANGED]
    opened = [a_known_window(of_types("2026-02-09", None, "toiminta-avustus"))]
    ended = of_types(None, "2026-03-31", "toiminta-avustus")
    folded = fold(opened, ended, change=None, of_known_call=True, in_passing=True, **TOLD_OF)
    assert (kinds(folded), len(folded.state)) == ([ChangeKind.WINDOW_CHANGED], 1)


def test_new_days_that_are_only_possible_are_told_once_and_then_as_decided() -> None:
    known = [a_known_window(of_types("2026-03-01", "2026-03-31", "kumppanuusavustus", "toiminta-avustus"), id=7)]
    longer = of_types(None, "2026-04-15", "toiminta-avustus")
    agenda: dict[str, Any] = {"sure": False, "change": CallChange.EXTENDED, "told_on": day("2026-03-09")}

    proposed = fold(known, longer, document=2, **agenda)
    again = fold(list(proposed.state), longer, document=3, **agenda)
    other = fold(list(again.state), replace(longer, grant_type="kumppanuusavustus"), document=4, **agenda)
    longest = fold(list(again.state), of_types(None, "2026-04-30", "toiminta-avustus"), document=4, **agenda)
    whole = of_types("2026-03-01", "2026-04-15", "toiminta-avustus")
    decided = fold(list(again.state), whole, document=5, told_on=day("2026-03-09"))

    assert (kinds(proposed), kinds(again)) == ([ChangeKind.WINDOW_CHANGED], [])
    assert [one.window for one in again.state] == [known[0].window]
    for news in (other, longest, decided):
        assert kinds(news) == [ChangeKind.WINDOW_CHANGED]
    assert standing(decided) == [(("kumppanuusavustus",), "2026-03-31"), (("toiminta-avustus",), "2026-04-15")]


def test_a_call_that_was_only_possible_when_another_was_withdrawn_is_told_when_it_comes() -> None:
    known = a_known_window(of_types("2026-03-09", "2026-03-31", "toiminta-avustus"), told_on=day("2026-02-20"))
    later = of_types("2026-04-13", "2026-04-30", "toiminta-avustus")
    maybe = fold([known], later, sure=False, change=None, of_known_call=True, **TOLD_OF)
    gone = fold_windows(maybe.state, [], telling(change=CallChange.CANCELLED, document=3), NOW)

    assert [one.cancelled for one in gone.state] == [True]
    assert kinds(fold(list(gone.state), later, document=4)) == [ChangeKind.WINDOW_OPENED]


def test_two_coming_rounds_that_their_page_moves_keep_their_places() -> None:
    known = [
        a_known_window(of_types("2026-04-01", "2026-04-30", "toiminta-avustus"), id=1, document=1),
        a_known_window(of_types("2026-09-01", "2026-09-30", "toiminta-avustus"), id=2, document=1),
    ]
    for spring, fall in (
        (("2026-04-08", "2026-05-08"), ("2026-09-15", "2026-10-15")),
        (("2026-05-04", "2026-05-29"), ("2026-10-05", "2026-10-30")),
    ):
        read = [of_types(*days, "toiminta-avustus") for days in (spring, fall)]

        folded = fold_windows(known, read, telling(), NOW)

        assert [(one.window, one.after["opens"]) for one in folded.changes] == [(1, spring[0]), (2, fall[0])]
