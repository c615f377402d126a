"""The bundled world: regions, their documents and their mishaps, and what must be told of them.

The words stand in one YAML file a region; the pages are made of them in the shapes and encodings of the
real platforms. All of it is invented. Nothing here knows how aluevahti works: what must be told is written
down beside what happens, so that the demo can be held against it.
"""

from aluevahti.demo.world.answer import Answer, Ask
from aluevahti.demo.world.load import read_places
from aluevahti.demo.world.papers import Note, Place, Told
from aluevahti.demo.world.sites import World

__all__ = ["Answer", "Ask", "Note", "Place", "Told", "World", "read_places"]
