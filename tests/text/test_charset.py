"""Bytes become text by rule; Finnish letters survive every label a server may put on them."""

from __future__ import annotations

import codecs
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aluevahti.text.charset import decode, looks_broken

TEXT = "Pöytäkirja: järjestöavustusten haku – 1 000 € Åbossa"
LATIN = "Pöytäkirja: järjestöavustusten haku Åbossa"


@pytest.mark.parametrize("declared", [None, "utf-8", "iso-8859-1", "windows-1252", "nonsense", "utf-16", "utf-7"])
def test_utf8_is_read_whatever_the_header_claims(declared: str | None) -> None:
    assert decode(TEXT.encode(), declared) == TEXT


@pytest.mark.parametrize("declared", [None, "utf-8", "iso-8859-1", "latin1", "windows-1252", "nonsense", "utf-16le"])
def test_windows_1252_is_read_whatever_the_header_claims(declared: str | None) -> None:
    assert decode(TEXT.encode("cp1252"), declared) == TEXT


def test_a_euro_sign_in_declared_latin_9_is_a_euro_sign() -> None:
    assert decode("10 € Åbo".encode("iso-8859-15"), "ISO-8859-15") == "10 € Åbo"


@pytest.mark.parametrize(
    "head",
    [
        '<meta charset="iso-8859-15">',
        '<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=iso-8859-15">',
        "<?xml version='1.0' encoding='ISO-8859-15'?>",
        '<!-- <meta charset="koi8-r"> --><meta charset=iso-8859-15>',
    ],
)
def test_the_documents_own_declaration_counts_where_the_header_is_silent(head: str) -> None:
    text = f"{head}<p>10 € Åbo"

    assert decode(text.encode("iso-8859-15")) == text


def test_the_header_goes_before_the_document() -> None:
    body = '<meta charset="koi8-r"><p>Åbo'.encode("iso-8859-15")

    assert decode(body, "iso-8859-15").endswith("Åbo")


@pytest.mark.parametrize(
    ("bom", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
    ],
)
def test_a_byte_order_mark_goes_before_everything(bom: bytes, encoding: str) -> None:
    assert decode(bom + TEXT.encode(encoding), "iso-8859-1") == TEXT


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_without_a_byte_order_mark_is_known_by_its_nul_bytes(encoding: str) -> None:
    assert decode(TEXT.encode(encoding), "windows-1252") == TEXT


def test_a_last_letter_cut_in_two_does_not_spoil_the_rest() -> None:
    assert decode("Pöytä".encode()[:-1], "utf-8") == "Pöyt"


def test_one_latin_letter_in_a_utf8_page_is_read_as_such() -> None:
    body = "Pöytäkirja, järjestöt, ".encode() + "Åbo".encode("latin-1")

    assert decode(body, "utf-8") == "Pöytäkirja, järjestöt, Åbo"


def test_latin_text_that_holds_a_chance_utf8_pair_is_latin_text() -> None:
    text = "HYVÄKSYTÄÄN”, sanoi lautakunta ja päätti näin"

    assert decode(text.encode("cp1252")) == text


def test_the_five_bytes_that_windows_1252_leaves_open_do_not_fail() -> None:
    assert decode(b"\x81\x8d\x8f\x90\x9d\xe4", "windows-1252") == "\x81\x8d\x8f\x90\x9dä"


@given(st.binary(max_size=300), st.none() | st.text(max_size=12), st.sampled_from(["", "text/html", "text/plain"]))
def test_any_bytes_give_text_and_no_replacement_that_was_not_there(
    body: bytes, declared: str | None, media_type: str
) -> None:
    text = decode(body, declared, media_type)

    in_utf8 = body.count("\ufffd".encode())
    in_utf16 = max(body.count("\ufffd".encode("utf-16-le")), body.count("\ufffd".encode("utf-16-be")))
    assert text.count("\ufffd") <= in_utf8 + in_utf16
    assert decode(body, declared, media_type) == text


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyzåäöÅÄÖ –”§€.,1234567890\n", max_size=200))
def test_finnish_text_survives_any_encoding_without_a_declaration(text: str) -> None:
    if not re.search("[åäöÅÄÖ][–”§€]", text):  # a letter and a sign may happen to spell another letter in UTF-8
        assert decode(text.encode("cp1252")) == text
    assert decode(text.encode()) == text


@pytest.mark.parametrize(
    "text", ["PÃ¶ytÃ¤kirja", "P\ufffdyt\ufffdkirja", "tÃ¤", "Â§ 12", "1.4.â€“30.4.", TEXT.encode().decode("latin-1")]
)
def test_a_wrongly_decoded_text_shows(text: str) -> None:
    assert looks_broken(text)


def test_a_few_broken_letters_among_good_ones_are_their_authors() -> None:
    assert not looks_broken("Pöytäkirjat ja järjestöt. " * 30 + "P\ufffdyt\ufffdkirja, j\ufffdrjest\ufffd")
    assert not looks_broken("P&ouml;yt&auml;kirjat. " * 30 + "P\ufffdyt\ufffdkirja, j\ufffdrjest\ufffd")
    assert looks_broken("Pöytä. " + "P\ufffdyt\ufffdkirja. " * 30)


@pytest.mark.parametrize(
    "text", ["", TEXT, LATIN, "plain", "Ä ja Ö, § 12 – ”haku” Ânimal", "x" * 900 + "\ufffd" + "x" * 900]
)
def test_a_good_text_does_not_look_broken(text: str) -> None:
    assert not looks_broken(text)
