"""Bodies are decoded in steps, whatever their bytes and however they are cut."""

from __future__ import annotations

import gzip
import tracemalloc
import zlib
from collections.abc import Callable, Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aluevahti.fetch.decode import STEP, collect
from aluevahti.fetch.faults import Fault
from aluevahti.model import FailureReason

MIB = 1024 * 1024


def bare_deflate(body: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(body) + packer.flush()


PACKERS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.compress,
    "x-gzip": gzip.compress,
    "deflate": zlib.compress,
}


def cut(data: bytes, size: int) -> list[bytes]:
    return [data[start : start + size] for start in range(0, len(data), size)]


def fault(chunks: list[bytes], codings: list[str], limit: int = MIB) -> FailureReason:
    with pytest.raises(Fault) as caught:
        collect(chunks, codings, limit=limit)
    return caught.value.reason


@given(st.binary(max_size=300), st.integers(1, 40), st.sampled_from(sorted(PACKERS)))
def test_a_body_is_the_same_however_it_is_cut(body: bytes, size: int, coding: str) -> None:
    packed = PACKERS[coding](body)
    assert collect(cut(packed, size), [coding], limit=MIB) == (body, len(packed))


@given(st.binary(max_size=300), st.integers(1, 40))
def test_deflate_without_its_wrapper_is_understood(body: bytes, size: int) -> None:
    assert collect(cut(bare_deflate(body), size), ["deflate"], limit=MIB)[0] == body


@given(st.lists(st.binary(max_size=50), min_size=1, max_size=4), st.integers(1, 30), st.booleans())
def test_gzip_members_are_joined_and_padding_after_them_is_left_aside(
    parts: list[bytes], size: int, padded: bool
) -> None:
    packed = b"".join(gzip.compress(part) for part in parts) + bytes(7) * padded
    assert collect(cut(packed, size), ["gzip"], limit=MIB)[0] == b"".join(parts)


@pytest.mark.parametrize("length", [STEP - 1, STEP, STEP + 1, 3 * STEP, 3 * STEP + 7])
def test_bodies_around_the_step_come_whole(length: int) -> None:
    body = bytes(range(256)) * (length // 256 + 1)
    for coding, pack in PACKERS.items():
        assert collect([pack(body[:length])], [coding], limit=MIB)[0] == body[:length]


@given(st.binary(max_size=200), st.sampled_from(["gzip", "deflate", "br", "gzip, gzip", "identity", "", "x"]))
def test_any_bytes_in_any_coding_give_a_body_or_a_fault(data: bytes, coding: str) -> None:
    codings = [word.strip() for word in coding.split(",")]
    try:
        body, wire = collect(cut(data, 17), codings, limit=1000)
    except Fault as refused:
        assert refused.reason in {  # noqa: PT017
            FailureReason.ENCODING,
            FailureReason.TRUNCATED,
            FailureReason.TOO_LARGE,
        }
    else:
        assert wire == len(data)
        assert len(body) <= 1000


@pytest.mark.parametrize("codings", [["gzip", "gzip"], ["deflate", "gzip"], ["br"], ["zstd"], ["compress"]])
def test_stacked_and_unasked_codings_are_refused(codings: list[str]) -> None:
    assert fault([gzip.compress(gzip.compress(b"x"))], codings) is FailureReason.ENCODING


@pytest.mark.parametrize("coding", ["utf-8", "none", "identity", ""])
def test_words_that_servers_mistake_for_a_coding_change_nothing(coding: str) -> None:
    assert collect([b"x"], [coding], limit=MIB)[0] == b"x"


def test_a_broken_stream_is_a_fault_of_the_coding() -> None:
    packed = bytearray(gzip.compress(bytes(range(256)) * 10))
    packed[20] ^= 0xFF
    assert fault([bytes(packed)], ["gzip"]) is FailureReason.ENCODING
    assert fault([b"<html>not compressed at all</html>"], ["gzip"]) is FailureReason.ENCODING


@pytest.mark.parametrize("coding", sorted(PACKERS))
def test_a_stream_that_ends_in_the_middle_is_truncated(coding: str) -> None:
    packed = PACKERS[coding](bytes(range(256)) * 10)
    assert fault([packed[: len(packed) // 2]], [coding]) is FailureReason.TRUNCATED


def test_the_limit_holds_for_the_wire_and_for_the_body() -> None:
    assert collect([b"x" * 1000], [], limit=1000)[0] == b"x" * 1000
    assert fault([b"x" * 1001], [], limit=1000) is FailureReason.TOO_LARGE
    assert fault([gzip.compress(b"x" * 1001)], ["gzip"], limit=1000) is FailureReason.TOO_LARGE
    assert collect([b"x" * 1001], [], limit=1000, cut=True)[0] == b"x" * 1000
    assert collect([gzip.compress(b"x" * 1001)], ["gzip"], limit=1000, cut=True)[0] == b"x" * 1000


def test_a_hundredfold_body_is_a_bomb_only_when_it_is_large() -> None:
    assert len(collect([gzip.compress(bytes(MIB))], ["gzip"], limit=20 * MIB)[0]) == MIB
    assert fault([gzip.compress(bytes(2 * MIB))], ["gzip"], limit=20 * MIB) is FailureReason.TOO_LARGE


def bomb() -> Iterator[bytes]:
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    for _ in range(500):
        yield packer.compress(bytes(MIB))
    yield packer.flush()


def test_a_bomb_of_half_a_gigabyte_costs_no_more_than_the_limit() -> None:
    tracemalloc.start()
    try:
        with pytest.raises(Fault):
            collect(bomb(), ["gzip"], limit=20 * MIB)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 30 * MIB
