"""Cleans EU trade marks: days, classes, flags and EUIPO's status numbers."""

from __future__ import annotations

from functools import partial

import polars as pl

from transforms.euipo import clean_claims, clean_parties, day, flag, in_words
from transforms.schema import Clean, must_read

NUMBER = r"^(\d{9}|W\d{8})$"
# The interface's words that are not those of the dumps in capitals.
KINDS = {"EU_COLLECTIVE": "Collective", "EU_CERTIFICATION": "Certification"}
FEATURES = {"SHAPE_3D": "3D shape"}


def clean_trademarks(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Return one row per mark."""
    known = rows.with_columns(pl.col("kind").replace(KINDS), pl.col("feature").replace(FEATURES))
    return known.select(
        "_record_number",
        "operation",
        application_number=pl.col("number").str.extract(NUMBER),
        office_code="office",
        filing_date=day("filed"),
        registration_date=day("registered"),
        expiry_date=day("expires"),
        status=in_words("status"),
        status_code=pl.concat_str("milestone", pl.lit("."), "status_part"),
        status_date=day("status_date"),
        mark_basis="basis",
        mark_kind=in_words("kind"),
        mark_feature=in_words("feature"),
        mark_text="words",
        language_code="language",
        second_language_code="second_language",
        classification_edition="edition",
        is_distinctiveness_acquired=flag("distinctiveness"),
        vienna_codes="vienna",
        image_number="image",
        applicant_reference="reference",
    )


def clean_classes(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Return one row per class."""
    return rows.select(
        "_record_number",
        application_number="number",
        class_number=pl.col("class").cast(pl.Int64, strict=False),
    )


def clean_goods(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Return one row per class and language."""
    return rows.select(
        "_record_number",
        application_number="number",
        class_number=pl.col("class").cast(pl.Int64, strict=False),
        language_code="language",
        goods_text="goods",
    )


def clean_events(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Return one row per event."""
    return rows.select(
        "_record_number",
        "sequence_number",
        "status",
        application_number="number",
        event_kind="kind",
        event_number="event",
        event_date=day("day"),
        event_text="words",
    )


CLEAN: dict[str, Clean] = {
    "trademarks": must_read(clean_trademarks, day, "filed", "registered", "expires", "status_date"),
    "trademark_classes": clean_classes,
    "trademark_goods": clean_goods,
    "trademark_parties": partial(clean_parties, number="application_number"),
    "trademark_events": must_read(clean_events, day, "day"),
    "trademark_claims": partial(clean_claims, number="application_number"),
}
