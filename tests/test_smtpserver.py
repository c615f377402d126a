"""The scripted mail server itself keeps its promises, so that other tests may build on it."""

from __future__ import annotations

import smtplib

import pytest

from smtpserver import Act, SmtpServer


def say(server: SmtpServer, body: str = "Subject: x\r\n\r\n.hidden dot\r\n", timeout: float = 5) -> None:
    with smtplib.SMTP(server.host, server.port, timeout=timeout) as client:
        client.sendmail("a@example.org", ["b@example.org"], body)


def test_a_message_arrives_with_its_dots_undone() -> None:
    with SmtpServer() as server:
        say(server)

        (message,) = server.messages
        assert message.data == b"Subject: x\r\n\r\n.hidden dot\r\n"
        assert (message.sender, message.recipients) == ("a@example.org", ("b@example.org",))


def test_a_script_is_used_up_and_then_all_is_as_usual() -> None:
    with SmtpServer() as server:
        server.script("rcpt", "451 4.2.1 busy")
        with pytest.raises(smtplib.SMTPRecipientsRefused):
            say(server)
        say(server)

        assert len(server.messages) == 1


@pytest.mark.parametrize("stage", ["mail", "rcpt", "data", "dot"])
@pytest.mark.parametrize("reply", ["451 4.0.0 later", "550 5.0.0 never"])
def test_a_refused_message_is_not_kept(stage: str, reply: str) -> None:
    with SmtpServer() as server:
        server.always(stage, reply)
        with pytest.raises(smtplib.SMTPException):
            say(server)

        assert server.messages == []


@pytest.mark.parametrize("stage", ["greeting", "mail", "data", "body", "dot"])
def test_a_dropped_connection_keeps_nothing(stage: str) -> None:
    with SmtpServer() as server:
        server.script(stage, Act.DROP)
        with pytest.raises((smtplib.SMTPException, OSError)):
            say(server)

        assert server.messages == []


def test_a_server_may_keep_the_message_and_drop_the_line() -> None:
    with SmtpServer() as server:
        server.script("dot", Act.KEEP_AND_DROP)
        with pytest.raises(smtplib.SMTPServerDisconnected):
            say(server)

        assert len(server.messages) == 1


def test_a_server_may_keep_the_message_and_fall_silent() -> None:
    with SmtpServer() as server:
        server.script("dot", Act.KEEP_AND_HANG)
        with pytest.raises(smtplib.SMTPServerDisconnected):
            say(server, timeout=0.3)

        assert len(server.messages) == 1


def test_a_closed_server_leaves_no_one_waiting() -> None:
    with SmtpServer() as server:
        server.script("greeting", Act.HANG)
        client = smtplib.SMTP(timeout=0.2)
        with pytest.raises(smtplib.SMTPServerDisconnected):
            client.connect(server.host, server.port)
        client.close()
