"""Cleans World Development Indicators: numbers, years, and which areas are aggregates."""

from __future__ import annotations

import polars as pl

from iplake.identifiers.countries import ALPHA2
from transforms.schema import Clean, refuse
from transforms.texts import filled

# The unit stands in the last brackets of the name: "GDP (current US$)".
UNIT = r"\(([^()]+)\)\s*$"


def _country(code: pl.Expr) -> pl.Expr:
    return code.replace_strict(ALPHA2, default=None, return_dtype=pl.String)


def _area_scheme(code: pl.Expr) -> pl.Expr:
    """Return whose code an area has: aggregates, Kosovo and a few others are not in ISO 3166."""
    is_country = _country(code).is_not_null()
    return pl.when(is_country).then(pl.lit("ISO3166-1")).otherwise(pl.lit("WORLDBANK"))


def clean_observations(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Return one row per value; text that is no number is refused."""
    code, year = filled("Country Code"), pl.col("year").cast(pl.Int64, strict=False)
    cleaned = rows.select(
        "_record_number",
        area_scheme=_area_scheme(code),
        area_code=code,
        country_code=_country(code),
        area_name=filled("Country Name"),
        indicator_code=filled("Indicator Code"),
        indicator_name=filled("Indicator Name"),
        unit_name=filled("Indicator Name").str.extract(UNIT),
        period_type=pl.lit("year"),
        period_start_date=pl.date(year, 1, 1),
        observation_year=year,
        observation_value=pl.col("value").cast(pl.Float64, strict=False),
        observation_value_raw=pl.col("value"),
        source_updated_date=pl.col("updated").str.to_date("%Y-%m-%d", strict=False),
    )
    is_no_number = pl.col("observation_value").is_null()
    return refuse(
        cleaned, is_no_number, "wrong_type", pl.format("value={}", "observation_value_raw")
    )


def clean_series(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Return one row per line."""
    return rows.select(
        "_record_number",
        "cell_count",
        "empty_count",
        area_code=filled("Country Code"),
        indicator_code=filled("Indicator Code"),
    )


def clean_areas(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Return one row per area; aggregates have no region."""
    return rows.select(
        "_record_number",
        area_scheme=_area_scheme(filled("Country Code")),
        area_code=filled("Country Code"),
        country_code=_country(filled("Country Code")),
        area_name=filled("TableName"),
        is_aggregate=filled("Region").is_null(),
        world_region_name=filled("Region"),
        income_group=filled("IncomeGroup"),
        note=filled("SpecialNotes"),
    )


def clean_indicators(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Return one row per indicator."""
    return rows.select(
        "_record_number",
        indicator_code=filled("INDICATOR_CODE"),
        indicator_name=filled("INDICATOR_NAME"),
        unit_name=filled("INDICATOR_NAME").str.extract(UNIT),
        note=filled("SOURCE_NOTE"),
        source_organisation=filled("SOURCE_ORGANIZATION"),
    )


CLEAN: dict[str, Clean] = {
    "observations": clean_observations,
    "series": clean_series,
    "areas": clean_areas,
    "indicators": clean_indicators,
}
