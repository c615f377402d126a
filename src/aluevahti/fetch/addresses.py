"""Which addresses may be dialled at all; pure decisions, nothing here resolves or connects."""

from __future__ import annotations

import ipaddress
import re
import unicodedata
from enum import StrEnum
from typing import TypeAlias

import httpx

from aluevahti.fetch.faults import Fault
from aluevahti.model import FailureReason

IpNetwork: TypeAlias = ipaddress.IPv4Network | ipaddress.IPv6Network
Address: TypeAlias = ipaddress.IPv4Address | ipaddress.IPv6Address

DEFAULT_PORTS = {"http": 80, "https": 443}
URL_LIMIT = 8192
"""Characters of the longest address that is asked for."""

_CONTROLS = frozenset({"Cc", "Cs", "Zl", "Zp"})
_HOST = re.compile(rb"[a-z0-9_.:-]+")


class AddressKind(StrEnum):
    """What an IP address is to us."""

    PUBLIC = "public"
    PRIVATE = "private"  # loopback and intranets: a source's setting may open them
    SPECIAL = "special"  # never dialled, whatever the settings say


def _networks(*names: str) -> tuple[IpNetwork, ...]:
    return tuple(ipaddress.ip_network(name) for name in names)


# Loopback, RFC 1918, shared space behind carriers (RFC 6598), unique local IPv6 (RFC 4193).
_PRIVATE = _networks(
    "127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "::1/128", "fc00::/7"
)
# Beyond what `is_global` of Python 3.11 refuses by itself (it calls several of these global): the
# IANA registries of special addresses, and every form of IPv6 that carries an IPv4 address inside.
_SPECIAL = _networks(
    "0.0.0.0/8",
    "169.254.0.0/16",  # link-local: also where clouds keep their credentials
    "192.0.0.0/24",
    "192.0.2.0/24",
    "192.31.196.0/24",
    "192.52.193.0/24",
    "192.88.99.0/24",
    "192.175.48.0/24",
    "198.18.0.0/15",
    "198.51.100.0/24",
    "203.0.113.0/24",
    "224.0.0.0/4",
    "240.0.0.0/4",
    "::/96",  # unspecified and IPv4-compatible; ::1 is listed as private and tried first
    "::ffff:0:0:0/96",
    "64:ff9b::/96",  # NAT64
    "64:ff9b:1::/48",
    "100::/64",
    "2001::/23",  # Teredo, benchmarking, ORCHID
    "2001:db8::/32",
    "2002::/16",  # 6to4
    "3fff::/20",
    "5f00::/16",
    "fe80::/10",
    "fec0::/10",
    "ff00::/8",
)


def classify(address: str) -> AddressKind:
    """What kind of address this is; an IPv4 address mapped into IPv6 is judged as the IPv4 address.

    Args:
        address: an IPv4 or IPv6 address as a resolver gives it, a scope (`%eth0`) is left aside.
            Whatever is not an address counts as special.
    """
    try:
        parsed = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return AddressKind.SPECIAL
    if isinstance(parsed, ipaddress.IPv6Address) and parsed.ipv4_mapped is not None:
        parsed = parsed.ipv4_mapped
    if _within(parsed, _PRIVATE):
        return AddressKind.PRIVATE
    if _within(parsed, _SPECIAL) or not parsed.is_global:
        return AddressKind.SPECIAL
    return AddressKind.PUBLIC


def _within(address: Address, networks: tuple[IpNetwork, ...]) -> bool:
    return any(address in network for network in networks if network.version == address.version)


def check_address(address: str, *, allow_private: bool) -> None:
    """Raise `Fault` unless the address may be dialled."""
    kind = classify(address)
    if kind is AddressKind.PUBLIC or (allow_private and kind is AddressKind.PRIVATE):
        return
    name = "private" if kind is AddressKind.PRIVATE else "a special one"
    raise Fault(FailureReason.ADDRESS, f"the address {address} is {name} and is not dialled")


def check_url(url: str) -> httpx.URL:
    """The address as httpx understands it, or `Fault` when it is not one that we would ask.

    Only http and https, with a host, without user name or password, and without the characters by
    which two parsers can be made to disagree about where the host ends (backslash, control
    characters, line ends of any kind).
    """
    if len(url) > URL_LIMIT:
        raise Fault(FailureReason.ADDRESS, f"the address is longer than {URL_LIMIT} characters")
    if "\\" in url or _has_control(url):
        raise Fault(FailureReason.ADDRESS, f"the address {url!a} has a backslash or a control character")
    try:
        parsed = httpx.URL(url)
        host = parsed.host  # decodes an international name, which may fail
    except (httpx.InvalidURL, ValueError) as error:
        raise Fault(FailureReason.ADDRESS, f"the address {url!a} cannot be read") from error
    if parsed.scheme not in DEFAULT_PORTS:
        raise Fault(FailureReason.ADDRESS, f"the address {url!a} is neither http nor https")
    if parsed.userinfo:
        raise Fault(FailureReason.ADDRESS, f"the address of {host} carries a user name or a password")
    if not _HOST.fullmatch(parsed.raw_host) or not 0 < port_of(parsed) < 65536:
        raise Fault(FailureReason.ADDRESS, f"the address {url!a} has no usable host or port")
    return parsed


def _has_control(url: str) -> bool:
    if url.isascii() and url.isprintable():
        return False
    return any(unicodedata.category(character) in _CONTROLS for character in url)


def port_of(url: httpx.URL) -> int:
    """The port that will be dialled."""
    return DEFAULT_PORTS[url.scheme] if url.port is None else url.port


def origin_of(url: httpx.URL) -> str:
    """scheme://host:port, the port always written out; what a robots.txt holds for."""
    host = url.raw_host.decode("ascii")
    return f"{url.scheme}://{f'[{host}]' if ':' in host else host}:{port_of(url)}"


def site_of(url: httpx.URL) -> str:
    """What pacing is kept for: the host, http and https together; an unusual port is a site of its own."""
    host = url.raw_host.decode("ascii").rstrip(".")
    return host if port_of(url) in DEFAULT_PORTS.values() else f"{host}:{port_of(url)}"
