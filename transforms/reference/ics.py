"""Cleans the ICS: titles with single blanks beside those as received."""

from __future__ import annotations

import polars as pl

from transforms.schema import Clean


def _spaced(name: str) -> pl.Expr:
    text = pl.col(name).str.replace_all(r"\s+", " ").str.strip_chars()
    return pl.when(text != "").then(text)


def clean_classes(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Return one row per code."""
    return rows.select(
        "_record_number",
        ics_code="code",
        parent_code="parent",
        ics_level="level",
        title=_spaced("title"),
        title_raw="title",
        full_title=_spaced("full_title"),
        note=_spaced("note"),
    )


def clean_references(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Return one row per code that a note names."""
    return rows.select(
        "_record_number",
        "sequence_number",
        ics_code="code",
        other_ics_code="other",
        note=_spaced("note"),
    )


CLEAN: dict[str, Clean] = {
    "classes": clean_classes,
    "class_references": clean_references,
}
