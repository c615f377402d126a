"""The pages that mails lead to: looking changes nothing, one POST does, and neither tells whose token it is."""

from __future__ import annotations

import datetime as dt
from typing import Any

import lxml.html
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aluevahti.model import DeliveryState, Rhythm, Subscriber, SubscriptionState
from aluevahti.notify import CONFIRM_WITHIN
from aluevahti.render.links import Links
from aluevahti.web.subscription import is_one_click, is_token
from outcomes import delivery

ADDRESS = "lukija@example.org"
ONE_CLICK = {"List-Unsubscribe": "One-Click"}
UNKNOWN = "AAAAAAAAAAAAAAAAAAAAAA"


def subscribed(site: Any, state: SubscriptionState = SubscriptionState.CONFIRMED) -> Subscriber:
    wanted = Subscriber(email=ADDRESS, state=state, rhythm=Rhythm.DAILY)
    added: Subscriber = site.store.add_subscriber(wanted, site.now)
    return added


def state_of(site: Any) -> SubscriptionState:
    found = site.store.subscriber(ADDRESS)
    assert found is not None
    return SubscriptionState(found.state)


def submitted(site: Any, path: str) -> Any:
    """Press the button of the form, as a browser does."""
    form = lxml.html.fromstring(site.get(path).text).forms[0]
    return site.client.request(form.method, form.action, data=dict(form.form_values()))


# --- unsubscribing -------------------------------------------------------------------------------


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_looking_at_the_link_ends_nothing(fresh: Any, method: str) -> None:
    reader = subscribed(fresh)

    answer = fresh.client.request(method, f"/unsubscribe/{reader.token}")

    assert answer.status_code == 200
    assert state_of(fresh) is SubscriptionState.CONFIRMED


def test_the_one_button_ends_the_subscription_and_all_mail_that_waits(fresh: Any) -> None:
    reader = subscribed(fresh)
    fresh.store.enqueue([delivery(recipient=ADDRESS, subscriber_id=reader.id)], now=fresh.now)

    answer = submitted(fresh, f"/unsubscribe/{reader.token}")

    assert answer.status_code == 200
    assert "Tilaus on peruttu" in answer.text
    assert state_of(fresh) is SubscriptionState.UNSUBSCRIBED
    assert [one.state for one in fresh.store.outbox()] == [DeliveryState.FAILED]


@pytest.mark.parametrize("kind", ["urlencoded", "multipart"])
def test_a_mail_program_ends_it_with_one_post_of_either_kind(fresh: Any, kind: str) -> None:
    reader = subscribed(fresh)
    path = f"/unsubscribe/{reader.token}"

    if kind == "multipart":
        answer = fresh.client.post(path, files={name: (None, value) for name, value in ONE_CLICK.items()})
    else:
        answer = fresh.client.post(path, data=ONE_CLICK)

    assert answer.status_code == 200
    assert not answer.history
    assert state_of(fresh) is SubscriptionState.UNSUBSCRIBED


def test_the_link_of_a_digest_is_one_of_ours(fresh: Any) -> None:
    reader = subscribed(fresh)
    link = Links("https://seuranta.example.org").unsubscribe(reader.token)

    assert fresh.client.post(link.removeprefix("https://seuranta.example.org"), data=ONE_CLICK).status_code == 200
    assert state_of(fresh) is SubscriptionState.UNSUBSCRIBED


def test_ending_it_twice_is_the_same_as_once(fresh: Any) -> None:
    reader = subscribed(fresh)
    path = f"/unsubscribe/{reader.token}"

    first, second = (fresh.client.post(path, data=ONE_CLICK) for _ in range(2))

    assert first.status_code == second.status_code == 200
    assert first.text == second.text


def test_nobody_learns_whether_a_token_is_somebodys(fresh: Any) -> None:
    reader = subscribed(fresh)

    for method, data in (("GET", None), ("POST", ONE_CLICK)):
        known, unknown = (
            fresh.client.request(method, f"/unsubscribe/{token}", data=data) for token in (reader.token, UNKNOWN)
        )
        assert known.status_code == unknown.status_code == 200
        assert known.text.replace(reader.token, UNKNOWN) == unknown.text


@pytest.mark.parametrize("data", [{}, {"List-Unsubscribe": "yes"}, {"list-unsubscribe": "One-Click"}])
def test_a_post_that_does_not_say_it_ends_nothing(fresh: Any, data: dict[str, str]) -> None:
    reader = subscribed(fresh)

    answer = fresh.client.post(f"/unsubscribe/{reader.token}", data=data)

    assert answer.status_code == 400
    assert "Tilausta ei peruttu" in answer.text
    assert state_of(fresh) is SubscriptionState.CONFIRMED


def test_an_address_is_no_token(fresh: Any) -> None:
    subscribed(fresh)

    answer = fresh.client.post(f"/unsubscribe/{ADDRESS}", data=ONE_CLICK)

    assert answer.status_code == 404
    assert state_of(fresh) is SubscriptionState.CONFIRMED


@pytest.mark.parametrize("token", ["short", "x" * 129, "with space here", "%00%00%00%00%00%00%00%00", "a/b/c/d/e/f"])
def test_what_cannot_be_a_token_is_not_there(fresh: Any, token: str) -> None:
    assert fresh.client.post(f"/unsubscribe/{token}", data=ONE_CLICK).status_code == 404
    assert fresh.get(f"/confirm/{token}").status_code == 404


def test_a_slash_too_many_is_no_redirect(fresh: Any) -> None:
    assert fresh.client.post(f"/unsubscribe/{UNKNOWN}/", data=ONE_CLICK).status_code == 404


# --- confirming ----------------------------------------------------------------------------------


def test_looking_at_the_link_confirms_nothing_and_the_button_does(fresh: Any) -> None:
    reader = subscribed(fresh, SubscriptionState.UNCONFIRMED)
    path = f"/confirm/{reader.confirm_token}"

    assert fresh.get(path).status_code == 200
    assert state_of(fresh) is SubscriptionState.UNCONFIRMED
    for _ in range(2):
        answer = submitted(fresh, path)
        assert answer.status_code == 200
        assert "Tilaus on vahvistettu" in answer.text
        assert state_of(fresh) is SubscriptionState.CONFIRMED


def test_a_link_that_is_too_old_says_so_and_confirms_nothing(fresh: Any) -> None:
    reader = subscribed(fresh, SubscriptionState.UNCONFIRMED)
    fresh.now += CONFIRM_WITHIN + dt.timedelta(seconds=1)

    answer = submitted(fresh, f"/confirm/{reader.confirm_token}")

    assert answer.status_code == 410
    assert "Linkki ei ole voimassa" in answer.text
    assert "48 tuntia" in answer.text
    assert "seuranta@example.org" in answer.text
    assert state_of(fresh) is SubscriptionState.UNCONFIRMED


def test_a_link_of_nobody_says_the_same(fresh: Any) -> None:
    assert fresh.client.post(f"/confirm/{UNKNOWN}").status_code == 410


def test_unsubscribing_tokens_confirm_nothing_and_confirming_ones_end_nothing(fresh: Any) -> None:
    reader = subscribed(fresh, SubscriptionState.UNCONFIRMED)

    fresh.client.post(f"/confirm/{reader.token}")
    fresh.client.post(f"/unsubscribe/{reader.confirm_token}", data=ONE_CLICK)

    assert state_of(fresh) is SubscriptionState.UNCONFIRMED


def test_the_pages_speak_the_language_that_is_asked_for(fresh: Any) -> None:
    assert "Avsluta prenumerationen" in fresh.get(f"/unsubscribe/{UNKNOWN}?lang=sv").text
    assert "Confirm your subscription" in fresh.get(f"/confirm/{UNKNOWN}", **{"Accept-Language": "en-GB"}).text
    assert f'action="/unsubscribe/{UNKNOWN}?lang=sv"' in fresh.get(f"/unsubscribe/{UNKNOWN}?lang=sv").text


# --- reading what was sent -----------------------------------------------------------------------


@given(st.text(max_size=200), st.binary(max_size=2000))
def test_whatever_is_sent_is_an_answer_to_the_question_or_not(content_type: str, body: bytes) -> None:
    assert is_one_click(content_type, body) in {True, False}


@given(st.binary(max_size=300))
def test_any_part_of_a_form_may_be_broken(junk: bytes) -> None:
    form = b'--x\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--\r\n'

    assert is_one_click("multipart/form-data; boundary=x", form)
    assert is_one_click("multipart/form-data; boundary=x", junk + b"\r\n" + form) in {True, False}


@given(st.text(max_size=40))
def test_nothing_with_an_at_sign_in_it_is_a_token(text: str) -> None:
    assert not is_token(text + "@" + text)


def test_the_tokens_of_the_store_are_tokens(fresh: Any) -> None:
    reader = subscribed(fresh, SubscriptionState.UNCONFIRMED)

    assert is_token(reader.token)
    assert is_token(reader.confirm_token)
