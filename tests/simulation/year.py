"""`make year`: a year of 22 regions with known truth; exits with 1 where anything was told otherwise.

Prints every discrepancy between what was told and what had to be told, then the figures.

    python tests/simulation/year.py [--seed 1] [--regions 22] [--days 365]
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))  # where `simulation` and the site's server lie

import structlog

from aluevahti.regions import REGION_CODES
from simulation.running import Outcome, Plan, Simulation


def main(arguments: Sequence[str]) -> int:
    """Run one year."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=1, help="decides what happens in the year")
    parser.add_argument("--days", type=int, default=365)
    parser.add_argument(
        "--regions", type=int, default=len(REGION_CODES), help="so many of the regions, from the first on"
    )
    options = parser.parse_args(arguments)
    structlog.configure(processors=[_drop])
    outcome = simulate(Plan(seed=options.seed, days=options.days, regions=REGION_CODES[: options.regions]), _progress)
    for line in outcome.verdict.faults:
        print(line)
    print(table(outcome))
    return 1 if outcome.verdict.faults else 0


def simulate(plan: Plan, progress: Callable[[str], None]) -> Outcome:
    """Run a year in a folder of its own; `progress` is told once in thirty checks how far it has come."""
    with tempfile.TemporaryDirectory(prefix="aluevahti-year-") as folder:
        return Simulation(plan, Path(folder)).run(progress)


def table(outcome: Outcome) -> str:
    """The figures of a year, one a line."""
    plan, verdict = outcome.plan, outcome.verdict
    rows = [
        ("documents published", outcome.documents),
        ("checks of sources", outcome.checks),
        ("  at which one could not be read", outcome.troubles),
        ("requests", outcome.requests),
        ("changes told", outcome.changes),
        ("missed", len(verdict.missed)),
        ("told on another day", len(verdict.late)),
        ("invented", len(verdict.invented)),
        ("repeated", len(verdict.repeated)),
        ("wrong in status or report at the end", len(verdict.wrong_state)),
        ("seconds", f"{outcome.seconds:.0f}"),
    ]
    head = f"{plan.days} days of {len(plan.regions)} regions, told by the day (seed {plan.seed})"
    return "\n".join([head, *(f"  {name:40} {value}" for name, value in rows)])


def _progress(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def _drop(_logger: object, _name: str, _event: object) -> str:
    raise structlog.DropEvent  # troubles are part of the year


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
