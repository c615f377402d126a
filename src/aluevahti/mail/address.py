"""Mail addresses: checked before they get near a mail server, which would cut a wrong one short in silence."""

from __future__ import annotations

import re
from email.headerregistry import Address
from email.utils import parseaddr

_INSIDE = re.compile(r"(?:[a-z0-9-]+\.)*(?:localhost|local|internal|invalid|lan|home\.arpa)", re.IGNORECASE)


def checked(text: str) -> str:
    """One plain address, its domain in ASCII, as it may stand in an SMTP command.

    Nothing is looked up: the domain need not exist, and may be a machine's or an intranet's own.

    Raises:
        ValueError: it is not one plain address (a list, a name with brackets, a quoted or non-ASCII local part).
    """
    from email_validator import EmailNotValidError, validate_email  # noqa: PLC0415 - slow to import

    local, _, domain = text.rpartition("@")
    inside = _INSIDE.fullmatch(domain) is not None
    try:
        found = validate_email(
            f"{local}@example.org" if inside else text,
            strict=True,
            allow_smtputf8=False,
            allow_quoted_local=False,
            allow_domain_literal=False,
            allow_display_name=False,
            check_deliverability=False,
            test_environment=True,
        )
    except EmailNotValidError as error:
        raise ValueError(f"{text!r} is not a mail address: {error}") from None
    return f"{local}@{domain.lower()}" if inside else f"{found.ascii_local_part}@{found.ascii_domain}"


def sender_of(text: str) -> Address:
    """`Name <address>` or an address alone, as a header wants it.

    Raises:
        ValueError: there is no address in it.
    """
    name, address = parseaddr(text)
    local, _, domain = checked(address).rpartition("@")
    return Address(display_name=" ".join(name.split()), username=local, domain=domain)
