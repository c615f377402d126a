"""Whole digests and messages: caps, coverage, headers, hostile texts, an operator's own templates."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import UndefinedError
from lxml import html as lxml_html

from aluevahti.mail import compose_mime
from aluevahti.model import Change, ChangeKind, Coverage, Evidence, Language, Message, Subscriber
from aluevahti.regions import REGION_CODES
from aluevahti.render.catalogue import catalogue
from aluevahti.render.digest import coverage_lines, digest_view
from aluevahti.render.links import Links, unsubscribe_headers
from aluevahti.render.messages import Renderer, confirmation_message, confirmation_view, digest_message, message_id
from aluevahti.render.view import DigestView
from aluevahti.rules.digest import select
from readers import change, reader, window
from render_samples import BACKGROUND, CHANGES, CONTACT, COVERAGE, HELSINKI, LINKS, NOW, everything, status, subscriber

LANGUAGES = pytest.mark.parametrize("lang", Language)


def digest(changes: list[Change], one: Subscriber | None = None, **given: Any) -> DigestView:
    who = one or reader()
    values: dict[str, Any] = {"now": NOW, "zone": HELSINKI, "coverage": Coverage(), "links": LINKS, "contact": CONTACT}
    return digest_view(who, select(who, changes), **(values | given))


def message(view: DigestView, who: Subscriber | None = None, **given: Any) -> Message:
    values: dict[str, Any] = {"renderer": Renderer(), "links": LINKS, "contact": CONTACT, "domain": "example.org"}
    return digest_message(view, who or reader(), "2026-03-24", now=NOW, **(values | given))


# --- one view, two parts ---


@LANGUAGES
def test_both_parts_tell_the_same(lang: Language) -> None:
    view = everything(lang)
    mail = message(view, subscriber(lang))
    assert mail.html is not None
    shown = " ".join(lxml_html.fromstring(mail.html).text_content().split())
    text = " ".join(mail.text.split())

    for region in view.regions:
        for entry in region.entries:
            for word in (entry.title, entry.where, entry.noticed, entry.why, *entry.quotes):
                assert word in shown
                assert word in text
            for each in entry.windows:
                for word in (each.name, each.period, each.deadline, each.before, each.badge):
                    assert word in shown
                    assert word in text
            for stated in entry.statuses:
                assert stated.after in shown
                assert stated.after in text
    for line in view.coverage:
        assert line in shown
        assert line in text


def test_each_thing_is_told_once() -> None:
    mail = message(everything(Language.FI))

    assert mail.text.count("Järjestöavustusten hakuaikaa jatketaan") == 1
    assert (mail.html or "").count("Järjestöavustusten hakuaikaa jatketaan") == 1


@LANGUAGES
def test_no_hole_shows(lang: Language) -> None:
    mail = message(everything(lang), subscriber(lang))

    for part in (mail.text, mail.html or ""):
        assert not re.search(r"\bNone\b|\{|\}\}|Undefined|\[\]", re.sub(r"(?s)<style>.*?</style>", "", part))
    assert not re.search(r"\n{4,}", mail.text)
    assert not re.search(r"(?m)[ \t]+$", mail.text.replace("-- \n", ""))


def test_a_value_that_stands_no_more_is_told_as_gone() -> None:
    before, after = status("ngo_body", {"name": "järjestöraati", "status": "exists"}), status("ngo_body", None)
    mail = message(digest([change(1, ChangeKind.STATUS_CHANGED, before=before, after=after)]))

    assert "Nyt: ei enää" in mail.text
    assert "ei enää" in (mail.html or "")


# --- hostile texts ---


@LANGUAGES
def test_what_a_page_says_is_shown_as_text(lang: Language) -> None:
    mail = message(everything(lang), subscriber(lang))
    tree = lxml_html.fromstring(mail.html or "")

    assert tree.xpath("//script | //img | //iframe | //form | //object | //link") == []
    assert '<script>alert("x")</script>' in tree.text_content()
    assert all(re.match(r"https?://", link) for link in tree.xpath("//@href"))
    for part in (mail.text, mail.html or ""):
        assert not re.search(r"[\u202a-\u202e\u2066-\u2069\x00-\x08\x0b-\x1f\x7f-\x9f]", part)
    assert not re.search(r"(?i)javascript:", mail.html or "")


@given(st.text(max_size=80), st.text(max_size=80))
def test_no_text_of_a_page_makes_markup_or_headers(title: str, quote: str) -> None:
    one = change(1, title=title, organ=quote, url=f"https://x.fi/{title}", evidence=Evidence(quote=quote, url=quote))
    mail = message(digest([one]))
    plain = message(digest([change(1)]))

    def tags(part: str | None) -> set[str]:
        return {element.tag for element in lxml_html.fromstring(part or "").iter() if isinstance(element.tag, str)}

    assert tags(mail.html) <= tags(plain.html) | {"blockquote", "a"}
    assert mail.headers == plain.headers
    assert mail.subject == plain.subject
    compose_mime(mail, sender="vahti@example.org")


@LANGUAGES
def test_the_subject_holds_counts_and_regions_only(lang: Language) -> None:
    view = digest([change(1, title="=?utf-8?q?x?=\r\nBcc: a@b.fi", region="lappi")], subscriber(lang))

    assert {"fi": "1 asiakirja – Lappi", "sv": "1 dokument – Lappland", "en": "1 document – Lapland"}[
        lang.value
    ] == view.subject


# --- caps ---


def test_beyond_the_cap_the_rest_is_counted_by_region_and_linked() -> None:
    changes = [change(n, region="lappi" if n % 3 else "kainuu") for n in range(1, 51)]
    closing = change(60, ChangeKind.WINDOW_CLOSING, after=window("2026-03-26"), region="pirkanmaa")
    view = digest([*changes, closing])

    assert sum(len(region.entries) for region in view.regions) == 30
    assert view.regions[0].name == "Pirkanmaa"
    numbers = [int(number) for number in re.findall(r"(?:Lappi|Kainuu) (\d+)", view.more)]
    assert view.more.startswith("Lisäksi 21 muuta kohtaa")
    assert sum(numbers) == 21
    assert view.more_link is not None
    assert view.more_link.url == "https://seuranta.example.org/changes"
    assert "50 asiakirjaa" in view.subject


def test_below_the_cap_nothing_is_said_of_a_rest() -> None:
    view = digest([change(n) for n in range(1, 31)])

    assert (view.more, view.more_link) == ("", None)


# --- coverage ---


@pytest.mark.parametrize(
    ("lang", "expected"),
    [
        (
            Language.FI,
            [
                "18/22 aluetta luettu.",
                "Kainuu: osa lähteistä lukematta 20.3.2026 jälkeen.",
                "Lappi: ei saatu luettua 4.3.2026 jälkeen.",
                "Osa lähteistä jää lukematta, koska sivusto kieltää automaattisen lukemisen (robots.txt): Pohjois-Savo.",
                "Ei seurannassa: Etelä-Savo.",
                "Luetuilta alueilta ei havaittu muuta, mitä seuraat.",
            ],
        )
    ],
)
def test_what_was_not_read_is_named(lang: Language, expected: list[str]) -> None:
    assert expected == coverage_lines(COVERAGE, catalogue(lang), HELSINKI)


def test_a_reader_of_some_regions_hears_of_those_alone() -> None:
    lines = coverage_lines(COVERAGE, catalogue(Language.FI), HELSINKI, ("lappi", "pirkanmaa"))

    assert lines == [
        "1/2 aluetta luettu.",
        "Lappi: ei saatu luettua 4.3.2026 jälkeen.",
        "Luetuilta alueilta ei havaittu muuta, mitä seuraat.",
    ]
    assert coverage_lines(COVERAGE, catalogue(Language.FI), HELSINKI, ("pirkanmaa",))[0] == "1/1 alue luettu."


def test_where_nothing_was_read_nothing_is_claimed() -> None:
    nothing = Coverage(unread_since=dict.fromkeys(REGION_CODES))
    lines = coverage_lines(nothing, catalogue(Language.FI), HELSINKI)

    assert lines[0] == "0/22 aluetta luettu."
    assert "Lappi: ei ole vielä saatu luettua." in lines
    assert not any("ei havaittu" in line for line in lines)


def test_what_was_read_elsewhere_is_no_claim_for_a_readers_regions() -> None:
    found = Coverage(read=("kainuu",), partly=("satakunta",), unwatched=("lappi",))

    assert coverage_lines(found, catalogue(Language.FI), HELSINKI, ("lappi",)) == [
        "0/1 alue luettu.",
        "Ei seurannassa: Lappi.",
    ]


def test_a_region_read_in_part_for_the_first_time_says_so() -> None:
    found = Coverage(partly=("lappi",), unread_since={"lappi": None})

    assert "Lappi: osaa lähteistä ei ole vielä saatu luettua." in coverage_lines(
        found, catalogue(Language.FI), HELSINKI
    )


# --- messages ---


def test_a_digest_has_the_headers_that_mail_programs_ask_for() -> None:
    mail = message(everything(Language.FI), subscriber(Language.FI))

    assert dict(mail.headers) == {
        "List-Unsubscribe": (
            "<https://seuranta.example.org/unsubscribe/u7Hq2LwXr0mVb9sKd3PzTg>, "
            "<mailto:seuranta@example.org?subject=unsubscribe%20u7Hq2LwXr0mVb9sKd3PzTg>"
        ),
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "List-Id": "Aluevahti <digest.example.org>",
        "Auto-Submitted": "auto-generated",
        "Precedence": "bulk",
    }
    assert mail.date == NOW
    assert "u7Hq2LwXr0mVb9sKd3PzTg" in mail.text
    assert "u7Hq2LwXr0mVb9sKd3PzTg" in (mail.html or "")


def test_a_message_id_is_the_same_for_one_reader_and_period_and_for_no_other() -> None:
    view = digest([change(1)])
    first = message(view).message_id

    assert message(view).message_id == first
    assert message(view, reader(token="muu")).message_id != first
    assert message_id("tok-lukija", "digest", "2026-03-25", "example.org") != first
    assert message_id("tok-lukija", "confirmation", "2026-03-24", "example.org") != first
    assert "tok-lukija" not in first


def test_there_is_no_tracking() -> None:
    mail = message(everything(Language.FI))
    tree = lxml_html.fromstring(mail.html or "")

    assert tree.xpath("//@src") == []
    told = {one.url for one in CHANGES} | {url for urls in BACKGROUND.proofs.values() for url in urls}
    told |= {one.document.url for several in BACKGROUND.matters.values() for one in several}
    ours = {LINKS.manage(), LINKS.unsubscribe("tok-lukija"), LINKS.unsubscribe("u7Hq2LwXr0mVb9sKd3PzTg")}
    assert set(tree.xpath("//@href")) <= told | ours


@LANGUAGES
def test_a_confirmation_asks_and_says_how_long(lang: Language) -> None:
    who = subscriber(lang)
    view = confirmation_view(
        who, "tunnus", links=LINKS, contact=CONTACT, valid_until=NOW + dt.timedelta(hours=48), zone=HELSINKI
    )
    mail = confirmation_message(view, who, "tunnus", renderer=Renderer(), domain="example.org", now=NOW)

    assert mail.subject == catalogue(lang)("confirm.subject")
    for part in (mail.text, mail.html or ""):
        assert "https://seuranta.example.org/confirm/tunnus" in part
        assert "2026" in part
    assert "List-Unsubscribe" not in dict(mail.headers)


def test_a_confirmation_needs_a_site_to_confirm_on() -> None:
    with pytest.raises(ValueError, match="not an address"):
        confirmation_view(reader(), "t", links=Links("ftp://x"), contact=CONTACT, valid_until=NOW, zone=HELSINKI)


@pytest.mark.parametrize(
    ("public_url", "expected"),
    [
        ("https://x.fi", "https://x.fi/unsubscribe/a-b_c"),
        ("https://x.fi/", "https://x.fi/unsubscribe/a-b_c"),
        ("https://x.fi/vahti/", "https://x.fi/vahti/unsubscribe/a-b_c"),
        ("http://127.0.0.1:8420", "http://127.0.0.1:8420/unsubscribe/a-b_c"),
        ("https://päijät.fi/ä", "https://xn--pijt-loac.fi/%C3%A4/unsubscribe/a-b_c"),
    ],
)
def test_addresses_of_the_site_are_plain_ascii(public_url: str, expected: str) -> None:
    assert Links(public_url).unsubscribe("a-b_c") == expected


def test_headers_hold_no_odd_letters() -> None:
    headers = unsubscribe_headers(Links("https://x.fi"), "a/b c", "vahti+a@x.fi")

    assert dict(headers)["List-Unsubscribe"] == (
        "<https://x.fi/unsubscribe/a%2Fb%20c>, <mailto:vahti%2Ba@x.fi?subject=unsubscribe%20a/b%20c>"
    )


# --- an operator's own templates ---


def test_an_operators_own_template_is_used(tmp_path: Path) -> None:
    (tmp_path / "email").mkdir()
    (tmp_path / "email" / "digest.txt").write_text("Omin sanoin: {{ view.counts }}", "utf-8")
    renderer = Renderer(tmp_path)

    mail = message(digest([change(1)]), renderer=renderer)

    assert mail.text == "Omin sanoin: 1 asiakirja"
    assert "Omin sanoin" not in (mail.html or "")
    assert renderer.complaints == []


@pytest.mark.parametrize(
    "template",
    [
        "{{ view.nothing_like_it }}",
        "{% if %}",
        "{{ view.counts.__class__.__mro__ }}",
        "{{ t('ei.ole') }}",
        "{{ view.counts + 1 }}",
        "{% include 'email/missing.txt' %}",
        "{{ 1 // 0 }}",
    ],
)
def test_a_broken_template_stops_no_mail_and_is_complained_of_once(tmp_path: Path, template: str) -> None:
    (tmp_path / "email").mkdir()
    (tmp_path / "email" / "digest.txt").write_text(f"\n\n{template}", "utf-8")
    renderer = Renderer(tmp_path)

    mails = [message(digest([change(1)]), renderer=renderer) for _ in range(2)]

    assert mails[0].text == message(digest([change(1)])).text
    (complaint,) = renderer.complaints
    assert "email/digest.txt" in complaint


def test_a_folder_that_is_not_there_is_no_trouble(tmp_path: Path) -> None:
    renderer = Renderer(tmp_path / "templates")

    assert message(digest([change(1)]), renderer=renderer).text
    assert renderer.complaints == []


def test_a_template_cannot_change_what_it_shows(tmp_path: Path) -> None:
    (tmp_path / "email").mkdir()
    (tmp_path / "email" / "digest.txt").write_text("{% set x = view.coverage.append('x') %}", "utf-8")
    (tmp_path / "email" / "operator.txt").write_text("{% set x = view.append('x') %}", "utf-8")
    renderer = Renderer(tmp_path)
    shown = ["a"]

    with pytest.raises(UndefinedError):  # the packaged template does not know this view either
        renderer.render("email/operator.txt", shown, Language.FI)

    assert shown == ["a"]
    assert "unsafe" in renderer.complaints[0]
