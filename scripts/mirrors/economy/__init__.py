"""Mirrors of economic statistics."""
