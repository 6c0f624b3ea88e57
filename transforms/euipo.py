"""What EUIPO's marks and designs have in common: days, words, parties, events and claims."""

from __future__ import annotations

import polars as pl

from transforms.schema import refuse

FLAGS = {"true": True, "false": False}


def day(name: str) -> pl.Expr:
    """Return the day of a date, or of a date with a time or a zone behind it."""
    return pl.col(name).str.slice(0, 10).str.to_date(strict=False).alias(name)


def flag(name: str) -> pl.Expr:
    """Return a flag that is a word."""
    return pl.col(name).replace_strict(FLAGS, default=None, return_dtype=pl.Boolean)


def in_words(name: str) -> pl.Expr:
    """Return the interface's constants as the dumps have their words; these stay as they are.

    >>> rows = pl.DataFrame({"s": ["UNDER_EXAMINATION", "Registered", "WORD", "3D shape"]})
    >>> rows.select(in_words("s"))["s"].to_list()
    ['Under examination', 'Registered', 'Word', '3D shape']
    """
    text = pl.col(name)
    words = text.str.replace_all("_", " ", literal=True).str.to_lowercase()
    spelt = words.str.slice(0, 1).str.to_uppercase() + words.str.slice(1)
    return pl.when(text.str.contains(r"^[A-Z0-9_]+$")).then(spelt).otherwise(text).alias(name)


def clean_parties(rows: pl.LazyFrame, number: str) -> pl.LazyFrame:
    """Return one row per party; one with neither number nor name is refused."""
    cleaned = rows.select(
        "_record_number",
        "sequence_number",
        pl.col("number").alias(number),
        party_role="role",
        party_number="party",
        party_name=pl.col("name").str.strip_chars(),
        party_office_code="office",
    )
    is_nobody = pl.col("party_number").is_null() & pl.col("party_name").is_null()
    return refuse(cleaned, is_nobody, "missing_field", pl.lit("neither number nor name"))


def clean_claims(rows: pl.LazyFrame, number: str) -> pl.LazyFrame:
    """Return one row per claim to an earlier right."""
    return rows.select(
        "_record_number",
        "sequence_number",
        "status",
        pl.col("number").alias(number),
        claim_kind="kind",
        country_code="country",
        earlier_number="earlier",
        earlier_date=day("day"),
    )
