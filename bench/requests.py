"""Requests a check costs, platform by platform: printed as a table by `make bench`.

Whole sites on loopback, three meetings each, every page a little different at every load. Exits with 1
where an ordinary check of an unchanged site costs more than it may.

    python bench/requests.py
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from requestcount import ITEMS, MOST_UNCHANGED, PLATFORMS, requests_of

HEAD = ("platform", "first check", "unchanged", "next day", f"a new meeting of {ITEMS} items")


def main() -> int:
    """Print the table; 1 if a platform costs too much."""
    rows = []
    too_much = False
    for install in PLATFORMS:
        with tempfile.TemporaryDirectory() as folder:
            cost = requests_of(install, Path(folder), noise=True)
        too_much |= cost.unchanged > MOST_UNCHANGED
        rows.append((install.platform, cost.first, cost.unchanged, cost.next_day, cost.new_meeting))
    print("\nRequests of one check (robots.txt, once a day and host, not counted)")
    for row in (HEAD, *rows):
        print("  " + "".join(f"{cell!s:<14}" for cell in row).rstrip())
    print(
        f"  unchanged: {MOST_UNCHANGED} at most; next day: recent meetings are read again, so that a correction is seen"
    )
    return int(too_much)


if __name__ == "__main__":
    sys.exit(main())
