"""Cleans tables of the National Bureau of Statistics: units off the names, period codes."""

from __future__ import annotations

import polars as pl

from transforms.schema import Clean, refuse

UNIT = r"\s*[(（]([^()（）]+)[)）]\s*$"


def _indicator() -> pl.Expr:
    return pl.col("indicator").str.replace(UNIT, "").str.strip_chars()


def clean_observations(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Return one row per figure; a period that is no year is refused."""
    year = pl.col("period").str.extract(r"^(\d{4})年$").cast(pl.Int64)
    cleaned = rows.select(
        "_record_number",
        "period",
        database_name=pl.col("database").str.strip_chars(),
        area_name=pl.col("area").str.strip_chars(),
        indicator_name=_indicator(),
        unit_name=pl.col("indicator").str.extract(UNIT),
        period_code=pl.format("{}YY", year),
        observation_year=year,
        observation_value="value",
    )
    unknown = pl.col("observation_year").is_null()
    return refuse(cleaned, unknown, "unknown_period", pl.col("period"))


def clean_series(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Return one row per line."""
    return rows.with_columns(
        area_name=pl.col("area").str.strip_chars(), indicator_name=_indicator()
    )


CLEAN: dict[str, Clean] = {"observations": clean_observations, "series": clean_series}
