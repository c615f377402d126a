"""The only door to the database: `Store`, and `restore` to put a backup in a database's place."""

from aluevahti.storage.care import restore
from aluevahti.storage.store import Store

__all__ = ["Store", "restore"]
