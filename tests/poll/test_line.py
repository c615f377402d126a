"""A slow host must not hold up the others."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from aluevahti.model import Source
from aluevahti.poll.line import AT_ONCE, Line, host_of
from factories import a_source

PACED = dt.timedelta(seconds=2)


def several(host: str, count: int, interval: dt.timedelta = PACED) -> list[Source]:
    return [a_source(id=f"{host}-{n}", url=f"https://{host}/{n}", min_interval_per_host=interval) for n in range(count)]


def test_a_paced_host_has_one_source_at_a_time() -> None:
    line = Line([*several("a.fi", 3), *several("b.fi", 1)])
    first, second = line.next(), line.next()

    assert first is not None
    assert second is not None
    assert {"a.fi", "b.fi"} == {host_of(first), host_of(second)}
    assert line.next() is None
    line.done(first)
    assert line.next() is not None


def test_a_host_without_pauses_has_several_at_a_time() -> None:
    line = Line(several("a.fi", 20, dt.timedelta(0)))

    assert sum(line.next() is not None for _ in range(20)) == AT_ONCE


@given(st.lists(st.tuples(st.sampled_from("abc"), st.booleans()), max_size=30), st.randoms(use_true_random=False))
def test_every_source_gets_its_turn_exactly_once(hosts: list[tuple[str, bool]], order: object) -> None:
    sources = [
        a_source(id=str(n), url=f"https://{host}.fi/", min_interval_per_host=PACED if paced else dt.timedelta(0))
        for n, (host, paced) in enumerate(hosts)
    ]
    line, running, seen = Line(sources), [], []
    while True:
        source = line.next()
        if source is not None:
            running.append(source)
            seen.append(source.id)
        elif running:
            line.done(running.pop(order.randrange(len(running))))  # type: ignore[attr-defined]
        else:
            break

    assert sorted(seen) == sorted(source.id for source in sources)
