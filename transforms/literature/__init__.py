"""Transforms of scientific literature."""
