"""Looks at the words of a text: what rules may find fault with, what its writer allows, how hard it is to read."""

from generator.bodies.wording.look import hits_in, wording_of
from generator.bodies.wording.rules import WORD_RULES

__all__ = ["WORD_RULES", "hits_in", "wording_of"]
