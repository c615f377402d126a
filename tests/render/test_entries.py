"""One entry of a digest in words."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from aluevahti.model import Change, ChangeKind, Evidence, KnownWindow, Language, Phase, Theme
from aluevahti.render.catalogue import catalogue
from aluevahti.render.entries import MOST_SOURCES, entry_view
from aluevahti.render.scene import Background, Scene
from aluevahti.render.view import EntryView
from aluevahti.rules.digest import select
from factories import a_document, a_known_window, a_window, known
from readers import change, reader, window
from render_samples import HELSINKI, NOW, status

KIND = ChangeKind


def view(*changes: Change, now: dt.datetime = NOW, background: Background | None = None, **wishes: Any) -> EntryView:
    (entry,) = select(reader(**wishes), changes)
    return entry_view(entry, Scene(catalogue(Language.FI), now, HELSINKI, background or Background()))


def labels(one: EntryView) -> list[str]:
    return [label.text for label in one.labels]


# --- what happened ---


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        (change(1), ["Uusi asiakirja"]),
        (change(1, KIND.DOCUMENT_REVISED), ["Päivitetty asiakirja"]),
        (change(1, KIND.DOCUMENT_REMOVED), ["Asiakirja poistettu"]),
        (change(1, KIND.WINDOW_OPENED, after=window("2026-03-31")), ["Haku auki"]),
        (change(1, KIND.WINDOW_OPENED, after=window("2026-05-31", opens="2026-05-01")), ["Haku tulossa"]),
        (change(1, KIND.WINDOW_OPENED, after=window(None, continuous=True)), ["Jatkuva haku"]),
        (change(1, KIND.WINDOW_OPENED, after=window(), sure=False), ["Mahdollinen haku", "Tarkistettava"]),
        (change(1, KIND.WINDOW_CLOSING, after=window("2026-03-31")), ["Haku päättyy pian"]),
        (change(1, KIND.WINDOW_CLOSING, after=window("2026-03-24")), ["Viimeinen hakupäivä"]),
        (change(1, KIND.WINDOW_CLOSING, after=window(), sure=False), ["Mahdollinen haku", "Tarkistettava"]),
        (
            change(1, KIND.WINDOW_CHANGED, before=window(), after=None, sure=False),
            ["Haku ehkä perutaan", "Tarkistettava"],
        ),
        (change(1, KIND.WINDOW_CLOSING, after=window("2026-03-23")), ["Haku oli päättymässä"]),
        (change(1, KIND.WINDOW_OPENED, after=window("2026-03-23")), ["Haku oli auki"]),
        (change(1, KIND.WINDOW_CLOSED, before=window("2026-03-23"), after=None), ["Haku päättynyt"]),
        (change(1, KIND.WINDOW_CHANGED, before=window(), after=window("2026-04-15")), ["Hakuaikaa jatkettu"]),
        (change(1, KIND.WINDOW_CHANGED, before=window(), after=window("2026-03-25")), ["Hakuaika lyheni"]),
        (change(1, KIND.WINDOW_CHANGED, before=window(time="16:00"), after=window(time="12:00")), ["Hakuaika muuttui"]),
        (change(1, KIND.WINDOW_CHANGED, before=window(), after=window()), ["Haku vahvistui"]),
        (change(1, KIND.WINDOW_CHANGED, before=window(), after=window(time="12:00")), ["Haku vahvistui"]),
        (change(1, KIND.WINDOW_CHANGED, before=window(), after=None), ["Haku peruttu"]),
        (
            change(1, KIND.WINDOW_CHANGED, before=window(), after=window("2026-04-15"), sure=False),
            ["Hakuaika ehkä muuttunut", "Tarkistettava"],
        ),
        (change(1, KIND.STATUS_CHANGED, after=status("strategy", None)), ["Tilanne muuttui"]),
        (
            change(1, KIND.STATUS_CHANGED, after=status("strategy", None), sure=False),
            ["Mahdollinen muutos", "Tarkistettava"],
        ),
        (change(1, KIND.STATUS_PROPOSED, after=status("strategy", None)), ["Mahdollinen muutos", "Tarkistettava"]),
    ],
)
def test_an_entry_says_what_happened(one: Change, expected: list[str]) -> None:
    assert expected == labels(view(one))


def test_that_a_document_is_new_goes_without_saying_where_it_opens_a_call() -> None:
    one = view(change(1), change(2, KIND.WINDOW_OPENED, document=1, window=9, after=window()))

    assert labels(one) == ["Haku auki"]


def test_two_calls_of_one_document_are_one_entry_with_two_windows() -> None:
    one = view(
        change(1, KIND.WINDOW_OPENED, document=1, window=9, after=window("2026-03-31")),
        change(2, KIND.WINDOW_OPENED, document=1, window=10, after=window("2026-04-30", grant_type="kerta-avustus")),
    )

    assert labels(one) == ["Haku auki"]
    assert [each.name for each in one.windows] == ["Toiminta-avustus", "Kerta-avustus"]


def test_a_call_that_opened_and_was_extended_since_is_told_as_it_stands_now() -> None:
    one = view(
        change(1, KIND.WINDOW_OPENED, window=9, after=window("2026-03-31"), title="Haku auki"),
        change(2, KIND.WINDOW_CHANGED, window=9, before=window(), after=window("2026-04-15"), title="Hakua jatketaan"),
    )

    (each,) = one.windows
    assert (each.period, each.before) == ("haku 2.3.–15.4.2026", "")
    assert labels(one) == ["Haku auki", "Hakuaikaa jatkettu"]
    assert one.title == "Hakua jatketaan"


def test_a_call_changed_twice_is_told_from_the_first_to_the_last() -> None:
    one = view(
        change(1, KIND.WINDOW_CHANGED, window=9, before=window("2026-03-31"), after=window("2026-04-15")),
        change(2, KIND.WINDOW_CHANGED, window=9, before=window("2026-04-15"), after=window("2026-04-30")),
    )

    (each,) = one.windows
    assert (each.before, each.period) == ("haku 2.–31.3.2026", "haku 2.3.–30.4.2026")


def test_a_call_that_opened_and_closed_since_says_that_it_is_over() -> None:
    one = view(
        change(1, KIND.WINDOW_OPENED, window=9, after=window("2026-03-20")),
        change(2, KIND.WINDOW_CLOSING, window=9, after=window("2026-03-20")),
        change(3, KIND.WINDOW_CLOSED, window=9, before=window("2026-03-20"), after=None),
    )

    assert labels(one) == ["Haku päättynyt"]
    assert one.windows[0].deadline == "Hakuaika päättyi 20.3.2026"


def test_a_call_that_was_withdrawn_says_so_and_counts_no_days() -> None:
    one = view(
        change(1, KIND.WINDOW_OPENED, window=9, after=window("2026-03-31")),
        change(2, KIND.WINDOW_CHANGED, window=9, before=window("2026-03-31"), after=None),
    )

    (each,) = one.windows
    assert (each.before, each.period, each.deadline, each.badge) == ("haku 2.–31.3.2026", "haku on peruttu", "", "")
    assert labels(one) == ["Haku peruttu"]


def test_a_call_that_was_withdrawn_and_reopened_is_open() -> None:
    one = view(
        change(1, KIND.WINDOW_CHANGED, window=9, before=window("2026-03-31"), after=None),
        change(2, KIND.WINDOW_CHANGED, window=9, before=window("2026-03-31"), after=window("2026-04-15")),
    )

    assert one.windows[0].deadline == "Hakuaika päättyy 15.4.2026 (22 päivän kuluttua)"


def test_a_doubtful_change_of_a_sure_call_leaves_the_call_as_it_was() -> None:
    one = view(
        change(1, KIND.WINDOW_OPENED, window=9, after=window("2026-03-31")),
        change(2, KIND.WINDOW_CHANGED, window=9, before=window(), after=window("2026-04-15"), sure=False),
    )

    sure, doubtful = one.windows
    assert (sure.period, sure.badge) == ("haku 2.–31.3.2026", "7 päivää jäljellä")
    assert (doubtful.period, doubtful.badge, doubtful.is_sure) == ("ehkä: haku 2.3.–15.4.2026", "", False)
    assert one.is_sure


@pytest.mark.parametrize(
    "since",
    [a_known_window(a_window("2026-03-02", "2026-04-30")), a_known_window(a_window(None, None), cancelled=True)],
)
def test_an_old_reminder_of_a_call_that_was_extended_or_withdrawn_since_counts_no_days(since: KnownWindow) -> None:
    reminder = change(1, KIND.WINDOW_CLOSING, window=9, after=window("2026-03-26"))
    one = view(reminder, background=Background(windows={9: since}))

    assert labels(one) == ["Haku oli päättymässä"]
    assert [(each.badge, each.urgency, each.deadline) for each in one.windows] == [("", "later", "")]
    assert [each.urgency for each in view(reminder).windows] == ["now"]


def test_the_news_of_a_call_that_was_extended_since_does_not_say_that_it_is_over() -> None:
    opened = change(1, KIND.WINDOW_OPENED, window=9, after=window("2026-03-23"))
    extended = a_known_window(a_window("2026-03-02", "2026-04-30"), 9)

    assert labels(view(opened)) == ["Haku oli auki"]
    assert labels(view(opened, background=Background(windows={9: extended}))) == ["Haku auki"]


def test_of_several_reminders_only_the_last_one_presses() -> None:
    def reminder(number: int, days_ago: int) -> Change:
        at = NOW - dt.timedelta(days=days_ago)
        return change(number, KIND.WINDOW_CLOSING, window=9, after=window("2026-03-26"), detected_at=at)

    reminded = a_known_window(a_window("2026-03-02", "2026-03-26"), 9, told_marks=(14, 7, 2))
    background = Background(windows={9: reminded})
    first, last = view(reminder(1, 5), background=background), view(reminder(2, 0), background=background)

    assert (labels(first), [one.badge for one in first.windows]) == (["Haku oli päättymässä"], [""])
    assert (labels(last), [one.badge for one in last.windows]) == (["Haku päättyy pian"], ["2 päivää jäljellä"])
    assert labels(view(reminder(1, 5), reminder(2, 0), background=background)) == ["Haku päättyy pian"]


def test_a_call_that_was_extended_since_is_proved_by_the_sentence_of_today() -> None:
    def said(quote: str) -> Evidence:
        return Evidence(quote=quote, url=None, document=1)

    told = change(1, KIND.WINDOW_OPENED, document=1, window=9, evidence=said("Haku on auki 2.–31.3."), after=window())
    longer = {**window(), "closes": "2026-04-15"}
    moved = change(
        2,
        KIND.WINDOW_CHANGED,
        document=1,
        window=9,
        evidence=said("Hakua jatketaan 15.4. asti."),
        before=window(),
        after=longer,
    )

    assert view(told, moved).quotes == ("Hakua jatketaan 15.4. asti.",)


def test_a_call_that_was_proposed_and_decided_since_is_told_as_decided_by_the_decisions_sentence() -> None:
    def said(quote: str) -> Evidence:
        return Evidence(quote=quote, url=None, document=1)

    proposal, decision = said("Ehdotetaan, että haku on auki 2.–31.3.2026."), said("Haku on auki 2.–31.3.2026.")
    agenda, minutes = {"phase": "agenda", "title": "Haku"}, {"phase": "minutes", "title": "Haku"}
    changes = [
        change(1, document=1, evidence=proposal, after=agenda),
        change(2, KIND.WINDOW_OPENED, document=1, window=9, evidence=proposal, after=window(), sure=False),
        change(3, KIND.DOCUMENT_REVISED, document=1, evidence=decision, before=agenda, after=minutes),
        change(4, KIND.WINDOW_CHANGED, document=1, window=9, evidence=decision, before=window(), after=window()),
    ]
    one = view(*changes)

    (each,) = one.windows
    assert (each.period, each.before, each.is_sure, one.is_sure) == ("haku 2.–31.3.2026", "", True, True)
    assert labels(one) == ["Haku vahvistui"]
    assert one.quotes == ("Haku on auki 2.–31.3.2026.",)
    assert labels(view(changes[-1])) == ["Haku vahvistui"]


@pytest.mark.parametrize(
    ("phase", "note"),
    [
        (Phase.AGENDA, "Tämä on esityslistan ehdotus, josta ei ole vielä päätetty. Lue alkuperäinen asiakirja."),
        (None, "Tulkinta on epävarma. Lue alkuperäinen asiakirja ennen kuin luotat tietoon."),
    ],
)
def test_a_doubtful_entry_says_what_makes_it_doubtful(phase: Phase | None, note: str) -> None:
    document = known(a_document(phase=phase), 1)
    proposed = change(1, KIND.WINDOW_OPENED, window=9, after=window(), sure=False)

    assert view(proposed, background=Background(documents={1: document})).note == note
    assert view(change(1)).note == ""


def test_a_proposal_that_was_turned_down_since_is_no_possible_call() -> None:
    dropped = a_known_window(a_window("2026-03-02", "2026-03-31", sure=False), 9, cancelled=True)
    one = view(
        change(1, document=1),
        change(2, KIND.WINDOW_OPENED, document=1, window=9, after=window(), sure=False),
        change(3, KIND.DOCUMENT_REVISED, document=1, before={"phase": "agenda"}, after={"phase": "minutes"}),
        background=Background(windows={9: dropped}),
    )

    assert (labels(one), one.windows, one.is_sure, one.note) == (
        ["Uusi asiakirja", "Päivitetty asiakirja"],
        (),
        True,
        "",
    )


def test_a_call_that_was_proposed_with_other_days_tells_both() -> None:
    one = view(
        change(1, KIND.WINDOW_OPENED, window=9, after=window("2026-03-31"), sure=False),
        change(2, KIND.WINDOW_CHANGED, window=9, before=window("2026-03-31"), after=window("2026-04-15")),
    )

    (each,) = one.windows
    assert (each.before, each.period) == ("haku 2.–31.3.2026", "haku 2.3.–15.4.2026")


# --- deadlines ---


@pytest.mark.parametrize(
    ("closes", "time", "deadline", "badge", "urgency"),
    [
        (
            "2026-03-31",
            "16:00",
            "Hakuaika päättyy 31.3.2026 klo 16.00 (7 päivän kuluttua)",
            "7 päivää jäljellä",
            "soon",
        ),
        ("2026-04-08", None, "Hakuaika päättyy 8.4.2026 (15 päivän kuluttua)", "15 päivää jäljellä", "later"),
        ("2026-03-26", None, "Hakuaika päättyy 26.3.2026 (2 päivän kuluttua)", "2 päivää jäljellä", "now"),
        ("2026-03-25", None, "Hakuaika päättyy 25.3.2026 (huomenna)", "päättyy huomenna", "now"),
        ("2026-03-24", None, "Hakuaika päättyy 24.3.2026 (tänään)", "viimeinen päivä", "now"),
        ("2026-03-24", "07:31", "Hakuaika päättyy 24.3.2026 klo 7.31 (tänään)", "viimeinen päivä", "now"),
        ("2026-03-24", "07:30", "Hakuaika päättyi 24.3.2026 klo 7.30", "päättynyt", "ended"),
        ("2026-03-23", "23:59", "Hakuaika päättyi 23.3.2026 klo 23.59", "päättynyt", "ended"),
        (None, None, "", "", "later"),
    ],
)
def test_days_are_counted_from_the_readers_today(
    closes: str | None, time: str | None, deadline: str, badge: str, urgency: str
) -> None:
    one = view(change(1, KIND.WINDOW_OPENED, after=window(closes, time=time)))

    (each,) = one.windows
    assert (deadline, badge, urgency) == (each.deadline, each.badge, each.urgency)


def test_the_day_changes_at_midnight_in_helsinki() -> None:
    before, after = (dt.datetime(2026, 3, 23, hour, 59, tzinfo=dt.UTC) for hour in (21, 22))
    opened = change(1, KIND.WINDOW_OPENED, after=window("2026-03-31"))

    assert [view(opened, now=now).windows[0].badge for now in (before, after)] == [
        "8 päivää jäljellä",
        "7 päivää jäljellä",
    ]


def test_a_call_that_has_not_opened_counts_the_days_until_it_opens() -> None:
    (each,) = view(change(1, KIND.WINDOW_OPENED, after=window("2026-05-08", opens="2026-03-25"))).windows

    assert (each.deadline, each.badge) == ("Haku avautuu 25.3.2026 (huomenna)", "")


# --- status, revisions ---


def test_a_status_tells_before_and_after_and_what_before_rests_on() -> None:
    changed = change(
        4,
        KIND.STATUS_CHANGED,
        before=status("grant_model", {"status": "in_preparation"}),
        after=status("grant_model", {"status": "approved"}),
    )

    (on_baseline,) = view(changed, background=Background(baseline=frozenset({4}))).statuses
    (confirmed,) = view(changed).statuses

    assert (on_baseline.name, on_baseline.before, on_baseline.after) == ("Avustusmalli", "valmisteilla", "hyväksytty")
    assert (on_baseline.is_baseline, confirmed.is_baseline) == (True, False)


@pytest.mark.parametrize("side", [None, "teksti", {}, {"field": 7}])
def test_a_status_in_an_odd_shape_is_no_reason_to_fail(side: Any) -> None:
    assert view(change(1, KIND.STATUS_CHANGED, before=side, after=side)).statuses[0].after == ""


def test_a_revision_tells_the_phase_and_the_old_title() -> None:
    one = view(
        change(
            1,
            KIND.DOCUMENT_REVISED,
            title="Uusi otsikko",
            before={"phase": "agenda", "title": "Vanha otsikko"},
            after={"phase": "minutes_unreviewed", "title": "Uusi otsikko"},
        ),
        change(2, KIND.DOCUMENT_REVISED, document=1, title="Uusi otsikko", before={}, after={"phase": "minutes"}),
    )

    assert (one.phase_before, one.phase, one.title_before) == ("esityslista", "pöytäkirja", "Vanha otsikko")


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        ("Aluehallitus 9.3.2026 Esityslista", "Aluehallitus 9.3.2026 Pöytäkirja", ""),
        ("Välfärdsområdesstyrelsen 9.3.2026 Föredragningslista", "Välfärdsområdesstyrelsen 9.3.2026 Protokoll", ""),
        (
            "Aluehallitus 9.3.2026 Esityslista",
            "Aluehallitus 10.3.2026 Pöytäkirja",
            "Aluehallitus 9.3.2026 Esityslista",
        ),
        ("Avustukset", "Avustusten myöntäminen", "Avustukset"),
    ],
)
def test_a_title_that_changed_only_with_the_phase_is_not_told_as_changed(before: str, after: str, shown: str) -> None:
    one = view(
        change(
            1,
            KIND.DOCUMENT_REVISED,
            title=after,
            before={"phase": "agenda", "title": before},
            after={"phase": "minutes", "title": after},
        )
    )

    assert one.title_before == shown


@pytest.mark.parametrize("side", [None, {}, {"phase": "outo", "title": None}, "teksti"])
def test_a_revision_in_an_odd_shape_tells_less(side: Any) -> None:
    one = view(change(1, KIND.DOCUMENT_REVISED, before=side, after=side))

    assert (one.phase_before, one.phase, one.title_before) == ("", "", "")


def test_changed_words_are_shown_where_both_versions_are_known() -> None:
    texts = {1: ("Haku päättyy maaliskuussa.\nMuu pysyy.", "Haku päättyy huhtikuussa.\nMuu pysyy.")}
    one = view(change(1, KIND.DOCUMENT_REVISED), background=Background(revisions=texts))

    ((kept, gone, came),) = one.diff
    assert (kept.text, gone.sign, gone.text, came.sign, came.text) == (
        "Haku päättyy",
        "-",
        "maaliskuussa.",
        "+",
        "huhtikuussa.",
    )
    assert view(change(1, KIND.DOCUMENT_REVISED)).diff == ()


def test_a_stamp_or_a_counter_that_moved_is_not_shown_as_a_change() -> None:
    old = "Päivitetty 2.2.2026 klo 8.00\nHaku päättyy 13.3.2026.\nSivua katsottu 12 kertaa"
    new = "Päivitetty 12.3.2026 klo 10.00\nHaku päättyy 31.3.2026.\nSivua katsottu 48 kertaa"
    one = view(change(1, KIND.DOCUMENT_REVISED), background=Background(revisions={1: (old, new)}))

    assert [[piece.text for piece in place] for place in one.diff] == [["Haku päättyy", "13.3.2026.", "31.3.2026."]]


def test_of_many_changed_places_the_rest_is_counted() -> None:
    old = "\n".join(f"Rivi {n}.\nVäli {n}." for n in range(9))
    new = old.replace("Rivi", "Kohta")
    one = view(change(1, KIND.DOCUMENT_REVISED), background=Background(revisions={1: (old, new)}))

    assert len(one.diff) == 5
    assert one.more_diff == "ja 4 muuta muuttunutta kohtaa"


def test_a_long_unchanged_line_is_cut_to_the_words_around_the_change() -> None:
    words = " ".join(f"sana{n}" for n in range(40))
    texts = {1: (f"{words} vanha {words} vanhin {words}", f"{words} uusi {words} uusin {words}")}
    one = view(change(1, KIND.DOCUMENT_REVISED), background=Background(revisions=texts))

    (place,) = one.diff
    assert [piece.text for piece in place] == [
        "… sana34 sana35 sana36 sana37 sana38 sana39",
        "vanha",
        "uusi",
        "sana0 sana1 sana2 sana3 sana4 sana5 … sana34 sana35 sana36 sana37 sana38 sana39",
        "vanhin",
        "uusin",
        "sana0 sana1 sana2 sana3 sana4 sana5 …",
    ]


# --- proofs ---


def test_every_document_that_tells_of_it_is_named_once() -> None:
    opened = change(1, KIND.WINDOW_OPENED, window=9, url="https://a.fi/1", after=window())
    proofs = {9: ("https://a.fi/1", "https://b.fi/2", "javascript:x", *(f"https://c.fi/{n}" for n in range(20)))}
    one = view(opened, background=Background(proofs=proofs))

    assert one.link is not None
    assert one.link.url == "https://a.fi/1"
    assert [link.url for link in one.sources][:2] == ["https://b.fi/2", "https://c.fi/0"]
    assert len(one.sources) == MOST_SOURCES


def test_a_quote_is_told_once_also_where_another_holds_it() -> None:
    def quoted(number: int, quote: str | None) -> Change:
        return change(number, document=1, evidence=Evidence(quote=quote, url=None, document=1))

    one = view(quoted(1, "Haku on auki."), quoted(2, "Tiedote: Haku on auki. Tervetuloa."), quoted(3, None))

    assert one.quotes == ("Tiedote: Haku on auki. Tervetuloa.",)


def test_an_entry_says_where_it_was_decided() -> None:
    one = view(change(1), change(2, document=1, organ="Aluehallitus", meeting_on=dt.date(2026, 3, 16), section=41))

    assert one.where == "Aluehallitus · Kokous 16.3.2026 · 41 §"
    assert view(change(1, section=3)).where == "3 §"


def test_an_entry_without_a_fit_address_has_no_link() -> None:
    assert view(change(1, url="javascript:alert(1)")).link is None
    assert view(change(1, url=None)).link is None


@pytest.mark.parametrize(
    ("wishes", "expected"),
    [
        ({}, "Miksi sait tämän: seuraat kaikkea olennaista (avustukset)"),
        (
            {"regions": ("kanta-hame",), "themes": (Theme.GRANTS,), "words": ("asiakirja",)},
            "Miksi sait tämän: alue Kanta-Häme, aihe avustukset, sana ”asiakirja”",
        ),
    ],
)
def test_an_entry_says_why_the_reader_gets_it(wishes: dict[str, Any], expected: str) -> None:
    assert expected == view(change(1), **wishes).why


def test_a_reader_of_all_documents_is_told_so_and_themes_may_be_unknown() -> None:
    assert view(change(1, relevant=False, themes=()), all_documents=True).why.endswith("tilaat kaikki asiakirjat")
    assert view(change(1, themes=())).why == "Miksi sait tämän: seuraat kaikkea olennaista"


def test_a_withdrawal_that_is_only_proposed_is_told_as_one_that_may_come() -> None:
    (shown,) = view(change(1, KIND.WINDOW_CHANGED, before=window("2026-03-31"), after=None, sure=False)).windows

    assert shown.period == "haku perutaan ehkä"
    assert "31.3.2026" in shown.before
    assert not shown.is_sure
