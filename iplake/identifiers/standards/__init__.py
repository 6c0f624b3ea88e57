"""Designators of standards: one written form for each, its parts, and its twins elsewhere."""

from iplake.identifiers.standards.designator import Designator
from iplake.identifiers.standards.reading import read_designator
from iplake.identifiers.standards.twins import specification_of, transposition_of, twins_of

__all__ = ["Designator", "read_designator", "specification_of", "transposition_of", "twins_of"]
