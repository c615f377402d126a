"""The decisions of aluevahti: pure functions from what is known and what was seen to what follows.

Nothing here fetches, stores, sends or reads a clock.
"""
