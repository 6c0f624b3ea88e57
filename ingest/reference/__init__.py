"""Connectors of organisations, regions, industries and classifications."""
