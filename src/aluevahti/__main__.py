"""`python -m aluevahti` is the same as `aluevahti`."""

import sys

from aluevahti.cli import main

if __name__ == "__main__":
    sys.exit(main())
