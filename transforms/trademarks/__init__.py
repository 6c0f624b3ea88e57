"""Transforms of trademark offices."""
