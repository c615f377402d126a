"""Asking whether mail could go out, without any going out."""

from __future__ import annotations

import pytest

from aluevahti.errors import DeliveryError
from aluevahti.mail import SmtpMailer, Timeouts
from smtpserver import Act, SmtpServer

QUICK = Timeouts(connect=0.3, command=0.3, final=0.3)


def mailer(server: SmtpServer) -> SmtpMailer:
    return SmtpMailer(host=server.host, port=server.port, sender="vahti@example.org", timeouts=QUICK)


def test_a_server_that_answers_is_greeted_and_left() -> None:
    with SmtpServer() as server:
        mailer(server).greet()

        assert [command.split()[0].upper() for command in server.commands] == ["EHLO", "QUIT"]
        assert server.messages == []


def test_a_server_that_says_nothing_is_not_well() -> None:
    with SmtpServer() as server:
        server.script("greeting", Act.HANG)

        with pytest.raises(DeliveryError) as caught:
            mailer(server).greet()

    assert caught.value.unreachable
