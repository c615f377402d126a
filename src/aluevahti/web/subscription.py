"""The pages that mails lead to: confirm and end a subscription. Looking at one changes nothing, a POST does.

The token is the authority: there is no login, no cookie, and nothing here tells whose it is, or whether
it is anybody's. Mail programs end a subscription with one POST and no person (RFC 8058).
"""

from __future__ import annotations

import email.policy
import re
from dataclasses import dataclass
from email.parser import BytesParser
from urllib.parse import parse_qsl

from aluevahti.model import Language, Theme
from aluevahti.notify import CONFIRM_WITHIN
from aluevahti.render.catalogue import catalogue
from aluevahti.web.frame import page_words
from aluevahti.web.site import Site

_TOKEN = re.compile(r"[A-Za-z0-9_-]{8,128}")
_ONE_CLICK = ("List-Unsubscribe", "One-Click")


@dataclass(frozen=True, slots=True, kw_only=True)
class AskView:
    """A question with one button. `action` is where it leads, `fields` what it sends, `note` what went wrong."""

    title: str
    text: str
    press: str
    action: str
    fields: tuple[tuple[str, str], ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidView:
    """A page that only says something; `contact` follows the text where there is one to write to."""

    title: str
    text: str
    contact: str = ""


@dataclass(frozen=True, slots=True)
class SubscribeView:
    """How to get the digest, or another one. `themes` are the subjects there are."""

    contact: str
    themes: tuple[str, ...]


def is_token(text: str) -> bool:
    """Whether a text may be a token of ours; an address never is one."""
    return _TOKEN.fullmatch(text) is not None


def is_one_click(content_type: str, body: bytes) -> bool:
    """Whether a POST says `List-Unsubscribe=One-Click`, as a form of either kind (RFC 8058, 3.2)."""
    if content_type.partition(";")[0].strip().lower() == "multipart/form-data":
        return _ONE_CLICK in _multipart(content_type, body)
    return _ONE_CLICK in parse_qsl(body.decode("utf-8", "replace"), max_num_fields=20)


def _multipart(content_type: str, body: bytes) -> list[tuple[str, str]]:
    header = content_type.encode("latin-1", "replace").replace(b"\r", b"").replace(b"\n", b"")
    form = BytesParser(policy=email.policy.HTTP).parsebytes(b"Content-Type: " + header + b"\r\n\r\n" + body)
    pairs = []
    for part in form.iter_parts() if form.is_multipart() else ():
        name = part.get_param("name", header="content-disposition")
        content = part.get_payload(decode=True)
        if isinstance(name, str) and isinstance(content, bytes):
            pairs.append((name, content.decode("utf-8", "replace").strip()))
    return pairs


def ask_unsubscribe(lang: Language, action: str, *, incomplete: bool = False) -> AskView:
    """The form that ends a subscription; `incomplete`: after a POST that did not say what it wants."""
    words = page_words(lang)
    return AskView(
        title=words("unsubscribe.title"),
        text=words("unsubscribe.ask"),
        press=words("unsubscribe.press"),
        action=action,
        fields=(_ONE_CLICK,),
        note=words("unsubscribe.incomplete") if incomplete else "",
    )


def unsubscribe(site: Site, lang: Language, token: str) -> SaidView:
    """End the subscription that the token belongs to, if it belongs to one; the answer is the same."""
    site.store.unsubscribe(token, site.clock())
    words = page_words(lang)
    return SaidView(title=words("unsubscribe.done"), text=words("unsubscribe.done_text"))


def ask_confirm(lang: Language, action: str) -> AskView:
    """The form that confirms a subscription."""
    words = page_words(lang)
    return AskView(title=words("confirm.title"), text=words("confirm.ask"), press=words("confirm.press"), action=action)


def confirm(site: Site, lang: Language, token: str) -> tuple[bool, SaidView]:
    """Confirm the subscription that the token belongs to; False: it is nobody's, or too old."""
    words = page_words(lang)
    if site.store.confirm(token, site.clock(), CONFIRM_WITHIN) is not None:
        return True, SaidView(title=words("confirm.done"), text=words("confirm.done_text"))
    hours = int(CONFIRM_WITHIN.total_seconds() // 3600)
    gone = words("confirm.gone_text", n=hours)
    return False, SaidView(title=words("confirm.gone"), text=gone, contact=site.config().service.contact)


def subscribe(site: Site, lang: Language) -> SubscribeView:
    """How to get the digest or change what one gets: by mail to a person, which shows whose address it is."""
    words = catalogue(lang)
    return SubscribeView(site.config().service.contact, tuple(words(f"theme.{one.value}") for one in Theme))
