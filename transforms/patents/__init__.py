"""Transforms of patent offices."""
