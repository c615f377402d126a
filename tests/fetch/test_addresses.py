"""Which addresses are dialled: decided without dialling."""

from __future__ import annotations

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aluevahti.fetch import AddressKind, classify
from aluevahti.fetch.addresses import check_address, check_url, origin_of, site_of
from aluevahti.fetch.faults import Fault
from aluevahti.model import FailureReason

PUBLIC = ["1.1.1.1", "193.166.3.2", "2a00:1450:4026:800::200e", "2001:4860:4860::8888", "::ffff:8.8.8.8"]
PRIVATE = [
    "127.0.0.1",
    "127.255.255.254",
    "10.0.0.1",
    "172.16.0.1",
    "172.31.255.255",
    "192.168.1.1",
    "100.64.0.1",
    "100.127.255.255",
    "::1",
    "fd00::1",
    "fc00::1",
    "::ffff:127.0.0.1",
    "::ffff:10.1.2.3",
]
SPECIAL = [
    "0.0.0.0",
    "0.1.2.3",
    "169.254.169.254",
    "192.0.0.8",
    "192.0.0.170",
    "192.0.2.1",
    "192.88.99.1",
    "198.18.0.1",
    "198.51.100.1",
    "203.0.113.1",
    "224.0.0.1",
    "239.255.255.250",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::ffff:169.254.169.254",
    "::ffff:0.0.0.0",
    "::127.0.0.1",
    "::ffff:0:127.0.0.1",
    "64:ff9b::7f00:1",
    "64:ff9b::808:808",
    "64:ff9b:1::a00:1",
    "100::1",
    "2001::1",
    "2001:db8::1",
    "2002:7f00:1::1",
    "2002:a00:1::",
    "3fff::1",
    "5f00::1",
    "fe80::1",
    "fe80::1%eth0",
    "fec0::1",
    "ff02::1",
    "ff0e::1",
    "not an address",
    "",
]


@pytest.mark.parametrize("address", PUBLIC)
def test_public_addresses_are_dialled(address: str) -> None:
    assert classify(address) is AddressKind.PUBLIC
    check_address(address, allow_private=False)


@pytest.mark.parametrize("address", PRIVATE)
def test_private_addresses_are_dialled_only_where_a_source_says_so(address: str) -> None:
    assert classify(address) is AddressKind.PRIVATE
    check_address(address, allow_private=True)
    with pytest.raises(Fault) as caught:
        check_address(address, allow_private=False)
    assert caught.value.detail == f"the address {address} is private and is not dialled"


@pytest.mark.parametrize("address", SPECIAL)
def test_special_addresses_are_never_dialled(address: str) -> None:
    assert classify(address) is AddressKind.SPECIAL
    for allow_private in (True, False):
        with pytest.raises(Fault) as caught:
            check_address(address, allow_private=allow_private)
        assert caught.value.reason is FailureReason.ADDRESS


@given(st.integers(0, 2**32 - 1), st.integers(0, 2**32 - 1))
def test_no_dress_makes_an_ipv4_address_better_than_it_is(number: int, noise: int) -> None:
    plain = ipaddress.IPv4Address(number)
    mapped = ipaddress.IPv6Address((0xFFFF << 32) | number)
    assert classify(str(mapped)) is classify(str(plain))
    dressed = [
        ipaddress.IPv6Address((0x64FF9B << 96) | number),
        ipaddress.IPv6Address((0x2002 << 112) | (number << 80) | noise),
        ipaddress.IPv6Address((0x20010000 << 96) | (noise << 64) | number),
    ]
    assert {classify(str(address)) for address in dressed} == {AddressKind.SPECIAL}


@given(st.ip_addresses())
def test_public_is_never_more_than_what_python_calls_global(
    address: ipaddress.IPv4Address | ipaddress.IPv6Address,
) -> None:
    if classify(str(address)) is AddressKind.PUBLIC and getattr(address, "ipv4_mapped", None) is None:
        assert address.is_global
        assert not address.is_multicast


@pytest.mark.parametrize(
    "url",
    [
        "",
        "/relative",
        "//host/path",
        "ftp://example.org/",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "http://",
        "http:///path",
        "http://user@example.org/",
        "http://user:pass@example.org/",
        "http://@:80/",
        "http://example.org\\@127.0.0.1/",
        "http://example.org\\.evil/",
        "http://example.org/\r\nX: y",
        "http://example.org/\x00",
        "http://exa mple.org/",
        "http://example.org:0/",
        "http://example.org:99999/",
        "http://example.org:x/",
        "http://[::1",
        "http://example.org%00.evil/",
        "http://example.org/\u2028",
        "http://example.org/\ud800",
        "https://" + "a" * 9000,
        "http://xn--/",
        "http://\u202e/",
    ],
)
def test_an_address_that_nobody_means_is_refused(url: str) -> None:
    with pytest.raises(Fault) as caught:
        check_url(url)
    assert caught.value.reason is FailureReason.ADDRESS
    assert caught.value.detail.isprintable()


@pytest.mark.parametrize(
    ("url", "target"),
    [
        ("https://www.pirha.fi/a b", b"/a%20b"),
        ("https://www.pirha.fi/päätös?q=ä", b"/p%C3%A4%C3%A4t%C3%B6s?q=%C3%A4"),
        ("https://www.pirha.fi/a%20b?x=%E4", b"/a%20b?x=%E4"),
        ("https://www.pirha.fi", b"/"),
        ("https://h/cgi/DREQUEST.PHP?page=meeting_handlers&id=", b"/cgi/DREQUEST.PHP?page=meeting_handlers&id="),
    ],
)
def test_an_address_from_a_page_is_asked_for_as_a_browser_would(url: str, target: bytes) -> None:
    assert check_url(url).raw_path == target


@given(st.text())
def test_any_text_is_an_address_or_a_fault(text: str) -> None:
    for url in (text, f"http://{text}/", f"https://example.org/{text}"):
        try:
            parsed = check_url(url)
        except Fault as fault:
            assert fault.detail.isprintable()  # noqa: PT017
        else:
            assert parsed.scheme in {"http", "https"}
            assert parsed.raw_host.isascii()
            assert not parsed.userinfo


def test_http_and_https_are_one_site_but_two_origins() -> None:
    plain, secure, odd = (check_url(u) for u in ("http://h.fi/a", "https://H.fi./b", "http://h.fi:8080/"))
    assert (origin_of(plain), origin_of(secure)) == ("http://h.fi:80", "https://h.fi.:443")
    assert site_of(plain) == site_of(secure) == "h.fi"
    assert site_of(odd) == "h.fi:8080"
    assert origin_of(check_url("http://[::1]:81/")) == "http://[::1]:81"
