"""Cleans OECD patent quality indicators: figures without a leading zero, offices of file names."""

from __future__ import annotations

import polars as pl

from transforms.schema import Clean, refuse
from transforms.texts import filled

STATISTICS = {
    "mean_value": "mean",
    "standard_deviation": "std_dev",
    "kurtosis": "kurtosis",
    "skewness": "skewness",
    "minimum_value": "min",
    "percentile_1_value": "p1",
    "percentile_10_value": "p10",
    "percentile_25_value": "p25",
    "median_value": "p50",
    "percentile_75_value": "p75",
    "percentile_90_value": "p90",
    "percentile_99_value": "p99",
    "maximum_value": "max",
}
WHOLE = {"filing_year": "filing", "field_number": "tech_field", "patents_count": "patents"}
OFFICES = {"EPO": "EP", "USPTO": "US"}


def clean_cohorts(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Return one row per cohort and indicator; a figure that is none refuses its row.

    Stata writes .1336808 and -.5 for fractions, and nothing where a statistic is not defined.
    """
    figures = {**WHOLE, **STATISTICS}
    unread = [
        filled(raw).is_not_null() & value.is_null()
        for raw, value in ((raw, _value(name, raw)) for name, raw in figures.items())
    ]
    office = pl.col("file_name").str.extract(r"(?i)(?:^|_)(EPO|USPTO)_").str.to_uppercase()
    edition = pl.col("file_name").str.extract_groups(r"^(\d{4})(\d{2})_").struct.field
    cleaned = rows.with_columns(
        **{name: _value(name, raw) for name, raw in figures.items()},
        indicator_code=filled("variable"),
        office_code=office.replace_strict(OFFICES, default=None, return_dtype=pl.String),
        edition=pl.concat_str(edition("1"), pl.lit("-"), edition("2")),
        _unread=pl.any_horizontal(unread),
        _figures=pl.concat_str(
            [pl.format(f"{raw}={{}}", raw) for raw in figures.values()], separator=", "
        ),
    )
    return refuse(cleaned, pl.col("_unread"), "wrong_type", pl.col("_figures"))


def _value(name: str, raw: str) -> pl.Expr:
    if name in WHOLE:
        return filled(raw).cast(pl.Int64, strict=False)
    value = filled(raw).cast(pl.Float64, strict=False)
    return pl.when(value.is_finite()).then(value)


CLEAN: dict[str, Clean] = {"cohorts": clean_cohorts}
