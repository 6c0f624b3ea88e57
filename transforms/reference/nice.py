"""Cleans the Nice classification: kinds by class number, terms without their closing mark."""

from __future__ import annotations

import polars as pl

from transforms.schema import Clean
from transforms.texts import on_one_line

FIRST_OF_SERVICES = 35


def clean_classes(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Return one row per class and edition."""
    is_service = pl.col("class_number") >= FIRST_OF_SERVICES
    return rows.select(
        "_record_number",
        "edition",
        "class_number",
        edition_year="year",
        class_kind=pl.when(is_service).then(pl.lit("services")).otherwise(pl.lit("goods")),
        class_kind_raw="kind",
        heading=on_one_line("heading"),
        note=on_one_line("note"),
    )


def clean_terms(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Return one row per term; classes that it leads to stand in it as in (Cl. 17)."""
    others = (
        pl.col("term")
        .str.extract_all(r"\(Cl\. \d+\)")
        .list.eval(pl.element().str.extract(r"(\d+)"))
    )
    return rows.select(
        "_record_number",
        "edition",
        "class_number",
        "sequence_number",
        basic_number="entry_number",
        edition_year="year",
        term_kind="kind",
        term=on_one_line("term").str.strip_chars_end(";. "),
        term_raw="term",
        other_class_numbers=pl.when(others.list.len() > 0).then(others.list.join("|")),
    )


CLEAN: dict[str, Clean] = {
    "classes": clean_classes,
    "class_terms": clean_terms,
}
