"""aluevahti watches what Finland's 22 wellbeing regions decide about NGOs and tells what changed."""

__version__ = "0.1.0"
