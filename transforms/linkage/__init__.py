"""Linkage: which names, documents and rights are the same thing, with a score for each link."""
