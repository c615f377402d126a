"""When a document's own page is asked for, and when not."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from aluevahti.model import Document, Form, Phase, Request
from aluevahti.rules.reread import due_again, is_old, wants_detail
from factories import NOW, a_document, a_reading, a_window, day, known

LOOKBACK = day("2026-02-16")
YESTERDAY = NOW - dt.timedelta(days=1)


def listed(**fields: object) -> Document:
    return a_document("1", **{"detail": Request(url="https://a.fi/1"), "published_on": day("2026-03-01"), **fields})


def test_a_new_document_is_read() -> None:
    assert wants_detail(None, listed(), NOW, LOOKBACK)


def test_a_new_document_from_before_the_look_back_is_not_read() -> None:
    assert not wants_detail(None, listed(published_on=day("2026-01-01")), NOW, LOOKBACK)
    assert is_old(listed(published_on=day("2026-01-01")), LOOKBACK)


def test_a_document_without_a_page_of_its_own_is_not_read() -> None:
    assert not wants_detail(None, listed(detail=None), NOW, LOOKBACK)


def test_a_known_document_is_read_again_when_its_list_says_something_else() -> None:
    one = known(listed(phase=Phase.AGENDA), read_at=NOW)

    assert not wants_detail(one, listed(phase=Phase.AGENDA), NOW, LOOKBACK)
    assert wants_detail(one, listed(phase=Phase.MINUTES), NOW, LOOKBACK)
    assert wants_detail(one, listed(phase=Phase.AGENDA, title="Toinen"), NOW, LOOKBACK)


def test_a_known_document_that_could_not_be_read_is_tried_again() -> None:
    assert wants_detail(known(listed(), read_at=None), listed(), NOW, LOOKBACK)


def test_a_recent_meeting_is_read_again_once_a_day() -> None:
    meeting = known(listed(form=Form.MEETING, meeting_on=day("2026-02-20")), read_at=YESTERDAY)

    assert due_again(meeting, NOW)
    assert not due_again(replace(meeting, read_at=NOW), NOW)
    assert not due_again(meeting, NOW + dt.timedelta(days=40))


def test_an_irrelevant_item_is_not_read_again() -> None:
    item = known(listed(form=Form.ITEM), read_at=YESTERDAY, reading=a_reading(is_relevant=False))

    assert not due_again(item, NOW)


def test_a_page_with_an_open_window_is_read_again_however_old_it_is() -> None:
    reading = a_reading(windows=(a_window("2026-01-01", "2026-04-30"),))
    news = known(listed(published_on=day("2025-11-01")), read_at=YESTERDAY, reading=reading)

    assert due_again(news, NOW)
    assert not due_again(news, NOW + dt.timedelta(days=90))
