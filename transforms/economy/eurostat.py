"""Cleans Eurostat's cells: figure and flags apart, periods, countries and regions."""

from __future__ import annotations

import polars as pl

from transforms.areas import country_of, nuts_country
from transforms.periods import with_period
from transforms.schema import Clean, refuse

# "38500 ", "14.1 b", "-0.2 bu", ": ", ": z", ":u": a figure or a colon, and flags behind it.
CELL = r"^\s*(:|[-+]?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?)\s*([A-Za-z]*)\s*$"
MISSING = ":"


def _keys() -> dict[str, pl.Expr]:
    """Return what observations and series have alike."""
    geo = pl.col("geo")
    is_country = country_of(geo).is_not_null() & (geo.str.len_chars() == 2)
    return {
        "dataset_code": pl.col("dataset"),
        "frequency_code": pl.col("freq"),
        "unit_code": pl.col("unit"),
        "area_scheme": pl.when(is_country)
        .then(pl.lit("ISO3166-1"))
        .when(nuts_country(geo).is_not_null())
        .then(pl.lit("NUTS"))
        .when(geo.is_not_null())
        .then(pl.lit("EUROSTAT")),
        "area_code": geo,
        "country_code": pl.when(is_country).then(country_of(geo)).otherwise(nuts_country(geo)),
    }


def clean_observations(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Return one row per cell; text that is neither a figure nor a colon is refused."""
    text = pl.col("cell").str.extract(CELL)
    flags = pl.col("cell").str.extract(CELL, 2)
    cleaned = with_period(rows, pl.col("period")).with_columns(
        **_keys(),
        period_code=pl.col("period"),
        observation_value=pl.when(text != MISSING).then(text).cast(pl.Float64, strict=False),
        observation_value_raw=pl.col("cell").str.strip_chars(),
        observation_flags=pl.when(flags != "").then(flags),
        is_missing=text == MISSING,
    )
    unknown = pl.col("period_type").is_null()
    cleaned = refuse(cleaned, unknown, "unknown_period", pl.format("period={}", "period"))
    return refuse(cleaned, text.is_null(), "wrong_type", pl.format("cell={}", "cell"))


def clean_series(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Return one row per line."""
    return rows.with_columns(**_keys())


CLEAN: dict[str, Clean] = {"observations": clean_observations, "series": clean_series}
