"""Addresses: the one a browser can open, and the one by which a document is known.

Sessions, nonces and tracking change on every load; they are no part of either.
"""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import SplitResult, quote, urljoin, urlsplit, urlunsplit

_TRACKING = re.compile(
    r"(?:utm_\w*|fbclid|gclid|dclid|gbraid|wbraid|msclkid|yclid|igshid|mc_[ce]id|_gl|_ga|_hs\w+|__hs\w+|mkt_tok"
    r"|jsessionid|phpsessid|aspsessionid\w*|asp\.net_sessionid|sid|sessid|session_?id|cfid|cftoken"
    r"|p_auth|p_l_back_url\w*|p_p_auth|p_r_p_resetcur|doasuserid|minifiertype|_com_liferay_\w*_redirect"
    r"|nonce|_wpnonce|csrf\w*|form_build_id|form_token|tzo|itok|_)\Z",
    re.IGNORECASE,
)
_LIFERAY = re.compile(r"(?:p_p_\w*|p_r_p_\w*|_com_liferay_\w*)\Z", re.IGNORECASE)
_LIFERAY_IDENTITY = re.compile(
    r"_com_liferay_\w*_(assetentryid|urltitle|articleid|entryid|fileentryid|cur)\Z", re.IGNORECASE
)
_ASSET = re.compile(
    r"(?:\.(?:pdf|docx?|xlsx?|pptx?|odt|css|js|png|jpe?g|gif|svg|webp|ico)|/documents/.*)\Z", re.IGNORECASE
)
_ASSET_NOISE = frozenset({"t", "ts", "imagethumbnail", "download"})
_JSESSION = re.compile(r";(?:jsessionid|phpsessid|sid)=[^/;?]*", re.IGNORECASE)
_INDEX_PHP = re.compile(r"/index\.php(?=/|\Z)", re.IGNORECASE)
_WEB_GUEST = re.compile(r"\A(/[a-z]{2}(?:[-_][a-z]{2})?)?(?:/web/guest)+(?=/|\Z)", re.IGNORECASE)
_CONTROLS = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")
_HOST = re.compile(r"[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?|\[[0-9a-f:.]+\]")
_PORTS = {"http": 80, "https": 443}
_ESCAPE = re.compile(r"%([0-9a-fA-F]{2})")
_STRAY_PERCENT = re.compile(r"%(?![0-9a-fA-F]{2})")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")


def absolute(base: str, href: str | None) -> str | None:
    """Where `href`, found on the page `base`, leads: an address in the form of `clean`.

    None where it leads to no other page: a mere fragment, not http(s), no host, a user name in it, or
    not an address at all.
    """
    if href is None or not href.strip() or href.lstrip().startswith("#"):
        return None
    try:
        parts = urlsplit(urljoin(base, _CONTROLS.sub("", href.replace("\\", "/")).strip()))
    except ValueError:
        return None
    return _cleaned(parts)


def clean(url: str) -> str:
    """`url` as it may be opened, without what changes by itself: session, nonce, tracking, fragment.

    What the server may insist on stays: trailing slash, `/web/guest`, `index.php`, the order of the
    parameters. Idempotent. What is no http(s) address comes back stripped and otherwise unchanged.
    """
    return absolute("", url) or url.strip()


@lru_cache(maxsize=4096)
def canonical(url: str) -> str:
    """The form of `url` by which two addresses of one document are recognised as the same.

    `clean`, and also: parameters sorted by name, Liferay's portlet parameters dropped (those that
    name the asset are kept under their short name), `/web/guest` and `index.php` removed, no trailing
    slash. Idempotent. It is a key; what a browser opens is `clean(url)`.
    """
    cleaned = absolute("", url)
    if cleaned is None:
        return url.strip()
    parts = urlsplit(cleaned)
    path = _INDEX_PHP.sub("", parts.path)
    while found := _WEB_GUEST.match(path):
        path = (found.group(1) or "") + path[found.end() :]
    path = path.rstrip("/") or "/"
    query = "&".join(sorted(_identifying(parts.query), key=_name))
    key = urlunsplit((parts.scheme, parts.netloc, path, query, ""))
    return key if key == url else canonical(key)  # what is left may look like noise again


def host(url: str) -> str:
    """The host of `url` in lower case without its port; empty where it has none."""
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def _cleaned(parts: SplitResult) -> str | None:
    scheme = parts.scheme.lower()
    netloc = _netloc(scheme, parts)
    if netloc is None:
        return None
    path = _without_dots(_JSESSION.sub("", _spell(parts.path, safe="/:@!$&'()*+,;=")))
    asset = _ASSET.search(path) is not None
    pairs = (_spell(pair, safe="/:@!$'()*+,;=?") for pair in parts.query.split("&"))
    query = "&".join(pair for pair in pairs if pair and not _is_noise(pair, asset=asset))
    return urlunsplit((scheme, netloc, path, query, ""))


def _netloc(scheme: str, parts: SplitResult) -> str | None:
    """Host and port of an address that may be opened; None where it may not."""
    try:
        name, port = parts.hostname, parts.port
    except ValueError:
        return None
    if scheme not in _PORTS or not name or "@" in parts.netloc:
        return None
    if not name.isascii():
        try:
            name = name.encode("idna").decode("ascii")
        except UnicodeError:
            return None
    if ":" in name:
        name = f"[{name}]"
    name = name.rstrip(".")
    if not _HOST.fullmatch(name):
        return None
    return name if port is None or port == _PORTS[scheme] else f"{name}:{port}"


def _without_dots(path: str) -> str:
    """`path` with its `.` and `..` segments resolved (RFC 3986, 5.2.4); never empty."""
    if "/." not in path:
        return path or "/"
    kept: list[str] = []
    segments = path.split("/")[1:]
    for segment in segments:
        if segment == ".." and kept:
            kept.pop()
        elif segment not in {".", ".."}:
            kept.append(segment)
    tail = "/" if segments[-1] in {".", ".."} and kept else ""
    return "/" + "/".join(kept) + tail


def _spell(text: str, *, safe: str) -> str:
    """Percent-encoding in its one normal form (RFC 3986, 6.2.2)."""

    def escape(found: re.Match[str]) -> str:
        character = chr(int(found.group(1), 16))
        return character if character in _UNRESERVED else found.group().upper()

    return _ESCAPE.sub(escape, quote(_STRAY_PERCENT.sub("%25", text), safe=safe + "%"))


def _name(pair: str) -> str:
    return pair.partition("=")[0]


def _is_noise(pair: str, *, asset: bool) -> bool:
    name = _name(pair)
    return bool(_TRACKING.match(name)) or (asset and name.lower() in _ASSET_NOISE)


def _identifying(query: str) -> list[str]:
    """The parameters that tell one document from another."""
    kept = []
    for pair in query.split("&"):
        name, equals, value = pair.partition("=")
        asset = _LIFERAY_IDENTITY.match(name)
        if asset:
            kept.append(f"{asset.group(1).lower()}{equals}{value}")
        elif pair and not _LIFERAY.match(name):
            kept.append(pair)
    return kept
