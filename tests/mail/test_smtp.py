"""A conversation with a mail server, broken off at every place where it can break."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from aluevahti.errors import DeliveryError
from aluevahti.mail import SmtpMailer, Timeouts
from readers import delivery
from smtpserver import Act, SmtpServer, Step

CERTIFICATE = Path(__file__).parent / "localhost.pem"  # a key for tests alone, made for localhost and valid to 2124
QUICK = Timeouts(connect=5, command=5, final=0.5)


@pytest.fixture
def server() -> Iterator[SmtpServer]:
    with SmtpServer() as running:
        yield running


def mailer(server: SmtpServer, **given: Any) -> SmtpMailer:
    values: dict[str, Any] = {"host": server.host, "port": server.port, "sender": "Aluevahti <vahti@example.org>"}
    values |= {"timeouts": QUICK, "local_hostname": "testi.example"}
    return SmtpMailer(**(values | given))


def send(one: SmtpMailer, **given: Any) -> list[str]:
    marks: list[str] = []
    one.send(delivery(**given), on_data=lambda: marks.append("data"))
    return marks


def failure(one: SmtpMailer, **given: Any) -> tuple[DeliveryError, list[str]]:
    marks: list[str] = []
    with pytest.raises(DeliveryError) as caught:
        one.send(delivery(**given), on_data=lambda: marks.append("data"))
    one.close()
    return caught.value, marks


def kinds(error: DeliveryError) -> set[str]:
    return {name for name in ("permanent", "ours", "ambiguous", "unreachable") if getattr(error, name)}


# --- when all goes well ---


def test_a_mail_arrives_byte_for_byte(server: SmtpServer) -> None:
    one = mailer(server)

    assert send(one) == ["data"]
    one.close()

    (message,) = server.messages
    assert message.data == delivery().mime
    assert (message.sender, message.recipients) == ("vahti@example.org", ("lukija@example.org",))
    assert server.commands[0] == "ehlo testi.example"
    assert server.commands[-1] == "QUIT"


def test_the_mark_is_set_after_the_recipient_and_before_the_message(server: SmtpServer) -> None:
    seen: list[list[str]] = []
    one = mailer(server)
    one.send(delivery(), on_data=lambda: seen.append(list(server.commands)))
    one.close()

    (commands,) = seen
    assert [command.split()[0].lower() for command in commands] == ["ehlo", "mail", "rcpt"]


def test_a_mark_that_cannot_be_set_stops_the_mail(server: SmtpServer) -> None:
    def broken() -> None:
        raise OSError("the disk is full")

    one = mailer(server)
    with pytest.raises(OSError, match="disk is full"):
        one.send(delivery(), on_data=broken)
    one.close()

    assert server.messages == []


def test_many_mails_share_a_connection(server: SmtpServer) -> None:
    one = mailer(server)
    for number in range(5):
        send(one, recipient=f"lukija{number}@example.org")
    one.close()

    assert len(server.messages) == 5
    assert server.connections == 1


def test_a_connection_is_renewed_before_a_server_tires_of_it(server: SmtpServer) -> None:
    one = mailer(server)
    for _ in range(101):
        send(one)
    one.close()

    assert len(server.messages) == 101
    assert server.connections == 2


def test_a_closed_mailer_may_be_used_again(server: SmtpServer) -> None:
    one = mailer(server)
    for _ in range(2):
        send(one)
        one.close()
    one.close()

    assert (len(server.messages), server.connections) == (2, 2)


def test_a_message_without_a_final_line_end_arrives_with_one(server: SmtpServer) -> None:
    one = mailer(server)
    send(one, mime=b"Subject: x\r\n\r\nHei")
    one.close()

    assert server.messages[0].data == b"Subject: x\r\n\r\nHei\r\n"


def test_a_greeting_shows_whether_mail_could_be_handed_over(server: SmtpServer) -> None:
    one = mailer(server)
    one.greet()
    server.script("greeting", "554 go away")
    with pytest.raises(DeliveryError, match="go away"):
        one.greet()

    assert server.messages == []
    assert server.commands == ["ehlo testi.example", "QUIT"]


# --- the state table ---

TEMPORARY: set[str] = set()

TABLE: list[tuple[str, Step, set[str], bool, int]] = [
    # stage, what the server does, whose trouble, was the mark set, how many copies arrived
    ("greeting", "421 4.3.2 busy", {"unreachable"}, False, 0),
    ("greeting", "451 4.3.2 later", {"unreachable"}, False, 0),
    ("greeting", "554 5.7.1 you are blocked", {"ours"}, False, 0),
    ("greeting", Act.DROP, {"unreachable"}, False, 0),
    ("ehlo", Act.DROP, {"unreachable"}, False, 0),
    ("mail", "421 4.3.2 going down", TEMPORARY, False, 0),
    ("mail", "451 4.3.0 later", TEMPORARY, False, 0),
    ("mail", "452 4.7.26 no SPF, no DKIM", {"ours"}, False, 0),
    ("mail", "550 5.1.8 sender unknown", {"ours"}, False, 0),
    ("mail", "553 no", {"ours"}, False, 0),
    ("mail", Act.DROP, TEMPORARY, False, 0),
    ("rcpt", "421 4.7.0 too many", TEMPORARY, False, 0),
    ("rcpt", "450 4.7.1 greylisted, come back in 300 s", TEMPORARY, False, 0),
    ("rcpt", "451 4.2.1 mailbox busy", TEMPORARY, False, 0),
    ("rcpt", "451 4.7.32 not aligned", {"ours"}, False, 0),
    ("rcpt", "550 5.1.1 no such user", {"permanent"}, False, 0),
    ("rcpt", "550 no such user", {"permanent"}, False, 0),
    ("rcpt", "552 5.2.2 mailbox full", {"permanent"}, False, 0),
    ("rcpt", "550 5.7.515 sender does not meet the rules", {"ours"}, False, 0),
    ("rcpt", "554 5.7.1 relay access denied", {"ours"}, False, 0),
    ("rcpt", "550 5.1.8 sender address has no MX", {"ours"}, False, 0),
    ("rcpt", Act.DROP, TEMPORARY, False, 0),
    ("data", "451 4.3.0 later", TEMPORARY, True, 0),
    ("data", "554 5.5.1 no valid recipients", {"permanent"}, True, 0),
    ("data", Act.DROP, TEMPORARY, True, 0),
    ("body", "451 4.3.0 enough", TEMPORARY, True, 0),
    ("dot", "451 4.3.0 later", TEMPORARY, True, 0),
    ("dot", "421 4.3.2 going down", TEMPORARY, True, 0),
    ("dot", "451 4.7.26 no SPF", {"ours"}, True, 0),
    ("dot", "552 5.3.4 too big", {"permanent"}, True, 0),
    ("dot", "554 5.6.0 strange content", {"permanent"}, True, 0),
    ("dot", "554 5.7.1 looks like spam", {"ours"}, True, 0),
    ("dot", Act.DROP, {"ambiguous"}, True, 0),
    ("dot", Act.HANG, {"ambiguous"}, True, 0),
    ("dot", Act.KEEP_AND_DROP, {"ambiguous"}, True, 1),
    ("dot", Act.KEEP_AND_HANG, {"ambiguous"}, True, 1),
]


@pytest.mark.parametrize(("stage", "step", "expected", "marked", "copies"), TABLE)
def test_the_state_table(
    server: SmtpServer, stage: str, step: Step, expected: set[str], marked: bool, copies: int
) -> None:
    server.script(stage, step)
    error, marks = failure(mailer(server))

    assert kinds(error) == expected
    assert bool(marks) == marked
    assert len(server.messages) == copies
    assert "\n" not in str(error)


@pytest.mark.parametrize(("stage", "step"), [(stage, step) for stage, step, *_ in TABLE])
def test_after_any_failure_the_next_mail_goes_out(server: SmtpServer, stage: str, step: Step) -> None:
    one = mailer(server)
    server.script(stage, step)
    with pytest.raises(DeliveryError):
        send(one, recipient="ensin@example.org")
    send(one, recipient="sitten@example.org")
    one.close()

    assert len(server.bodies_for("sitten@example.org")) == 1


@pytest.mark.parametrize("step", [Act.DROP, "421 4.4.2 idle too long"])
def test_a_kept_connection_that_went_stale_is_replaced_without_a_word(server: SmtpServer, step: Step) -> None:
    one = mailer(server)
    send(one)
    server.script("mail", step)

    assert send(one) == ["data"]
    one.close()
    assert (len(server.messages), server.connections) == (2, 2)


def test_a_connection_cut_within_a_long_message_is_no_doubt(server: SmtpServer) -> None:
    """The final dot never left, so the server must not deliver (RFC 5321, 4.1.1.4)."""
    server.script("body", Act.DROP)
    big = b"Subject: x\r\n\r\n" + b"x" * 70 + b"\r\n" + (b"y" * 70 + b"\r\n") * 400_000
    error, marks = failure(mailer(server), mime=big)

    assert kinds(error) == set()
    assert marks == ["data"]
    assert server.messages == []


def test_nobody_listens() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        error, marks = failure(SmtpMailer(host="127.0.0.1", port=port, sender="vahti@example.org", timeouts=QUICK))

    assert kinds(error) == {"unreachable"}
    assert "does not answer" in str(error)
    assert marks == []


def test_a_server_that_says_nothing_is_not_waited_for_for_ever(server: SmtpServer) -> None:
    server.script("greeting", Act.HANG)
    error, _ = failure(mailer(server, timeouts=Timeouts(connect=0.3, command=5, final=5)))

    assert kinds(error) == {"unreachable"}


@pytest.mark.parametrize("recipient", ["b@e.fi, c@d.fi", "b@e.fi>\r\nRCPT TO:<paha@example.org", "nimi", ""])
def test_a_wrong_address_never_reaches_the_server(server: SmtpServer, recipient: str) -> None:
    error, marks = failure(mailer(server), recipient=recipient)

    assert kinds(error) == {"permanent"}
    assert (server.commands, marks) == ([], [])


# --- TLS and passwords ---


def server_context() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATE)
    return context


def trusting() -> ssl.SSLContext:
    return ssl.create_default_context(cafile=str(CERTIFICATE))


@pytest.mark.parametrize(("security", "implicit"), [("starttls", False), ("tls", True)])
def test_mail_and_password_go_over_tls(security: str, implicit: bool) -> None:
    with SmtpServer(tls=server_context(), implicit=implicit, accounts={"vahti": "sala"}) as server:
        one = mailer(server, security=security, context=trusting(), username="vahti", password="sala")
        send(one)
        one.close()

        (message,) = server.messages
        assert (message.tls, message.user) == (True, "vahti")


@pytest.mark.parametrize(("security", "implicit"), [("starttls", False), ("tls", True)])
def test_a_certificate_that_nobody_vouches_for_stops_all_mail(security: str, implicit: bool) -> None:
    with SmtpServer(tls=server_context(), implicit=implicit, accounts={"vahti": "sala"}) as server:
        error, _ = failure(mailer(server, security=security, username="vahti", password="sala"))

        assert kinds(error) == {"ours"}
        assert "certificate" in str(error)
        assert not any(command.upper().startswith("AUTH") for command in server.commands)


def test_a_certificate_for_another_name_stops_all_mail() -> None:
    with SmtpServer(tls=server_context()) as server:
        error, _ = failure(mailer(server, host="127.0.0.2", security="starttls", context=trusting()))

        assert kinds(error) in ({"ours"}, {"unreachable"})  # unreachable: no second loopback address here
        assert server.messages == []


def test_a_server_that_no_longer_offers_starttls_gets_nothing(server: SmtpServer) -> None:
    error, _ = failure(mailer(server, security="starttls"))

    assert kinds(error) == {"ours"}
    assert server.messages == []


@pytest.mark.parametrize(
    ("step", "expected"), [("454 4.7.0 TLS not available", {"unreachable"}), (Act.DROP, {"unreachable"})]
)
def test_starttls_that_fails_is_tried_again(step: Step, expected: set[str]) -> None:
    with SmtpServer(tls=server_context()) as server:
        server.script("starttls", step)
        error, _ = failure(mailer(server, security="starttls", context=trusting()))

        assert kinds(error) == expected


def test_a_password_is_never_sent_in_the_clear() -> None:
    with SmtpServer(accounts={"vahti": "sala"}, auth_before_tls=True) as server:
        error, _ = failure(mailer(server, security="none", username="vahti", password="sala"))

        assert kinds(error) == {"ours"}
        assert not any("AUTH" in command.upper() for command in server.commands)


@pytest.mark.parametrize(
    ("account", "password", "words"),
    [
        ({"vahti": "muu"}, "sala", "authentication failed"),
        ({"vahti": "muu"}, None, "no password"),
        ({}, "sala", "takes no login"),
    ],
)
def test_a_login_that_fails_is_our_trouble(account: dict[str, str], password: str | None, words: str) -> None:
    with SmtpServer(tls=server_context(), accounts=account) as server:
        one = mailer(server, security="starttls", context=trusting(), username="vahti", password=password)
        error, _ = failure(one)

        assert kinds(error) == {"ours"}
        assert words in str(error)
        assert "sala" not in str(error)


def test_a_line_that_breaks_at_login_is_a_server_that_does_not_answer() -> None:
    with SmtpServer(tls=server_context(), accounts={"vahti": "sala"}) as server:
        server.script("auth", Act.DROP)
        one = mailer(server, security="starttls", context=trusting(), username="vahti", password="sala")
        error, _ = failure(one)

        assert kinds(error) == {"unreachable"}


@pytest.mark.parametrize("given", [{"security": "ssl"}, {"sender": "ei osoitetta"}])
def test_a_mailer_is_not_made_of_nonsense(server: SmtpServer, given: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"security|address"):
        mailer(server, **given)
