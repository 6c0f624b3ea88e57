"""Benchmarks of linkage: generators with planted truth, public gold, figures with intervals."""
