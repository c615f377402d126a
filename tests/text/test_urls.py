"""Addresses are known by what does not change, and open where they did."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from aluevahti.text.urls import absolute, canonical, clean, host

PIECES = st.sampled_from(
    [
        "index.php",
        "web",
        "guest",
        "fi",
        "..",
        ".",
        "",
        "a b",
        "%7e",
        "%2F",
        "%",
        "ä",
        "{GUID}",
        ";jsessionid=1A",
        ";sid=2",
        "w",
        "sivu.pdf",
        "documents",
        "%2e%2e",
        "\\",
        ":",
        "//",
        "x;y=1",
    ]
)
PARAMETERS = st.sampled_from(
    [
        "b=2",
        "a=1",
        "+bid=77",
        "utm_source=x",
        "t=1",
        "p_p_id=z",
        "_com_liferay_x_y_assetEntryId=5",
        "",
        "1234",
        "a=%3d",
        "sid=9",
        "q=ä ö",
        "_com_liferay_x_INSTANCE_q_redirect=%2F",
        "p_auth=Ab",
        "a=0",
        "=",
        "==",
        "?",
        "version=1.0",
    ]
)
HOSTS = st.sampled_from(["example.fi", "EXAMPLE.fi:443", "example.fi:80", "[::1]:8080", "järjestö.fi", "example.fi."])
ADDRESSES = st.builds(
    lambda scheme, name, path, query, tail: f"{scheme}://{name}/{'/'.join(path)}?{'&'.join(query)}{tail}",
    st.sampled_from(["http", "https", "HTTPS"]),
    HOSTS,
    st.lists(PIECES, max_size=5),
    st.lists(PARAMETERS, max_size=5),
    st.sampled_from(["", "#top", "#", "?"]),
)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("HTTPS://Example.FI:443/Sivu/", "https://example.fi/Sivu"),
        ("http://example.fi:80", "http://example.fi/"),
        ("http://127.0.0.1:8042/a/", "http://127.0.0.1:8042/a"),
        ("https://e.fi/a/?utm_source=x&fbclid=y&b=2&a=1#top", "https://e.fi/a?a=1&b=2"),
        ("https://e.fi/a;jsessionid=0A1B?x=1", "https://e.fi/a?x=1"),
        ("https://e.fi/fi/w/j%c3%a4rjest%C3%B6?p_l_back_url=%2Fuutiset&p_auth=Ab12", "https://e.fi/fi/w/j%C3%A4rjest%C3%B6"),
        ("https://e.fi/fi/w/järjestö", "https://e.fi/fi/w/j%C3%A4rjest%C3%B6"),
        ("https://e.fi/web/guest/w/haku", "https://e.fi/w/haku"),
        ("https://e.fi/fi/web/guest/w/haku", "https://e.fi/fi/w/haku"),
        ("https://e.fi/index.php/uutiset/haku", "https://e.fi/uutiset/haku"),
        ("https://e.fi/documents/1/2/ohje.pdf/9f?t=1700000000000&version=1.1", "https://e.fi/documents/1/2/ohje.pdf/9f?version=1.1"),
        ("https://e.fi/haku?t=1", "https://e.fi/haku?t=1"),
        ("https://e.fi/ktwebscr/epj_asil_tweb.htm?+bid=1234", "https://e.fi/ktwebscr/epj_asil_tweb.htm?+bid=1234"),
        ("https://e.fi/ktwebscr/epjattn_tweb.htm?99", "https://e.fi/ktwebscr/epjattn_tweb.htm?99"),
        ("https://e.fi/cgi/DREQUEST.PHP?page=meetingitem&id=2-5", "https://e.fi/cgi/DREQUEST.PHP?id=2-5&page=meetingitem"),
        ("https://e.fi/download/noname/{AB-1}/7", "https://e.fi/download/noname/%7BAB-1%7D/7"),
        ("https://e.fi/a/./b/../c", "https://e.fi/a/c"),
        ("https://järjestö.fi/", "https://xn--jrjest-bua3m.fi/"),
        ("https://e.fi/100%", "https://e.fi/100%25"),
    ],
)  # fmt: skip
def test_an_address_has_one_canonical_form(url: str, expected: str) -> None:
    assert canonical(url) == expected


def test_two_rows_of_a_liferay_list_stay_two_documents() -> None:
    page = "https://e.fi/uutiset?p_p_id=com_liferay_AP_INSTANCE_q&_com_liferay_AP_INSTANCE_q_assetEntryId="

    assert canonical(page + "1") != canonical(page + "2")


def test_a_clean_address_keeps_what_the_server_may_insist_on() -> None:
    assert clean("https://e.fi/web/guest/w/haku/?b=2&a=1&p_auth=Xy#x") == "https://e.fi/web/guest/w/haku/?b=2&a=1"


@given(ADDRESSES)
@example("http://e.fi/web/guest/fi/web/guest/index.php")
@example("http://e.fi/%2e%2e/%2e/a/..")
def test_both_forms_are_stable_and_agree(url: str) -> None:
    cleaned, key = clean(url), canonical(url)

    assert clean(cleaned) == cleaned
    assert canonical(key) == key
    assert canonical(cleaned) == key
    assert clean(key) == key
    assert cleaned.isascii()


@given(st.text(max_size=60))
def test_any_text_has_a_stable_form(text: str) -> None:
    assert clean(clean(text)) == clean(text)
    assert canonical(canonical(text)) == canonical(text)


@pytest.mark.parametrize(
    "href",
    ["", "#", " #top", None, "javascript:void(0)", "mailto:a@e.fi", "tel:+35840", "http://", "http://[::1", "ftp://e.fi/x", "https://user:pw@e.fi/", "http://e.fi:99999/", "data:text/html,x", "http://e .fi/"],
)  # fmt: skip
def test_what_leads_to_no_page_is_no_address(href: str | None) -> None:
    assert absolute("https://e.fi/sivu", href) is None


@pytest.mark.parametrize(
    ("href", "expected"),
    [
        ("/a", "https://e.fi/a"),
        ("b?x=1", "https://e.fi/lista/b?x=1"),
        ("//f.fi/a", "https://f.fi/a"),
        (" c\n.htm ", "https://e.fi/lista/c.htm"),
        ("..\\d", "https://e.fi/d"),
        ("?sivu=2", "https://e.fi/lista/uutiset?sivu=2"),
    ],
)
def test_a_link_is_followed_from_its_page(href: str, expected: str) -> None:
    assert absolute("https://e.fi/lista/uutiset", href) == expected


def test_the_host_of_an_address_has_no_port_and_no_capitals() -> None:
    assert host("https://WWW.E.fi:8443/x") == "www.e.fi"
    assert host("mailto:x") == ""
    assert host("http://[") == ""
