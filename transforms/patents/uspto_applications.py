"""Cleans USPTO published applications: what they have beyond grants."""

from __future__ import annotations

import polars as pl

from transforms.schema import Clean, refuse
from transforms.us_documents import (
    clean_classifications,
    clean_parties,
    clean_priorities,
    clean_relations,
    text_of,
    with_main_columns,
)

RIGHT_TYPES = {"A": "patent_invention", "P": "plant"}
FIRST = ("A1", "P1")


def clean_applications(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Return one row per published application; one of an unknown kind is refused."""
    kind = text_of("kind")
    rows = with_main_columns(rows).with_columns(
        right_type=kind.str.slice(0, 1).replace_strict(
            RIGHT_TYPES, default=None, return_dtype=pl.String
        ),
        is_first_publication=kind.is_in(FIRST),
        publication_type=text_of("publication_type"),
        application_type=text_of("application_type"),
    )
    unknown = pl.col("right_type").is_null()
    return refuse(rows, unknown, "unknown_category", pl.format("kind_code={}", kind))


CLEAN: dict[str, Clean] = {
    "applications": clean_applications,
    "application_parties": clean_parties,
    "application_classifications": clean_classifications,
    "application_priorities": clean_priorities,
    "application_relations": clean_relations,
}
