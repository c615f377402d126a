"""The door to the network: asks for pages politely and hands back values, never an exception.

The only place that knows httpx and httpcore. It never parses a page and never decides what to ask for.
"""

from aluevahti.fetch.addresses import AddressKind, classify
from aluevahti.fetch.fetcher import Fetcher
from aluevahti.fetch.network import Network

__all__ = ["AddressKind", "Fetcher", "Network", "classify"]
