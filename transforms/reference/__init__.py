"""Transforms of organisations, regions, industries and classifications."""
