"""Connectors of patent offices."""
