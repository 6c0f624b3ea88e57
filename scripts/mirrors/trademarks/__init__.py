"""Mirrors of the sources of the domain trademarks."""
