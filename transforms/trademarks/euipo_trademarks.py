"""Cleans EU trade marks: days, classes, flags and EUIPO's status numbers."""

from __future__ import annotations

import polars as pl

from transforms.schema import Clean

FLAGS = {"true": True, "false": False}


def _day(name: str) -> pl.Expr:
    return pl.col(name).str.slice(0, 10).str.to_date(strict=False)


def clean_trademarks(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Return one row per mark."""
    return rows.select(
        "_record_number",
        "status",
        "operation",
        application_number=pl.col("number").str.extract(r"^(\d{9})$"),
        office_code="office",
        filing_date=_day("filed"),
        registration_date=_day("registered"),
        expiry_date=_day("expires"),
        status_code=pl.concat_str("milestone", pl.lit("."), "status_part"),
        status_date=_day("status_date"),
        mark_kind="kind",
        mark_feature="feature",
        mark_text="words",
        language_code="language",
        second_language_code="second_language",
        classification_edition="edition",
        is_distinctiveness_acquired=pl.col("distinctiveness").replace_strict(FLAGS, default=None),
        vienna_codes="vienna",
        image_number="image",
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


def clean_parties(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Return one row per party."""
    return rows.rename(
        {"number": "application_number", "role": "party_role", "party": "party_number"}
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
        event_date=_day("day"),
        event_text="words",
    )


def clean_claims(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Return one row per priority or seniority."""
    return rows.select(
        "_record_number",
        "sequence_number",
        "status",
        application_number="number",
        claim_kind="kind",
        country_code="country",
        earlier_number="earlier",
        earlier_date=_day("day"),
    )


CLEAN: dict[str, Clean] = {
    "trademarks": clean_trademarks,
    "trademark_goods": clean_goods,
    "trademark_parties": clean_parties,
    "trademark_events": clean_events,
    "trademark_claims": clean_claims,
}
