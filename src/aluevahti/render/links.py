"""The addresses of the web site that mails lead to, and the headers by which mail programs unsubscribe."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote, urlsplit, urlunsplit


@dataclass(frozen=True, slots=True)
class Links:
    """Where readers reach the site. `public_url`: as configured, with or without a final slash."""

    public_url: str

    def _at(self, path: str) -> str:
        parts = urlsplit(self.public_url)
        host = parts.netloc.encode("idna").decode("ascii") if not parts.netloc.isascii() else parts.netloc
        return urlunsplit((parts.scheme, host, f"{quote(parts.path.rstrip('/'))}/{path}", "", ""))

    def unsubscribe(self, token: str) -> str:
        """Shows a form to a person, ends the subscription on POST (RFC 8058)."""
        return self._at(f"unsubscribe/{quote(token, safe='')}")

    def confirm(self, token: str) -> str:
        """Shows a form; POST confirms."""
        return self._at(f"confirm/{quote(token, safe='')}")

    def manage(self) -> str:
        """Where a reader orders a link to change the subscription: a forwarded digest must not do that by itself."""
        return self._at("subscribe")

    def changes(self) -> str:
        """All changes."""
        return self._at("changes")


def unsubscribe_headers(links: Links, token: str, contact: str) -> tuple[tuple[str, str], ...]:
    """How a mail program ends a subscription: by POST to one address, or by mail to a person (RFC 8058, RFC 2369)."""
    mailto = f"mailto:{quote(contact, safe='@')}?subject={quote(f'unsubscribe {token}')}"
    return (
        ("List-Unsubscribe", f"<{links.unsubscribe(token)}>, <{mailto}>"),
        ("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"),
    )
