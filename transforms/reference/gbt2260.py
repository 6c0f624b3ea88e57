"""Cleans GB/T 2260: codes of six digits, levels, kinds of change, valid intervals."""

from __future__ import annotations

import polars as pl

from iplake.identifiers.regions import CHANGE_TYPES
from transforms.schema import Clean

CODE = r"^(\d{6})(?:0{6})?$"
LEVELS = {1: "province", 2: "prefecture", 3: "county"}


def clean_divisions(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Return one row per code, name and interval; whole years become days."""
    code = _six_digits("code")
    return rows.with_columns(
        division_code=code,
        division_name=pl.col("name").str.strip_chars(),
        parent_code=_six_digits("parent_code"),
        province_code=pl.concat_str(code.str.slice(0, 2), pl.lit("0000")),
        valid_from=pl.date("first_year", 1, 1),
        valid_to=pl.date("last_year", 12, 31),
    )


def clean_changes(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Return one row per change, its kind in English beside the compilers' own word."""
    kind = pl.col("type").str.strip_chars()
    return rows.with_columns(
        change_year=pl.col("year"),
        change_type=kind.replace_strict(CHANGE_TYPES, default=None, return_dtype=pl.String),
        change_type_raw=pl.col("type"),
        level=pl.col("level").replace_strict(LEVELS, default=None, return_dtype=pl.String),
        document_number=pl.col("doc_no"),
        source_name=pl.coalesce("source_official", "source"),
        is_curated=pl.col("curated"),
        **{
            name: _six_digits(name)
            for name in ("old_code", "old_parent_code", "new_code", "new_parent_code")
        },
    )


def _six_digits(name: str) -> pl.Expr:
    # The last six of twelve digits are towns and villages, which no division here has.
    return pl.col(name).str.strip_chars().str.extract(CODE)


CLEAN: dict[str, Clean] = {
    "divisions": clean_divisions,
    "division_changes": clean_changes,
}
