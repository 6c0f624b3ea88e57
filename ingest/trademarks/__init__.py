"""Connectors of trademark offices."""
