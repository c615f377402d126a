"""The demo: a small bundled world of regions, played through the whole program without a network.

The world's sites and a mail server stand on loopback; the program's own configuration, database, fetcher,
ticks and mailer do everything else. What was told is held against what the world says must be told.
"""

from aluevahti.demo.replay import stage
from aluevahti.demo.run import prepare, run_demo
from aluevahti.demo.serving import FOLDER, free_port, serving
from aluevahti.demo.world import read_places

__all__ = ["FOLDER", "free_port", "prepare", "read_places", "run_demo", "serving", "stage"]
