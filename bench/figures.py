"""`make figures`: the reliability figures, measured on this machine; exits with 1 where a promise is broken.

Kills `aluevahti check` and `aluevahti digest send` at random moments, lets a mail server and a web server
misbehave in every way that is known of, lets 22 regions publish for a year whose truth is known, and prints what
came of it. The tests hold the same on a smaller scale.

    python bench/figures.py [--kills 100] [--seed N] [--worlds 2] [--skip kills|mail|pages|year]
"""

from __future__ import annotations

import argparse
import logging
import os
import platform
import secrets
import sqlite3
import sys
import tempfile
import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import structlog

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

import mailfaults
import pagefaults
from aluevahti import __version__
from killing import Tally, ordeal
from simulation.running import Plan
from simulation.year import simulate, table

IS_TERMINAL = sys.stderr.isatty()


def main() -> int:
    """Measure, print, and say whether every promise was kept."""
    options = arguments()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    python = platform.python_version()
    print(f"aluevahti {__version__}, Python {python}, SQLite {sqlite3.sqlite_version}, {os.cpu_count()} processors\n")
    broken: list[str] = []
    parts: dict[str, Callable[[], list[str]]] = {
        "kills": lambda: kills(options.kills, options.seed, options.worlds),
        "mail": mail,
        "pages": pages,
        "year": lambda: year(options.seed),
    }
    for name, part in parts.items():
        if name not in options.skip:
            broken += part()
            print(flush=True)
    for promise in broken:
        print(f"BROKEN: {promise}")
    print(f"{len(broken)} promises broken." if broken else "Every promise was kept.")
    return 1 if broken else 0


def arguments() -> argparse.Namespace:
    """What was asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=100, help="processes to kill")
    parser.add_argument(
        "--seed", type=int, default=secrets.randbelow(10**6), help="decides who dies when, and what happens in the year"
    )
    parser.add_argument("--worlds", type=int, default=2, help="worlds that are killed side by side")
    parser.add_argument("--skip", action="append", default=[], choices=["kills", "mail", "pages", "year"])
    return parser.parse_args()


# --- kill -9 -------------------------------------------------------------------------------------


def kills(wanted: int, seed: int, worlds: int) -> list[str]:
    """Kill so many processes, in several worlds at a time."""
    print(f"kill -9 at random moments (seed {seed}, {worlds} worlds)", flush=True)
    shares = [wanted // worlds + (number < wanted % worlds) for number in range(worlds)]
    done: dict[int, int] = {}
    lock = threading.Lock()

    def one(number: int) -> Tally:
        def progress(tally: Tally) -> None:
            with lock:
                done[number] = sum(tally.kills.values())
                if IS_TERMINAL:
                    print(f"\r  {sum(done.values())} of {wanted}", end="", file=sys.stderr, flush=True)

        with tempfile.TemporaryDirectory(prefix="figures-") as folder:
            return ordeal(Path(folder), shares[number], seed + number, progress)

    with ThreadPoolExecutor(worlds) as threads:
        tallies = list(threads.map(one, range(worlds)))
    if IS_TERMINAL:
        print("\r", end="", file=sys.stderr)
    return tell_kills(tallies)


def tell_kills(tallies: list[Tally]) -> list[str]:
    """Print what came of the kills, and return what was broken."""
    killed: Counter[str] = sum((tally.kills for tally in tallies), Counter())
    broken = [one for tally in tallies for one in tally.broken]
    rows = [
        ("processes killed at work", " + ".join(f"{number} {name}" for name, number in sorted(killed.items()))),
        ("  that had ended before", sum(tally.too_late for tally in tallies)),
        ("database found damaged", sum(tally.unsound for tally in tallies)),
        ("documents published", sum(tally.published for tally in tallies)),
        ("changes or mails lost", sum(len(tally.lost) for tally in tallies)),
        ("told twice, or unasked", sum(len(tally.doubled) for tally in tallies)),
        ("different mails delivered", sum(tally.mails for tally in tallies)),
        ("crashes that left a mail in doubt", sum(tally.ambiguous for tally in tallies)),
        ("identical repeats, same Message-ID", sum(tally.repeats for tally in tallies)),
        ("repeats that differ, or have no crash", sum(len(tally.unlike) for tally in tallies)),
        ("held until a person decided", sum(tally.held for tally in tallies)),
        ("seconds", f"{max(tally.seconds for tally in tallies):.0f}"),
    ]
    for name, value in rows:
        print(f"  {name:40} {value}")
    return broken


# --- servers that misbehave ----------------------------------------------------------------------


def mail() -> list[str]:
    """What a mail server may do."""
    print("what the mail server does                at first    in the end  copies  others   operator  all mail")
    broken = []
    for name, case in mailfaults.CASES.items():
        with tempfile.TemporaryDirectory(prefix="figures-") as folder:
            result = mailfaults.tried(case, Path(folder))
        copies = f"{result.copies}" + (" alike" if result.copies > 1 and result.identical else "")
        told, waits = "told" if result.told else "-", "waits" if result.waits else "goes on"
        print(
            f"  {name:38} {result.first:11} {result.last:11} {copies:7} {result.other:8} {told:9} {waits}", flush=True
        )
        broken += [f"{name}: {one}" for one in mailfaults.kept(case, result)]
    return broken


def pages() -> list[str]:
    """What a web server may do."""
    print(
        f"what the web server does                 reason      seconds  MB    (deadline {pagefaults.HURRY.total_seconds():.0f} s)"
    )
    broken = []
    for name, (site, reason) in pagefaults.cases().items():
        answer = pagefaults.asked(site)
        print(f"  {name:38} {answer.reason:11} {answer.seconds:7.2f} {answer.grown / 1e6:4.0f}", flush=True)
        broken += [f"{name}: {one}" for one in pagefaults.kept(reason, answer)]
    refused = pagefaults.asked({}, allow_private=False)
    print(f"  {'a private address':38} {refused.reason:11} {refused.seconds:7.2f} {refused.grown / 1e6:4.0f}")
    return broken if refused.reason == "address" else [*broken, "a private address was dialled"]


# --- a year whose truth is known -----------------------------------------------------------------


def year(seed: int) -> list[str]:
    """What is told of a year of all regions, and what is not."""

    def progress(line: str) -> None:
        if IS_TERMINAL:
            print(f"\r  {line}", end="", file=sys.stderr, flush=True)

    outcome = simulate(Plan(seed=seed), progress)
    if IS_TERMINAL:
        print("\r", end="", file=sys.stderr)
    print(table(outcome))
    return outcome.verdict.faults


if __name__ == "__main__":
    sys.exit(main())
