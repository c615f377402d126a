"""A call that used to open at this time of the year and of which nothing is known is worth a word."""

from __future__ import annotations

import datetime as dt
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from aluevahti.model import Evidence, KnownWindow, PastValue, StatusState, StatusValue, Window
from aluevahti.rules.season import Expectation, Season, expectations
from factories import NOW, a_known_window, a_window, day

AUTUMN = ("2023-10-16", "2024-11-11", "2025-10-30")


def call(opens: str | None, closes: str | None = None, *, region: str = "kainuu", **fields: Any) -> KnownWindow:
    """A known window; without a day on which it closes it stays open for three weeks."""
    end = closes or (str(day(opens) + dt.timedelta(weeks=3)) if opens else None)
    cancelled = fields.pop("cancelled", False)
    return a_known_window(a_window(opens, end, **fields), region=region, cancelled=cancelled)


def endless(opens: str | None, **fields: Any) -> KnownWindow:
    return a_known_window(a_window(opens, None, continuous=True, **fields))


def on(today: str, *windows: KnownWindow | str, **fields: Any) -> list[Expectation]:
    """What is expected on a day; windows may be given by the day they open on, and then get these fields."""
    known = [call(one, **fields) if isinstance(one, str) else one for one in windows]
    return list(expectations(known, {}, {}, day(today)))


def test_a_call_of_the_last_years_is_expected_in_its_weeks() -> None:
    (expected,) = on("2026-10-20", *AUTUMN)

    assert (expected.weeks, expected.years, expected.season) == ((42, 46), (2023, 2024, 2025), Season.NOW)
    assert (expected.begins_on, expected.ends_on) == (day("2026-10-12"), day("2026-11-15"))


def test_the_weeks_are_those_in_which_it_opened_then() -> None:
    """24 November was in week 47 in 2022 and is in week 48 in 2026."""
    (expected,) = on("2026-11-20", "2022-11-24")

    assert (expected.weeks, expected.begins_on) == ((47, 47), day("2026-11-16"))


def test_it_is_soon_before_and_late_after_and_nothing_far_from_its_weeks() -> None:
    days = ("2026-06-01", "2026-09-13", "2026-09-14", "2026-10-11", "2026-11-15", "2026-11-16", "2027-01-10")
    seasons = [[one.season for one in on(today, *AUTUMN)] for today in (*days, "2027-01-11")]

    assert seasons == [[], [], *([one] for one in (Season.SOON,) * 2 + (Season.NOW,) + (Season.LATE,) * 2), []]


def test_a_call_that_opened_years_ago_and_not_since_is_expected_but_never_late() -> None:
    assert [one.season for one in on("2026-11-18", "2022-11-24")] == [Season.NOW]
    assert on("2026-11-24", "2022-11-24") == []
    assert [one.season for one in on("2026-11-24", "2022-11-24", "2025-11-20")] == [Season.LATE]


def test_a_call_that_is_announced_or_open_is_no_longer_expected() -> None:
    assert on("2026-10-20", *AUTUMN, "2026-11-02") == []
    assert on("2026-10-20", *AUTUMN, "2026-09-01") == []  # a little earlier than ever
    assert on("2026-10-20", *AUTUMN, "2026-03-01") != []  # the spring's is another one


def test_a_call_of_which_only_a_doubtful_or_a_withdrawn_window_or_the_end_is_known_is_known() -> None:
    for known in (
        call("2026-11-02", sure=False),
        call("2026-11-02", cancelled=True),
        call(None, "2026-11-30"),
    ):
        assert on("2026-10-20", *AUTUMN, known) == []


def test_doubtful_and_withdrawn_windows_make_no_season() -> None:
    assert on("2026-10-20", call("2025-10-20", sure=False), call("2024-10-20", cancelled=True)) == []


def test_a_call_without_end_makes_no_season_and_there_is_none_to_expect_beside_it() -> None:
    before = [call(one, grant_type="kerta-avustus") for one in AUTUMN]

    assert on("2026-10-20", endless("2025-10-20")) == []
    assert on("2026-10-20", *before, endless(None, grant_type="kerta-avustus")) == []
    assert on("2026-10-20", *before, endless(None)) != []


def test_another_type_or_region_does_not_stand_for_a_call_but_a_call_without_a_type_may() -> None:
    before = [call(one, grant_type="toiminta-avustus") for one in AUTUMN]

    assert on("2026-10-20", *before, call("2026-10-19", grant_type="kerta-avustus")) != []
    assert on("2026-10-20", *before, call("2026-10-19", grant_type="toiminta-avustus", region="lappi")) != []
    assert on("2026-10-20", *before, call("2026-10-19")) == []


def test_a_call_without_a_type_counts_for_the_types_of_its_time_and_is_not_told_beside_them() -> None:
    """Nor does it say that a type opens when that type never did."""
    untyped = [call("2022-10-24"), call("2023-10-23", grant_type="jarjestoavustus")]
    typed = [call("2024-10-21", grant_type="toiminta-avustus"), call("2025-10-20", grant_type="kerta-avustus")]
    spring = call("2025-04-07", grant_type="hankeavustus")

    found = on("2026-10-20", *untyped, *typed, spring)

    assert [(one.grant_type, one.years) for one in found] == [
        ("kerta-avustus", (2022, 2023, 2025)),
        ("toiminta-avustus", (2022, 2023, 2024)),
    ]


def test_two_calls_a_year_are_two_seasons() -> None:
    days = ("2024-02-01", "2024-09-10", "2025-02-10", "2025-09-01")

    assert [one.weeks for one in on("2026-02-05", *days)] == [(5, 7)]
    assert [one.weeks for one in on("2026-09-05", *days, "2026-02-09")] == [(36, 37)]


def test_a_season_that_a_region_has_given_up_is_not_expected() -> None:
    moved = ("2022-11-10", "2024-01-15", "2025-01-13", "2026-01-12")

    assert on("2026-11-20", *moved) == []
    assert on("2026-11-20", *moved, grant_type="kerta-avustus") == []
    assert [one.weeks for one in on("2027-01-04", *moved)] == [(3, 3)]
    assert on("2023-11-20", *moved[:1]) != []


def test_a_season_may_lie_across_the_new_year() -> None:
    (expected,) = on("2027-01-02", "2024-12-16", "2026-01-09")

    assert (expected.begins_on, expected.ends_on) == (day("2026-12-14"), day("2027-01-17"))
    assert (expected.weeks, expected.season) == ((51, 2), Season.NOW)


def test_calls_all_over_the_year_or_long_ago_are_no_season() -> None:
    assert on("2026-05-01", *(f"2025-{month:02}-01" for month in range(1, 13))) == []
    assert on("2026-10-20", "2020-10-20") == []


def test_the_first_year_expects_nothing_of_itself() -> None:
    assert on("2026-10-20", "2026-10-19") == []


def a_status(state: StatusState, *windows: dict[str, object]) -> StatusValue:
    return StatusValue(value=list(windows), state=state, since=None, evidence=Evidence(quote=None, url=None))


def test_exact_days_of_the_january_2023_report_count_as_long_as_the_state_remembers_them() -> None:
    exact: dict[str, object] = {"grant_type": "kerta-avustus", "opens": "2023-01-09", "precision": "exact"}
    rough = {**exact, "opens": "2023-03", "precision": "month"}
    moved = {**exact, "opens": "2023-02-06"}
    reported = a_status(StatusState.BASELINE, exact, rough, {**exact, "opens": None, "precision": "continuous"})
    past = [PastValue(value=one, replaced_at=NOW) for one in (reported, a_status(StatusState.AUTO, moved))]
    today = day("2024-01-10")

    standing = expectations((), {"kainuu": {"grant_windows": reported}, "lappi": {}}, {}, today)
    replaced = expectations(
        (), {"kainuu": {"grant_windows": a_status(StatusState.AUTO)}}, {"kainuu": {"grant_windows": past}}, today
    )

    assert standing == replaced
    assert [(one.grant_type, one.weeks, one.years) for one in standing] == [("kerta-avustus", (2, 2), (2023,))]


DAYS = st.dates(dt.date(2020, 1, 1), dt.date(2028, 12, 31))
WINDOWS = st.builds(
    Window,
    grant_type=st.sampled_from([None, "a", "b"]),
    opens=st.none() | DAYS,
    closes=st.none() | DAYS,
    continuous=st.booleans(),
    sure=st.booleans(),
)
KNOWN = st.builds(
    a_known_window,
    WINDOWS,
    region=st.sampled_from(["kainuu", "lappi"]),
    cancelled=st.sampled_from([False, False, True]),
)


@given(st.lists(KNOWN, max_size=14), DAYS)
def test_what_is_expected_is_near_rests_on_what_opened_in_its_weeks_and_does_not_depend_on_the_order(
    known: list[KnownWindow], today: dt.date
) -> None:
    found = expectations(known, {}, {}, today)

    assert found == expectations(known[::-1], {}, {}, today)
    for one in found:
        assert one.begins_on - dt.timedelta(weeks=4) <= today <= one.ends_on + dt.timedelta(weeks=8)
        opened = {window.window.opens for window in known if window.region == one.region and window.window.opens}
        weeks = {min(opens.isocalendar().week, 52) for opens in opened if opens < one.begins_on}
        assert set(one.weeks) <= weeks
        assert set(one.years) <= {opens.year for opens in opened if opens < one.begins_on}
