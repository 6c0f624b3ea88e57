"""Cleans the ICS: titles with single blanks beside those as received."""

from __future__ import annotations

import polars as pl

from transforms.schema import Clean
from transforms.texts import on_one_line


def clean_classes(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Return one row per code."""
    return rows.select(
        "_record_number",
        ics_code="code",
        parent_code="parent",
        ics_level="level",
        title=on_one_line("title"),
        title_raw="title",
        full_title=on_one_line("full_title"),
        note=on_one_line("note"),
    )


def clean_references(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Return one row per code that a note names."""
    return rows.select(
        "_record_number",
        "sequence_number",
        ics_code="code",
        other_ics_code="other",
        note=on_one_line("note"),
    )


CLEAN: dict[str, Clean] = {
    "classes": clean_classes,
    "class_references": clean_references,
}
