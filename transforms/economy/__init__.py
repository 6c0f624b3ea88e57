"""Transforms of economic statistics."""
