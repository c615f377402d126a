"""Which digests are made, when, and what is in them."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from aluevahti.config import load
from aluevahti.errors import StorageError
from aluevahti.model import (
    ChangeKind,
    Coverage,
    Delivery,
    DeliveryState,
    Language,
    NewDelivery,
    Rhythm,
    StatusState,
    Subscriber,
    SubscriptionState,
    Theme,
)
from aluevahti.notify import (
    CONFIRM_WITHIN,
    Settings,
    next_digests,
    preview,
    queue_confirmation,
    queue_digests,
    settings_of,
)
from aluevahti.notify.making import MOST_BYTES, Desk
from aluevahti.render.messages import Renderer
from aluevahti.rules.rhythm import Schedule
from aluevahti.storage import Store
from notifying import HELSINKI, START, at, find, parsed, settings_for, subscribe, text_of
from outcomes import change, known_window, outcome, snapshot_of, status_update, status_value, update

MONDAY = at("2026-03-02T08:00")


def waiting(store: Store) -> list[Delivery]:
    return list(store.outbox(DeliveryState.QUEUED))


def texts(store: Store) -> dict[str, list[str]]:
    """By recipient, the texts of all mails in the outbox."""
    found: dict[str, list[str]] = {}
    for one in store.outbox():
        found.setdefault(one.recipient, []).append(text_of(parsed(one.mime)))
    return found


# --- instant ---


def test_an_instant_reader_gets_one_mail_for_a_check_that_found_something(store: Store, settings: Settings) -> None:
    subscribe(store, "a@example.org", rhythm=Rhythm.INSTANT)
    find(store, "Ensimmäinen", at("2026-03-01T22:00"))
    last = find(store, "Toinen", at("2026-03-01T22:00"))

    queued = queue_digests(store, settings, at("2026-03-01T22:01"))

    (one,) = waiting(store)
    assert (queued.digests, queued.mails, bool(queued)) == (1, 1, True)
    assert (one.kind, one.period, one.recipient) == ("digest", str(last.id), "a@example.org")
    assert "Ensimmäinen" in text_of(parsed(one.mime))
    assert "Toinen" in text_of(parsed(one.mime))


def test_an_instant_reader_is_told_nothing_twice(store: Store, settings: Settings) -> None:
    subscribe(store, "a@example.org", rhythm=Rhythm.INSTANT)
    find(store, "Ensimmäinen", MONDAY)
    queue_digests(store, settings, MONDAY)
    assert not queue_digests(store, settings, MONDAY)
    find(store, "Toinen", MONDAY)
    queue_digests(store, settings, MONDAY)

    first, second = texts(store)["a@example.org"]
    assert ("Ensimmäinen" in first, "Ensimmäinen" in second) == (True, False)
    assert "Toinen" in second


def test_what_does_not_concern_an_instant_reader_makes_no_mail(store: Store, settings: Settings) -> None:
    reader = subscribe(store, "a@example.org", rhythm=Rhythm.INSTANT, regions=("kainuu",))
    last = find(store, "Lapista", MONDAY)

    queued = queue_digests(store, settings, MONDAY)

    assert (queued.digests, queued.empty) == (0, 1)
    assert waiting(store) == []
    assert store.digest_runs(reader.id or 0) == frozenset()
    after = store.subscriber("a@example.org")
    assert after is not None
    assert after.cursor == last.id


# --- daily and weekly ---


def test_a_daily_reader_gets_one_mail_a_day_at_the_time(store: Store, settings: Settings) -> None:
    subscribe(store, "a@example.org")
    find(store, "Yöllä", at("2026-03-02T03:00"))

    assert not queue_digests(store, settings, at("2026-03-02T07:29"))
    assert queue_digests(store, settings, at("2026-03-02T07:30")).digests == 1
    find(store, "Aamulla", at("2026-03-02T09:00"))
    assert not queue_digests(store, settings, at("2026-03-02T09:01"))
    assert not queue_digests(store, settings, at("2026-03-02T07:31"))  # the clock was set back
    assert queue_digests(store, settings, at("2026-03-03T07:30")).digests == 1

    periods = [one.period for one in waiting(store)]
    assert periods == ["2026-03-02", "2026-03-03"]
    first, second = texts(store)["a@example.org"]
    assert ("Yöllä" in first, "Aamulla" in first) == (True, False)
    assert ("Yöllä" in second, "Aamulla" in second) == (False, True)


def test_an_empty_day_is_recorded_and_sends_nothing(store: Store, settings: Settings) -> None:
    reader = subscribe(store, "a@example.org")

    queued = queue_digests(store, settings, MONDAY)

    assert (queued.digests, queued.empty, bool(queued)) == (0, 1, False)
    assert store.digest_runs(reader.id or 0) == {"2026-03-02"}
    assert waiting(store) == []


def test_a_weekly_reader_gets_a_missed_digest_late_and_once(store: Store, settings: Settings) -> None:
    subscribe(store, "a@example.org", rhythm=Rhythm.WEEKLY)
    queue_digests(store, settings, at("2026-02-09T08:00"))
    find(store, "Keskiviikkona", at("2026-02-11T12:00"))
    find(store, "Perjantaina", at("2026-02-27T12:00"))

    assert queue_digests(store, settings, at("2026-03-04T12:00")).digests == 1
    assert not queue_digests(store, settings, at("2026-03-05T12:00"))

    ((text,),) = texts(store).values()
    assert "Keskiviikkona" in text
    assert "Perjantaina" in text
    assert "kattaa tavallista pidemmän ajan: edellinen koottiin 9.2.2026" in text
    assert [one.period for one in waiting(store)] == ["2026-03-02"]


def test_a_daily_reader_gets_one_mail_for_the_days_the_service_was_off(store: Store, settings: Settings) -> None:
    subscribe(store, "a@example.org")
    queue_digests(store, settings, at("2026-02-27T08:00"))
    find(store, "Lauantaina", at("2026-02-28T12:00"))

    queue_digests(store, settings, at("2026-03-02T15:00"))

    ((text,),) = texts(store).values()
    assert "Lauantaina" in text
    assert "edellinen koottiin 27.2.2026" in text


def test_a_reader_who_joins_midday_is_served_once_that_day_and_then_every_day(store: Store, settings: Settings) -> None:
    subscribe(store, "a@example.org")
    queue_digests(store, settings, MONDAY)
    subscribe(store, "b@example.org", at("2026-03-02T12:00"))
    find(store, "Iltapäivällä", at("2026-03-02T13:00"))

    assert queue_digests(store, settings, at("2026-03-02T13:01")).digests == 1
    assert not queue_digests(store, settings, at("2026-03-02T13:02"))
    assert queue_digests(store, settings, at("2026-03-03T07:30")).digests == 1


def test_what_was_found_before_a_reader_came_is_not_told(store: Store, settings: Settings) -> None:
    find(store, "Vanha", at("2026-03-01T12:00"))
    subscribe(store, "a@example.org", at("2026-03-01T13:00"))
    find(store, "Uusi", at("2026-03-01T14:00"))

    queue_digests(store, settings, MONDAY)

    ((text,),) = texts(store).values()
    assert ("Vanha" in text, "Uusi" in text) == (False, True)


@pytest.mark.parametrize("state", [SubscriptionState.UNCONFIRMED, SubscriptionState.UNSUBSCRIBED])
def test_who_has_not_confirmed_or_has_left_gets_nothing(
    store: Store, settings: Settings, state: SubscriptionState
) -> None:
    for rhythm in Rhythm:
        store.add_subscriber(Subscriber(email=f"{rhythm.value}@example.org", rhythm=rhythm), START)
        if state is SubscriptionState.UNSUBSCRIBED:
            store.unsubscribe(f"{rhythm.value}@example.org", START)
    find(store, "Uusi", at("2026-03-01T12:00"))

    assert not queue_digests(store, settings, MONDAY)
    assert waiting(store) == []


def test_each_reader_is_told_in_their_own_language_what_they_follow(store: Store, settings: Settings) -> None:
    subscribe(store, "fi@example.org", themes=(Theme.GRANTS,))
    subscribe(store, "sv@example.org", lang=Language.SV, regions=("lappi",))
    subscribe(store, "en@example.org", lang=Language.EN, words=("hankehaku",))
    subscribe(store, "ei@example.org", regions=("kainuu",))
    find(store, "Uusi avustus", at("2026-03-01T12:00"))
    find(store, "Hankehaku", at("2026-03-01T12:00"), relevant=False, themes=())

    queue_digests(store, settings, MONDAY)

    found = texts(store)
    assert set(found) == {"fi@example.org", "sv@example.org", "en@example.org"}
    assert "Uusi asiakirja" in found["fi@example.org"][0]
    assert "Nytt dokument" in found["sv@example.org"][0]
    assert "New document" in found["en@example.org"][0]
    assert ("Uusi avustus" in found["en@example.org"][0], "Hankehaku" in found["en@example.org"][0]) == (False, True)


def test_a_change_that_comes_while_digests_are_made_waits_for_the_next(store: Store, settings: Settings) -> None:
    subscribe(store, "a@example.org", rhythm=Rhythm.INSTANT)
    first = find(store, "Ensin", MONDAY)
    desk = Desk(store, settings, Renderer(), MONDAY, tuple(store.changes()), first.id or 0)
    find(store, "Sitten", MONDAY)
    reader = store.subscribers()[0]

    assert [one.changes[0].title for one in desk.entries(reader)] == ["Ensin"]
    queue_digests(store, settings, MONDAY)
    assert "Sitten" in texts(store)["a@example.org"][0]


# --- what the changes do not say themselves ---


def test_words_are_looked_for_in_the_text_of_the_document(store: Store, settings: Settings) -> None:
    subscribe(store, "a@example.org", words=("omaishoitaja",))
    subscribe(store, "b@example.org", words=("pelastustoimi",))
    store.record_poll(
        outcome(
            documents=(update("k", "Tuetaan omaishoitajien jaksamista.", read=True),),
            changes=(change(document_key="k"),),
        )
    )

    queue_digests(store, settings, MONDAY)

    assert set(texts(store)) == {"a@example.org"}


def test_a_revised_document_shows_what_changed_in_its_text(store: Store, settings: Settings) -> None:
    subscribe(store, "a@example.org")
    first = snapshot_of(b"first")
    (document,) = [
        one.document
        for one in store.record_poll(
            outcome(
                snapshots=(first,),
                documents=(update("k", "Haku päättyy 31.3.", read=True, snapshot_sha256=first.sha256),),
                changes=(change(document_key="k", relevant=False),),
            )
        )
    ]
    later = at("2026-03-01T12:00")
    second = snapshot_of(b"second", fetched_at=later)
    store.record_poll(
        outcome(
            started_at=later,
            finished_at=later,
            snapshots=(second,),
            documents=(update("k", "Haku päättyy 15.4.", id=document, read=True, snapshot_sha256=second.sha256),),
            changes=(change(ChangeKind.DOCUMENT_REVISED, document=document, document_key="k", detected_at=later),),
        )
    )

    queue_digests(store, settings, MONDAY)

    assert "Haku päättyy [- 31.3.] [+ 15.4.]" in texts(store)["a@example.org"][0]


def test_a_revision_without_a_new_text_does_not_show_again_what_changed_earlier(
    store: Store, settings: Settings
) -> None:
    subscribe(store, "a@example.org", rhythm=Rhythm.INSTANT)
    first = outcome(
        documents=(update("k", "Lautakunta myöntää avustukset.", read=True),), changes=(change(document_key="k"),)
    )
    (told,) = store.record_poll(first)
    queue_digests(store, settings, at("2026-03-01T09:00"))
    for moment, text in (("2026-03-01T12:00", "Lautakunta myönsi avustukset."), ("2026-03-03T12:00", None)):
        when = at(moment)
        revised = change(ChangeKind.DOCUMENT_REVISED, document=told.document, document_key="k", detected_at=when)
        again = update("k", text, id=told.document, read=True)
        store.record_poll(outcome(started_at=when, finished_at=when, documents=(again,), changes=(revised,)))
        queue_digests(store, settings, when)

    _, announced, repeated = texts(store)["a@example.org"]

    assert "[- myöntää] [+ myönsi]" in announced
    assert "myönsi" not in repeated


def test_a_value_that_stood_on_the_baseline_says_so_and_a_confirmed_one_does_not(
    path: Path, settings: Settings
) -> None:
    def baseline() -> list[Any]:
        known = status_value({"status": "in_preparation"}, state=StatusState.BASELINE)
        return [status_update(name, known=known) for name in ("strategy", "wellbeing_plan")]

    with Store.open(f"sqlite:///{path}", now=START, baseline=baseline) as store:
        subscribe(store, "a@example.org")
        when = at("2026-02-10T12:00")
        same = status_value({"status": "in_preparation"})
        store.record_poll(
            outcome(started_at=when, finished_at=when, status=(status_update("wellbeing_plan", known=same),))
        )
        when = at("2026-03-01T12:00")
        changes = [
            change(
                ChangeKind.STATUS_CHANGED,
                title=name,
                detected_at=when,
                before={"field": name, "value": {"status": "in_preparation"}},
                after={"field": name, "value": {"status": "approved"}},
            )
            for name in ("strategy", "wellbeing_plan")
        ]
        updates = (status_update("strategy"), status_update("wellbeing_plan"))
        store.record_poll(outcome(started_at=when, finished_at=when, status=updates, changes=tuple(changes)))
        proposal = change(
            ChangeKind.STATUS_PROPOSED,
            title="ngo_body",
            detected_at=when,
            sure=False,
            before={"field": "ngo_body", "value": None},
            after={"field": "ngo_body", "value": {"status": "planned"}},
        )
        store.record_events([proposal], now=when)

        queue_digests(store, settings, MONDAY)

        (text,) = texts(store)["a@example.org"]
    assert "Strategia\n    Ennen: valmisteilla (tammikuun 2023 tieto, ei vahvistettu sen jälkeen)\n" in text
    assert "Hyvinvointisuunnitelma\n    Ennen: valmisteilla\n    Nyt: hyväksytty\n" in text
    assert "Järjestöyhteistyön elin – tarkistettava\n    Ennen: ei tietoa\n    Tarkistettava: suunnitteilla" in text


def test_a_window_names_every_document_that_tells_of_it(store: Store, settings: Settings) -> None:
    subscribe(store, "a@example.org")
    known = known_window(proofs=("https://a.example/k", "https://b.example/tiedote"), baseline=True)
    opened = change(
        ChangeKind.WINDOW_CHANGED,
        before={"grant_type": "toiminta-avustus", "opens": "2026-03-02", "closes": "2026-03-20"},
        after={
            "grant_type": "toiminta-avustus",
            "opens": "2026-03-02",
            "closes": "2026-03-31",
            "closes_time": "12:00",
            "continuous": False,
        },
    )
    store.record_poll(outcome(windows=(known,), changes=(opened,)))

    queue_digests(store, settings, MONDAY)

    (text,) = texts(store)["a@example.org"]
    assert "Muut lähteet:\n    https://b.example/tiedote" in text
    assert "haku 2.–20.3.2026 (tammikuun 2023 tieto, ei vahvistettu sen jälkeen)" in text


def test_the_coverage_line_tells_what_was_read(store: Store, settings: Settings) -> None:
    subscribe(store, "a@example.org", regions=("lappi", "kainuu"))
    find(store, "Uusi", at("2026-03-02T07:00"))

    queue_digests(store, settings, MONDAY)

    (text,) = texts(store)["a@example.org"]
    assert "1/2 aluetta luettu.\n  Ei seurannassa: Kainuu.\n" in text
    assert isinstance(Desk(store, settings, Renderer(), MONDAY, (), 0).coverage, Coverage)


# --- size ---


def test_no_digest_grows_beyond_what_mail_programs_show(store: Store, settings: Settings) -> None:
    subscribe(store, "a@example.org")
    for number in range(40):
        find(store, f"{number} " + "ä" * 5000, at("2026-03-01T12:00"), organ="ö" * 5000, url=f"https://a.fi/{number}")

    queue_digests(store, settings, MONDAY)

    (one,) = waiting(store)
    text = text_of(parsed(one.mime))
    shown = text.count("[Uusi asiakirja]")
    assert len(one.mime) <= MOST_BYTES
    assert 5 <= shown < 30
    assert f"Lisäksi {40 - shown} muuta kohtaa" in text
    assert "https://seuranta.example.org/changes" in text


# --- when something is wrong ---


def test_one_readers_digest_that_cannot_be_made_keeps_nobody_elses_back(store: Store, settings: Settings) -> None:
    for name in ("a", "b", "c"):
        subscribe(store, f"{name}@example.org")
    find(store, "Uusi", at("2026-03-01T12:00"))
    taken = NewDelivery(
        kind="digest", period="2026-03-02", recipient="b@example.org", message_id="<x@y>", mime=b"Subject: x\r\n\r\nx"
    )
    store.enqueue([taken], now=START)

    queued = queue_digests(store, settings, MONDAY)
    again = queue_digests(store, settings, MONDAY)

    assert queued.digests == 2
    ((email, reason),) = queued.failed
    assert email == "b@example.org"
    assert "StorageError" in reason
    assert again.failed == queued.failed  # it is tried again and told again, not forgotten
    assert queue_digests(store, settings, at("2026-03-03T08:00")).digests == 1
    assert "Uusi" in text_of(parsed(waiting(store)[-1].mime))


def test_a_broken_template_of_the_operators_is_told_and_the_mail_goes_out(store: Store, tmp_path: Path) -> None:
    (tmp_path / "email").mkdir()
    (tmp_path / "email" / "digest.txt").write_text("{{ oho }}", "utf-8")
    subscribe(store, "a@example.org")
    find(store, "Uusi", at("2026-03-01T12:00"))

    queued = queue_digests(store, settings_for(templates=tmp_path), MONDAY)

    assert queued.digests == 1
    assert "digest.txt:1" in queued.complaints[0]
    assert "Uusi" in texts(store)["a@example.org"][0]


def test_a_database_that_fails_is_not_taken_for_one_readers_trouble(store: Store, settings: Settings) -> None:
    subscribe(store, "a@example.org")
    store.close()

    with pytest.raises(StorageError):
        queue_digests(store, settings, MONDAY)


# --- by hand ---


def test_a_preview_shows_what_would_be_sent_and_changes_nothing(store: Store, settings: Settings) -> None:
    subscribe(store, "a@example.org")
    subscribe(store, "b@example.org", regions=("kainuu",))
    store.add_subscriber(Subscriber(email="c@example.org"), START)
    find(store, "Uusi", at("2026-03-01T12:00"))

    shown = preview(store, settings, at("2026-03-01T13:00"))

    assert [one.subscriber.email for one in shown] == ["a@example.org", "b@example.org"]
    first, second = shown
    assert first.made is not None
    assert "Uusi" in first.made.message.text
    assert second.made is None
    assert store.outbox() == ()
    assert queue_digests(store, settings, MONDAY).digests == 1


def test_a_preview_of_one_reader_is_given_in_any_state(store: Store, settings: Settings) -> None:
    subscribe(store, "a@example.org")
    store.add_subscriber(Subscriber(email="c@example.org"), START)
    find(store, "Uusi", at("2026-03-01T12:00"))

    (one,) = preview(store, settings, MONDAY, "C@example.org")

    assert one.subscriber.email == "c@example.org"
    assert one.made is not None
    assert preview(store, settings, MONDAY, "d@example.org") == ()


def test_a_confirmation_is_queued_with_its_link_and_its_time(store: Store, settings: Settings) -> None:
    added = store.add_subscriber(Subscriber(email="a@example.org", lang=Language.SV), MONDAY)

    queue_confirmation(store, settings, added, MONDAY)

    (one,) = waiting(store)
    assert (one.kind, one.recipient) == ("confirmation", "a@example.org")
    text = text_of(parsed(one.mime))
    assert f"https://seuranta.example.org/confirm/{added.confirm_token}" in text
    assert "Länken gäller till 4.3.2026 kl. 8.00" in text
    assert dt.timedelta(hours=48) == CONFIRM_WITHIN
    assert store.confirm(added.confirm_token, MONDAY, CONFIRM_WITHIN) is not None


def test_who_has_nothing_to_confirm_gets_no_confirmation(store: Store, settings: Settings) -> None:
    with pytest.raises(ValueError, match="nothing to confirm"):
        queue_confirmation(store, settings, subscribe(store, "a@example.org"), MONDAY)


def test_the_next_digests_are_told(settings: Settings) -> None:
    assert next_digests(settings, MONDAY) == {
        Rhythm.INSTANT: None,
        Rhythm.DAILY: at("2026-03-03T07:30"),
        Rhythm.WEEKLY: at("2026-03-09T07:30"),
    }


def test_settings_follow_from_the_configuration(tmp_path: Path) -> None:
    file = tmp_path / "sources.yaml"
    file.write_text(
        """
service:
  contact: seuranta@example.org
  operator: yllapito@example.org
  public_url: https://seuranta.example.org/
  mail: {host: localhost, from: "Vahti <vahti@example.org>"}
  digest: {daily_at: "06:15", weekly_on: friday}
sources:
  - {id: a, region: lappi, platform: page, url: "https://a.example/list"}
""",
        "utf-8",
    )

    found = settings_of(load(file, {}))

    assert (found.sender, found.contact, found.operator) == (
        "Vahti <vahti@example.org>",
        "seuranta@example.org",
        "yllapito@example.org",
    )
    assert found.domain == "example.org"
    assert found.schedule == Schedule(zone=HELSINKI, daily_at=dt.time(6, 15), weekly_on=4)
    assert found.links.changes() == "https://seuranta.example.org/changes"
    assert [source.id for source in found.sources] == ["a"]
    assert found.templates == tmp_path / "templates"
