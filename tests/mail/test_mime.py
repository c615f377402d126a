"""The bytes of a mail: whole headers, no foreign ones, no long lines."""

from __future__ import annotations

import datetime as dt
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from aluevahti.mail import LONGEST_LINE, compose_mime
from aluevahti.mail import mime as module
from aluevahti.model import Message

SENDER = "Aluevahti <vahti@example.org>"


def message(**given: Any) -> Message:
    values: dict[str, Any] = {
        "message_id": "<4f0c@example.org>",
        "recipient": "lukija@example.org",
        "subject": "2 uutta hakua – Päijät-Häme",
        "text": "Hyvää päivää\n.piste rivin alussa\n",
        "html": "<p>Hyvää päivää</p>",
        "headers": (("Auto-Submitted", "auto-generated"), ("Precedence", "bulk")),
        "date": dt.datetime(2026, 3, 2, 7, 30, tzinfo=dt.timezone(dt.timedelta(hours=2))),
    }
    return Message(**(values | given))


def parsed(mime: bytes) -> EmailMessage:
    read = BytesParser(policy=default).parsebytes(mime)
    assert isinstance(read, EmailMessage)
    return read


def body(mail: EmailMessage, kind: str) -> str:
    part = mail.get_body((kind,))
    assert part is not None
    return str(part.get_content()).replace("\r\n", "\n")


def test_what_was_meant_is_read_back() -> None:
    mail = parsed(compose_mime(message(), sender=SENDER))

    assert mail["From"] == "Aluevahti <vahti@example.org>"
    assert mail["To"] == "lukija@example.org"
    assert mail["Subject"] == "2 uutta hakua – Päijät-Häme"
    assert mail["Date"] == "Mon, 02 Mar 2026 07:30:00 +0200"
    assert mail["Message-ID"] == "<4f0c@example.org>"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail.get_content_type() == "multipart/alternative"
    assert body(mail, "plain") == "Hyvää päivää\n.piste rivin alussa\n"
    assert body(mail, "html") == "<p>Hyvää päivää</p>\n"


def test_a_mail_without_html_is_plain_text() -> None:
    mail = parsed(compose_mime(message(html=None), sender=SENDER))

    assert mail.get_content_type() == "text/plain"


def test_the_same_message_gives_the_same_bytes() -> None:
    assert compose_mime(message(), sender=SENDER) == compose_mime(message(), sender=SENDER)


@pytest.mark.parametrize("length", [40, 73, 74, 83, 200, 900])
def test_a_long_address_to_unsubscribe_stays_whole(length: int) -> None:
    """The email package by itself writes `=?utf-8?q?=3Chttps...` from some 77 characters on."""
    url = "https://seuranta.example.org/" + "x" * length
    headers = (
        ("List-Unsubscribe", f"<{url}>"),
        ("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"),
        ("List-Id", "Aluevahti <digest.seuranta.example.org>"),
    )

    mime = compose_mime(message(headers=headers), sender=SENDER)

    assert f"\r\nList-Unsubscribe: <{url}>\r\n".encode() in mime
    assert b"\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n" in mime


def test_a_long_message_id_stays_whole() -> None:
    mime = compose_mime(message(message_id=f"<{'a' * 90}@example.org>"), sender=SENDER)

    assert f"\r\nMessage-ID: <{'a' * 90}@example.org>\r\n".encode() in mime


def test_other_lines_stay_short() -> None:
    long = message(
        subject="Etelä-Pohjanmaa, Pohjois-Pohjanmaa, Päijät-Häme " * 6, text="ä" * 5000, html=f"<p>{'x' * 5000}</p>"
    )

    lines = compose_mime(long, sender=SENDER).split(b"\r\n")

    assert max(len(line) for line in lines) <= 78


@example(["uutta", "uutta", "x" * 30, "x" * 30])  # too long for the header's own line, short enough for the next
@given(
    st.lists(st.sampled_from(["uutta", "hakua,", "–", "Päijät-Häme", "1", "x" * 30, "ö" * 40]), min_size=1, max_size=30)
)
def test_a_long_subject_is_read_as_it_was_meant_blank_by_blank(words: list[str]) -> None:
    subject = " ".join(words)

    assert str(parsed(compose_mime(message(subject=subject), sender=SENDER))["Subject"]) == subject


def test_an_address_that_is_too_long_for_a_line_is_refused() -> None:
    headers = (("List-Unsubscribe", f"<https://x.example/{'x' * LONGEST_LINE}>"),)

    with pytest.raises(ValueError, match="longer than mail servers take"):
        compose_mime(message(headers=headers), sender=SENDER)


INJECTIONS = [
    "hei\r\nBcc: x@y.example",
    "hei\nBcc: x@y.example",
    "hei\rBcc: x@y.example",
    "hei\x0bBcc: x@y.example",
    "hei\x85Bcc: x@y.example",
    "hei\u2028Bcc: x@y.example",
    "hei\r\n\r\n<p>body</p>",
    "=?utf-8?q?hei=0D=0ABcc:_x@y.example?=",
    "=?utf-8?b?aGVpDQpCY2M6IHhAeS5leGFtcGxl?=",
    "\x00hei\x1b[2J",
    "=?utf-8?q?=0A_?= =?utf-8?q?Bcc:x?=",
    "",
    "   ",
]


@pytest.mark.parametrize("text", INJECTIONS)
def test_a_subject_starts_no_other_header(text: str) -> None:
    mail = parsed(compose_mime(message(subject=text), sender=SENDER))

    assert set(mail.keys()) == set(parsed(compose_mime(message(), sender=SENDER)).keys())
    assert mail["Bcc"] is None
    assert body(mail, "html") == "<p>Hyvää päivää</p>\n"
    assert not any(ord(one) < 32 for one in str(mail["Subject"]))


@pytest.mark.parametrize("text", INJECTIONS[:-2])
@pytest.mark.parametrize("name", ["List-Id", "Auto-Submitted", "X-Anything"])
def test_a_further_header_starts_no_other_header(name: str, text: str) -> None:
    mail = parsed(compose_mime(message(headers=((name, text),)), sender=SENDER))

    assert mail["Bcc"] is None
    assert body(mail, "html") == "<p>Hyvää päivää</p>\n"


@given(st.text(max_size=200))
def test_any_subject_gives_one_subject(text: str) -> None:
    mime = compose_mime(message(subject=text.encode("utf-8", "replace").decode()), sender=SENDER)

    assert len(parsed(mime).get_all("Subject", [])) == 1
    assert len(parsed(mime).keys()) == 9


@pytest.mark.parametrize(
    "name", ["Bcc:", "X Y", "", "To", "from", "Subject", "message-id", "Content-Type", "MIME-Version", "Bcc\r\nX"]
)
def test_a_message_cannot_replace_what_is_ours(name: str) -> None:
    with pytest.raises(ValueError, match="may add"):
        compose_mime(message(headers=((name, "x"),)), sender=SENDER)


@pytest.mark.parametrize(
    "address",
    [
        "b@e.fi, c@d.fi",
        "b@e.fi>\r\nRCPT TO:<paha@example.org",
        "b@e.fi\r\nBcc: c@d.fi",
        "Nimi <b@e.fi>",
        "b",
        "",
        "ä@e.fi",
        "a" * 65 + "@e.fi",
        '"b c"@e.fi',
        "b@[127.0.0.1]",
    ],
)
def test_a_recipient_is_one_plain_address(address: str) -> None:
    with pytest.raises(ValueError, match="not a mail address"):
        compose_mime(message(recipient=address), sender=SENDER)


@pytest.mark.parametrize(
    ("address", "written"),
    [
        ("b@äiti.fi", "b@xn--iti-pla.fi"),
        ("root@localhost", "root@localhost"),
        ("a.b+c@Example.ORG", "a.b+c@example.org"),
    ],
)
def test_an_address_is_written_as_every_server_takes_it(address: str, written: str) -> None:
    assert parsed(compose_mime(message(recipient=address), sender=SENDER))["To"] == written


@pytest.mark.parametrize("sender", ["Aluevahti", "", "Hei, maailma <vahti@example.org>"])
def test_a_sender_needs_an_address(sender: str) -> None:
    with pytest.raises(ValueError, match="not a mail address"):
        compose_mime(message(), sender=sender)


def test_a_senders_name_may_have_any_letters() -> None:
    mail = parsed(compose_mime(message(), sender="Järjestöjen vahti – ÅÄÖ <vahti@example.org>"))

    assert mail["From"] == "Järjestöjen vahti – ÅÄÖ <vahti@example.org>"


@pytest.mark.parametrize("date", [None, dt.datetime(2026, 3, 2, 7, 30)])
def test_a_message_needs_an_aware_date(date: dt.datetime | None) -> None:
    with pytest.raises(ValueError, match="offset"):
        compose_mime(message(date=date), sender=SENDER)


def test_what_is_read_back_is_compared_with_what_was_meant() -> None:
    mime = compose_mime(message(), sender=SENDER)
    meant = [
        ("From", SENDER),
        ("To", "lukija@example.org"),
        ("Subject", "2 uutta hakua – Päijät-Häme"),
        ("Date", "Mon, 02 Mar 2026 07:30:00 +0200"),
        ("Message-ID", "<4f0c@example.org>"),
        ("Auto-Submitted", "auto-generated"),
        ("Precedence", "bulk"),
    ]
    module._verify(mime, meant)

    for changed in (mime.replace(b"Precedence", b"Bcc"), b"Bcc: x@y.example\r\n" + mime):
        with pytest.raises(ValueError, match="not the ones that were meant"):
            module._verify(changed, meant)
