"""Transforms of copyright offices and registers."""
