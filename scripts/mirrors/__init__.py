"""Mirrors of the sources: the bundled sample, and links over real files where they lie."""
