"""Connectors of standards bodies."""
