"""A year of 22 regions with known truth: `python tests/simulation/year.py --seed 1`.

Prints every discrepancy between what was told and what had to be told, then the figures; exits with 1 if
there is any.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))  # where `simulation` and the site's server lie

import structlog

from aluevahti.regions import REGION_CODES
from simulation.running import Plan, Simulation


def _drop(_logger: object, _name: str, _event: object) -> str:
    raise structlog.DropEvent


def main(arguments: Sequence[str]) -> int:
    """Run one year."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--days", type=int, default=365)
    parser.add_argument(
        "--regions", type=int, default=len(REGION_CODES), help="so many of the regions, from the first on"
    )
    options = parser.parse_args(arguments)
    structlog.configure(processors=[_drop])  # troubles are part of the year
    plan = Plan(seed=options.seed, days=options.days, regions=REGION_CODES[: options.regions])
    with tempfile.TemporaryDirectory(prefix="aluevahti-year-") as folder:
        outcome = Simulation(plan, Path(folder)).run(lambda line: print(line, file=sys.stderr, flush=True))
    for line in outcome.verdict.faults:
        print(line)
    print(f"seed {options.seed}: {outcome.figures()}")
    return 1 if outcome.verdict.faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
