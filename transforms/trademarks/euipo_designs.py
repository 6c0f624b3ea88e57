"""Cleans EU designs: days, flags, Locarno codes as WIPO writes them."""

from __future__ import annotations

from functools import partial

import polars as pl

from transforms.euipo import clean_claims, clean_parties, day, flag, in_words
from transforms.schema import Clean, must_read

NUMBER = r"^(\d{9}-\d{4})$"
LOCARNO = r"^(\d{2})[.-](\d{2})$"


def clean_designs(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Return one row per design."""
    return rows.select(
        "_record_number",
        "operation",
        design_number=pl.col("number").str.extract(NUMBER),
        application_number="application",
        office_code="office",
        received_date=day("received"),
        filing_date=day("filed"),
        registration_date=day("registered"),
        publication_date=day("published"),
        expiry_date=day("expires"),
        effective_date=day("effective"),
        status=in_words("status"),
        status_date=day("status_date"),
        renewal_status="renewal",
        language_code="language",
        second_language_code="second_language",
        applicant_reference="reference",
        verbal_element="words",
        vienna_codes="vienna",
        is_described=flag("described"),
        is_publication_deferred=flag("deferred"),
        view_count="views",
    )


def clean_classifications(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Return one row per class."""
    parts = pl.col("class").str.extract_groups(LOCARNO).struct
    return rows.select(
        "_record_number",
        "sequence_number",
        design_number="number",
        locarno_code=pl.concat_str(parts.field("1"), parts.field("2"), separator="-"),
        locarno_code_raw="class",
        class_number=parts.field("1").cast(pl.Int64),
    )


def clean_products(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Return one row per indication and language."""
    return rows.select(
        "_record_number",
        "sequence_number",
        design_number="number",
        language_code="language",
        product_name="product",
    )


def clean_events(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Return one row per event."""
    return rows.select(
        "_record_number",
        "sequence_number",
        "status",
        design_number="number",
        event_kind="kind",
        event_number="event",
        event_date=day("day"),
        event_text="words",
        publication_sequence_number="place",
        renewal_sequence_number=pl.col("renewal").cast(pl.Int64, strict=False),
    )


CLEAN: dict[str, Clean] = {
    "designs": must_read(
        clean_designs,
        day,
        "received",
        "filed",
        "registered",
        "published",
        "expires",
        "effective",
        "status_date",
    ),
    "design_parties": partial(clean_parties, number="design_number"),
    "design_classifications": clean_classifications,
    "design_products": clean_products,
    "design_events": must_read(clean_events, day, "day"),
    "design_claims": partial(clean_claims, number="design_number"),
}
