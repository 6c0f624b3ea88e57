"""Connectors of scientific literature."""
