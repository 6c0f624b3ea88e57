"""Cleans ROR: ids without their address, trimmed names, days."""

from __future__ import annotations

import polars as pl

from transforms.schema import Clean, must_read

ID = r"^https://ror\.org/(0[a-hj-km-np-tv-z0-9]{6}\d{2})$"
ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"


def check_digits_hold(ror_id: pl.Expr) -> pl.Expr:
    """Return whether a ROR id's two check digits hold: ISO/IEC 7064 MOD 97-10 over base 32.

    The seven characters before are a number in Crockford's base 32
    (ror.readme.io, ROR identifier pattern).

    >>> ids = pl.DataFrame({"id": ["0530pts50", "0530pts51"]})
    >>> ids.select(check_digits_hold(pl.col("id")))["id"].to_list()
    [True, False]
    """
    digits = {letter: value for value, letter in enumerate(ALPHABET)}
    values = [
        ror_id.str.slice(at, 1).replace_strict(digits, default=None, return_dtype=pl.Int64)
        * 32 ** (6 - at)
        for at in range(7)
    ]
    number = pl.sum_horizontal(values, ignore_nulls=False)
    expected = 98 - (number * 100) % 97
    return (expected == ror_id.str.slice(7, 2).cast(pl.Int64, strict=False)).alias("id")


def clean_organisations(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Return one row per record; an id that is no ROR id is left out, and so is refused."""
    rows = rows.with_columns(ror_id=pl.col("id").str.extract(ID))
    return rows.with_columns(
        is_id_valid=check_digits_hold(pl.col("ror_id")),
        organisation_name=pl.col("name").str.strip_chars(),
        status=pl.col("status").str.to_lowercase(),
        organisation_types=pl.col("types").str.to_lowercase(),
        established_year=pl.col("established"),
        country_subdivision_code=pl.col("subdivision_code"),
        city_name=pl.col("city").str.strip_chars(),
        created_date=_day("created"),
        updated_date=_day("modified"),
    )


def clean_names(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Return one row per name."""
    return rows.with_columns(
        ror_id=pl.col("id").str.extract(ID),
        language_code=pl.col("lang"),
        organisation_name=pl.col("name").str.strip_chars(),
        organisation_name_raw=pl.col("name"),
    )


def clean_identifiers(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Return one row per identifier; ISNI are written with and without blanks."""
    return rows.with_columns(
        ror_id=pl.col("id").str.extract(ID),
        identifier_scheme=pl.col("scheme").str.to_lowercase(),
        identifier_raw=pl.col("identifier"),
        identifier=pl.col("identifier").str.replace_all(" ", "", literal=True),
    )


def clean_relationships(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Return one row per relationship."""
    return rows.with_columns(
        ror_id=pl.col("id").str.extract(ID),
        relationship_type=pl.col("relationship_type").str.to_lowercase(),
        other_ror_id=pl.col("other_id").str.extract(ID),
    )


def _day(name: str) -> pl.Expr:
    return pl.col(name).str.to_date(strict=False)


CLEAN: dict[str, Clean] = {
    "organisations": must_read(clean_organisations, _day, "created", "modified"),
    "organisation_names": clean_names,
    "organisation_identifiers": clean_identifiers,
    "organisation_relationships": clean_relationships,
}
