"""Bytes to text by rule, never by guessing: statistics get Finnish Latin-1 wrong nearly always."""

from __future__ import annotations

import codecs
import re

import webencodings

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_HEAD = 4096  # HTML promises its meta within 1,024 bytes; real pages are not always so tidy
_COMMENT = re.compile(rb"<!--.*?(?:-->|\Z)", re.DOTALL)
_XML_DECLARATION = re.compile(rb"\A\s*<\?xml[^>]*?\bencoding\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_META = re.compile(rb"<meta\b[^>]*?\bcharset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_GOOD_LETTER = re.compile("[äöåÄÖÅ]|&[aoAO](?:uml|ring);")
_MOJIBAKE = re.compile("[ÃÂ][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|â€[\u0080-\u00bf“”™˜œ¦¢–—]|\ufffd")


def decode(body: bytes, declared: str | None = None, media_type: str = "") -> str:
    """`body` as text.

    In this order: byte order mark; UTF-16 recognised by its NUL bytes; the charset `declared` in the
    Content-Type header; the XML declaration or meta element; strict UTF-8; windows-1252. A declaration
    that the bytes contradict is passed over, and one of a single-byte charset is contradicted by bytes
    that are valid UTF-8 beyond ASCII. `iso-8859-1` means windows-1252, as in every browser.

    Never fails, and gives U+FFFD only where the bytes themselves spell it. A last character that was
    cut in two is dropped. In a UTF-8 page with stray Latin-1 bytes each of those is read as windows-1252.
    """
    for bom, encoding in _BOMS:
        if body.startswith(bom):
            text = _strictly(body[len(bom) :], encoding)
            if text is not None:
                return text
    wide = _wide(body)
    if wide is not None:
        text = _strictly(body, wide)
        if text is not None:
            return text
    if body.isascii():
        return body.decode("ascii")
    text = _strictly(body, "utf-8")
    if text is not None and not text.isascii():  # with nothing but a cut last letter it may as well be Latin
        return text
    return _as_declared(body, declared, media_type)


def looks_broken(text: str) -> bool:
    """Whether `text` (or markup) was decoded wrongly on its way: mojibake such as `Ã¤`, or U+FFFD.

    A wrong decoding leaves hardly an ä or ö whole; a few broken letters among many good ones are their author's, and
    so is a single slip in a long text. A broken text must not replace a good snapshot.
    """
    if text.isascii():
        return False
    marks = sum(1 for _ in _MOJIBAKE.finditer(text))
    if marks == 0 or (marks < 3 and marks * 300 < len(text)):
        return False
    good = sum(1 for _ in _GOOD_LETTER.finditer(text))
    return 10 * marks > good


def _strictly(body: bytes, encoding: str) -> str | None:
    """`body` decoded without forgiving anything but an incomplete last character; None where it is wrong."""
    try:
        return codecs.getincrementaldecoder(encoding)("strict").decode(body, final=False)
    except (UnicodeDecodeError, LookupError):
        return None


def _wide(body: bytes) -> str | None:
    """UTF-16 without a byte order mark: nearly every other byte of Finnish text is NUL."""
    head = body[:_HEAD]
    half = len(head) // 2
    if half < 2 or b"\0" not in head:
        return None
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if odd >= half * 0.4 and even <= half * 0.1:
        return "utf-16-le"
    if even >= half * 0.4 and odd <= half * 0.1:
        return "utf-16-be"
    return None


def _as_declared(body: bytes, declared: str | None, media_type: str) -> str:
    """Bytes that are not valid UTF-8, by what the header or the document says, else windows-1252."""
    for label in (declared, _inner_label(body, media_type)):
        encoding = webencodings.lookup(label.strip("\"' ")) if label else None
        if encoding is None or encoding.name.startswith("utf-16"):  # its NUL bytes would have shown
            continue
        if encoding.name == "utf-8":
            return _mixed(body)
        if encoding.name == "windows-1252":
            return _windows_1252(body)
        try:
            return str(encoding.codec_info.decode(body, "strict")[0])
        except UnicodeDecodeError:
            continue
    return _mixed(body)


def _inner_label(body: bytes, media_type: str) -> str | None:
    if media_type in {"text/plain", "application/json"}:
        return None
    head = body[:_HEAD]
    found = _XML_DECLARATION.match(head) or _META.search(_COMMENT.sub(b"", head))
    return found.group(1).decode("ascii", "replace") if found else None


def _mixed(body: bytes) -> str:
    """UTF-8 with stray windows-1252 bytes, where the UTF-8 is in the majority; else windows-1252 whole."""
    plain = body.decode("utf-8", "replace")
    strays = plain.count("\ufffd") - body.count(b"\xef\xbf\xbd")
    beyond_ascii = sum(1 for character in plain if character > "\x7f") - strays
    return body.decode("utf-8", _STRAY) if beyond_ascii > strays else _windows_1252(body)


def _windows_1252(body: bytes) -> str:
    """windows-1252 as browsers read it: the five bytes it leaves open are C1 controls."""
    return body.decode("cp1252", _STRAY)


def _stray(error: UnicodeError) -> tuple[str, int]:
    """A byte that does not fit, as windows-1252; as itself where even that has nothing."""
    assert isinstance(error, UnicodeDecodeError)
    wrong = error.object[error.start : error.end]
    return "".join(_STRAYS[byte] for byte in wrong), error.end


_STRAY = "aluevahti.stray"
_STRAYS = [bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in range(256)]
codecs.register_error(_STRAY, _stray)
