"""Connectors of economic statistics."""
