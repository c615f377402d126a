"""Undoes the content coding of a body in small steps, under a cap, whatever the bytes are."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from typing import Protocol

from aluevahti.fetch.faults import Fault
from aluevahti.model import FailureReason

STEP = 64 * 1024
"""Bytes that one step of inflating gives at most, so that the caps are looked at before memory is taken."""

RATIO = 100
"""How many times its compressed size a body may have; more is a decompression bomb."""

RATIO_FROM = 1024 * 1024
"""Bytes from which on the ratio counts: a short page full of spaces may well be packed that tightly."""

GZIP_MAGIC = b"\x1f\x8b"
# Said by servers that mistake the header for a charset or a transfer encoding: nothing was done to the body.
NO_CODING = frozenset({"", "identity", "none", "8bit", "binary", "utf-8", "utf8", "iso-8859-1", "windows-1252"})


class Decoder(Protocol):
    """Takes the wire's bytes and gives the body's, in pieces of at most `STEP` bytes when it inflates."""

    def feed(self, data: bytes) -> Iterator[bytes]:
        """The pieces that this much input makes; raises `zlib.error` where it is broken."""

    def is_finished(self) -> bool:
        """Whether the input may end here."""


class Plain:
    """No coding at all."""

    def feed(self, data: bytes) -> Iterator[bytes]:
        yield data

    def is_finished(self) -> bool:
        return True


class Gzip:
    """gzip, one member after the other; what follows the last member and is not gzip is left aside."""

    def __init__(self) -> None:
        self._stream = zlib.decompressobj(31)
        self._members = 0
        self._held = b""  # the first byte of what may be a next member

    def feed(self, data: bytes) -> Iterator[bytes]:
        while data:
            if self._stream.eof:
                data = self._held + data
                self._held = b""
                if len(data) < len(GZIP_MAGIC):
                    self._held = data
                    return
                if not data.startswith(GZIP_MAGIC):
                    return
                self._stream = zlib.decompressobj(31)
            yield from _inflated(self._stream, data)
            data = self._stream.unused_data

    def is_finished(self) -> bool:
        return self._stream.eof


class Deflate:
    """deflate: a zlib stream by the book, a bare one from servers that never read it."""

    def __init__(self) -> None:
        self._stream: zlib._Decompress | None = None
        self._head = b""

    def feed(self, data: bytes) -> Iterator[bytes]:
        if self._stream is None:
            self._head += data
            if len(self._head) < 2:
                return
            by_the_book = self._head[0] & 15 == 8 and int.from_bytes(self._head[:2], "big") % 31 == 0
            self._stream = zlib.decompressobj(15 if by_the_book else -15)
            data = self._head
        if not self._stream.eof:
            yield from _inflated(self._stream, data)

    def is_finished(self) -> bool:
        return self._stream is not None and self._stream.eof


def _inflated(stream: zlib._Decompress, data: bytes) -> Iterator[bytes]:
    while True:
        piece = stream.decompress(data, STEP)
        yield piece
        data = stream.unconsumed_tail
        if stream.eof or (not data and len(piece) < STEP):
            return


def decoder(codings: list[str]) -> Decoder:
    """The decoder for the values of Content-Encoding (lower case); raises `Fault` for what we do not undo."""
    applied = [coding for coding in codings if coding not in NO_CODING]
    if not applied:
        return Plain()
    if len(applied) > 1:
        raise Fault(FailureReason.ENCODING, f"the body is compressed more than once ({', '.join(applied)})")
    if applied[0] in {"gzip", "x-gzip"}:
        return Gzip()
    if applied[0] == "deflate":
        return Deflate()
    raise Fault(FailureReason.ENCODING, f"the body is in the coding {applied[0]!a}, which was not asked for")


def collect(chunks: Iterable[bytes], codings: list[str], *, limit: int, cut: bool = False) -> tuple[bytes, int]:
    """The body and how many bytes of it came over the wire.

    Args:
        chunks: the body as it comes; what its iterator raises passes through.
        codings: the words of Content-Encoding.
        limit: the most bytes, on the wire and decoded alike.
        cut: stop quietly at the limit instead of raising.

    Raises:
        Fault: TOO_LARGE over the limit or beyond 100:1, ENCODING where the coding is refused or
            broken, TRUNCATED where a compressed body ends in the middle.
    """
    undo = decoder(codings)
    body = bytearray()
    wire = 0
    try:
        for chunk in chunks:
            wire += len(chunk)
            for piece in undo.feed(chunk):
                body += piece
                if len(body) > limit and cut:
                    return bytes(body[:limit]), wire
                _check_size(len(body), wire, limit)
            _check_size(len(body), wire, limit)
    except zlib.error as error:
        raise Fault(FailureReason.ENCODING, f"the compressed body is broken ({error})") from error
    if wire and not undo.is_finished():
        raise Fault(FailureReason.TRUNCATED, f"the compressed body ends in the middle, after {wire} bytes")
    return bytes(body), wire


def _check_size(size: int, wire: int, limit: int) -> None:
    if max(size, wire) > limit:
        raise Fault(FailureReason.TOO_LARGE, f"the body is larger than {limit} bytes")
    if size > RATIO_FROM and size > RATIO * wire:
        raise Fault(FailureReason.TOO_LARGE, f"the body is a decompression bomb ({wire} bytes became {size})")
