"""Grammars of numbers and codes: check digits, parts, kinds. Pure functions over text."""
