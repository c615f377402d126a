"""What reading one text costs, from text to facts: printed as a table by `make bench`.

Two kinds of text, each of five lengths: prose in which one call is announced, and nothing but labelled
documents (calls, results, minutes, and what only looks like them), the hardest there is to read. The best
of several runs counts, each on a text of its own: nothing is known from the run before. Exits with 1 where
the time grows faster than the length.

    python bench/reading.py
"""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from itertools import chain, cycle
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from accuracy import HELD_OUT, LABELLED, load
from aluevahti.reading import read
from aluevahti.reading.page import Page

SIZES = (50, 100, 250, 500, 1000)  # KB
RUNS = 7
MOST = 2.0
"""How much more a KB of the longest text may cost than one of the shortest."""

PROSE = (
    "Hyvinvointialueen palvelut järjestetään yhdenvertaisesti koko alueella, ja niiden saatavuutta seurataan.",
    "Vastuualueen johtaja esitteli toiminnan painopisteet ja kertoi, miten henkilöstön saatavuus on kehittynyt.",
    "Sosiaali- ja terveydenhuollon järjestämisestä annetun lain (612/2021) 8 §:n mukaan alue vastaa palveluista.",
    "Vuonna 2024 hoitoon pääsy nopeutui 12 prosenttia, ja jonossa oli 31.12.2024 yhteensä 1 204 henkilöä.",
)


def main() -> int:
    """Print the table; 1 if the time grows faster than the length."""
    documents = [one for folder in (LABELLED, HELD_OUT) for one in load(folder)]
    call = next(one for one in documents if one["doc_kind"] == "grant_call")
    whole = [Page(one["title"], one["body"]).text for one in documents]  # without what would end the reading
    kinds: dict[str, tuple[Sequence[str], Sequence[str]]] = {
        "prose with one call": ([call["body"]], PROSE),
        "labelled documents, end to end": ([], whole),
    }
    print(f"\n{'Reading one text, CPU milliseconds':42}" + "".join(f"{f'{size} KB':>10}" for size in SIZES))
    keeps_step = True
    for name, (first, rest) in kinds.items():
        print(f"reading {name} ...", file=sys.stderr, flush=True)
        spent = [milliseconds(call["title"], text_of(first, rest, size * 1000)) for size in SIZES]
        print(f"  {name:40}" + "".join(f"{one:10.1f}" for one in spent), flush=True)
        keeps_step &= spent[-1] / SIZES[-1] <= MOST * spent[0] / SIZES[0]
    return 0 if keeps_step else 1


def text_of(first: Sequence[str], rest: Sequence[str], size: int) -> str:
    """So many bytes of lines: `first` once, then `rest` again and again."""
    kept: list[str] = []
    length = 0
    for line in chain(first, cycle(rest)):
        if length >= size:
            break
        kept.append(line)
        length += len(line.encode()) + 1
    return "\n".join(kept)


def milliseconds(title: str, text: str) -> float:
    """The CPU time of reading a text, the best of several runs."""
    best = float("inf")
    for run in range(RUNS):
        another = f"{text}\n{run}"
        began = time.process_time()
        read(title, another)
        best = min(best, time.process_time() - began)
    return best * 1000


if __name__ == "__main__":
    sys.exit(main())
