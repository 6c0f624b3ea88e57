"""Transforms of standards bodies."""
