"""`run`: the background service, and the web site beside it."""

from aluevahti.service.running import Service

__all__ = ["Service"]
